package dev.watchnchill.party.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.property.ScriptRun.Moment;
import dev.watchnchill.party.queue.Queue;
import org.junit.jupiter.api.Test;

/** The deadline of a room is reached when something is due, and only then. */
class DeadlineTest {
  private static final RoomCommand TICK = new RoomCommand.Tick();

  @Test
  void RS4_tick_before_the_deadline_changes_nothing() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        Room room = moment.after();
        Audience audience = moment.audienceAfter();
        long deadline = ScriptRun.RULES.nextDeadlineMs(room, audience);

        Decision early = ScriptRun.RULES.decide(room, audience, TICK, deadline - 1);

        assertThat(early.next()).isSameAs(room);
        assertThat(early.events()).isEmpty();
      }
    });
  }

  @Test
  void RS4_tick_at_the_deadline_does_something() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        Room room = moment.after();
        if (!room.closed()) {
          Audience audience = moment.audienceAfter();
          Decision due =
              ScriptRun.RULES.decide(
                  room, audience, TICK, ScriptRun.RULES.nextDeadlineMs(room, audience));
          assertThat(due.events()).isNotEmpty();
          assertThat(due.next().seq()).isGreaterThan(room.seq());
        }
      }
    });
  }

  @Test
  void RS4_after_a_tick_the_next_deadline_lies_ahead() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        Moment tick = ScriptRun.tick(moment);
        Room ticked = tick.after();
        Audience audience = tick.audienceAfter();

        assertThat(ScriptRun.RULES.nextDeadlineMs(ticked, audience)).isGreaterThan(moment.now());
        assertThat(ScriptRun.RULES.decide(ticked, audience, TICK, moment.now()).next())
            .isSameAs(ticked);
      }
    });
  }

  @Test
  void LV4_left_alone_every_room_closes_after_few_ticks() {
    ScriptedCommand.check(script -> {
      // A film that is shown again and again is no room left alone.
      Room room = ScriptRun.through(script).getLast().after().withQueue(Queue.EMPTY);
      int people = room.members().size() + room.entry().knocks().size();
      int ticks = 0;
      while (!room.closed()) {
        room = ScriptRun.RULES.decide(room, TICK, ScriptRun.RULES.nextDeadlineMs(room)).next();
        assertThat(++ticks).isLessThanOrEqualTo(people + 5);
      }
    });
  }
}
