package dev.watchnchill.party.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.property.Walk.Moment;
import org.junit.jupiter.api.Test;

/** The room's own alarm clock: it rings when something is due, and only then. */
class DeadlineTest {
  private static final RoomCommand TICK = new RoomCommand.Tick();

  @Test
  void RS4_tick_before_the_deadline_changes_nothing() {
    Step.check(script -> {
      for (Moment moment : Walk.through(script)) {
        Room room = moment.after();
        Audience audience = moment.audienceAfter();
        long deadline = Walk.RULES.nextDeadlineMs(room, audience);

        Decision early = Walk.RULES.decide(room, audience, TICK, deadline - 1);

        assertThat(early.next()).isSameAs(room);
        assertThat(early.events()).isEmpty();
      }
    });
  }

  @Test
  void RS4_tick_at_the_deadline_does_something() {
    Step.check(script -> {
      for (Moment moment : Walk.through(script)) {
        Room room = moment.after();
        if (!room.closed()) {
          Audience audience = moment.audienceAfter();
          Decision due =
              Walk.RULES.decide(room, audience, TICK, Walk.RULES.nextDeadlineMs(room, audience));
          assertThat(due.events()).isNotEmpty();
          assertThat(due.next().seq()).isGreaterThan(room.seq());
        }
      }
    });
  }

  @Test
  void RS4_after_a_tick_the_next_deadline_lies_ahead() {
    Step.check(script -> {
      for (Moment moment : Walk.through(script)) {
        Moment tick = Walk.tick(moment);
        Room ticked = tick.after();
        Audience audience = tick.audienceAfter();

        assertThat(Walk.RULES.nextDeadlineMs(ticked, audience)).isGreaterThan(moment.now());
        assertThat(Walk.RULES.decide(ticked, audience, TICK, moment.now()).next()).isSameAs(ticked);
      }
    });
  }

  @Test
  void LV4_left_alone_every_room_closes_after_few_ticks() {
    Step.check(script -> {
      Room room = Walk.through(script).getLast().after();
      int people = room.members().size();
      int ticks = 0;
      while (!room.closed()) {
        room = Walk.RULES.decide(room, TICK, Walk.RULES.nextDeadlineMs(room)).next();
        assertThat(++ticks).isLessThanOrEqualTo(people + 4);
      }
    });
  }
}
