package dev.watchnchill.party.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.FilmBook;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.generate.Property;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.property.Walk.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is true of every wait, whatever anybody does, when the alarm is answered in time. */
class WaitTest {
  @Test
  void TL9_TL10_WT2_every_wait_keeps_what_was_promised() {
    Step.check(script -> {
      var book = new FilmBook(Walk.LIMITS.readyAwaitedMax());
      for (Moment moment : Walk.punctually(script)) {
        book.saw(moment.before(), moment.command(), moment.decision(), moment.now());
      }
    });
  }

  @Test
  void TL9_it_waits_only_as_long_as_somebody_is_to_be_waited_for() {
    Step.check(script -> {
      List<Moment> moments = Walk.punctually(script);
      for (int i = 0; i + 1 < moments.size(); i++) {
        Moment moment = moments.get(i);
        ReadyBarrier barrier = moment.after().timeline().barrier();
        boolean tickIsNext = moments.get(i + 1).command() instanceof RoomCommand.Tick;
        if (barrier != null && !tickIsNext) {
          assertThat(barrier.awaited())
              .anyMatch(user -> {
                var member = moment.after().members().find(user);
                return member != null
                    && !member.away()
                    && moment.audienceAfter().of(user).readySeq() < barrier.seq();
              });
        }
      }
    });
  }

  @Test
  void TL9_WT2_what_players_say_of_themselves_changes_no_room() {
    Step.check(script -> {
      for (Moment moment : Walk.through(script)) {
        if (moment.decision().events().stream()
            .anyMatch(RoomEvent.ViewerSignal.class::isInstance)) {
          assertThat(moment.after()).isSameAs(moment.before());
          assertThat(moment.decision().events()).hasSize(1);
        }
      }
    });
  }

  @Test
  void TL9_only_members_are_known() {
    Step.check(script -> {
      for (Moment moment : Walk.through(script)) {
        var audience = moment.audienceAfter();
        assertThat(audience.within(moment.after())).isSameAs(audience);
        assertThat(audience.size()).isLessThanOrEqualTo(moment.after().members().size());
      }
    });
  }

  @Test
  void TL3_start_lies_a_lead_ahead_or_is_at_once() {
    Step.check(script -> {
      for (Moment moment : Walk.through(script)) {
        for (RoomEvent event : moment.decision().events()) {
          if (event instanceof RoomEvent.TimelineChanged changed && changed.timeline().playing()) {
            Timeline timeline = changed.timeline();
            double aheadMs = timeline.atMs() - moment.now();
            switch (changed.reason()) {
              case READY, DEADLINE ->
                  assertThat(aheadMs)
                      .isBetween(
                          (double) Walk.LIMITS.startLeadMinMs(),
                          (double) Walk.LIMITS.startLeadMaxMs());
              case PLAY, SEEK ->
                  assertThat(aheadMs).isBetween(0.0, (double) Walk.LIMITS.startLeadMaxMs());
              case SYNC -> assertThat(aheadMs).isZero();
              case PAUSE, VIDEO, DURATION, STALL, RATE -> {}
            }
          }
        }
      }
    });
  }

  @Test
  void WT2_scripts_reach_waits_of_both_kinds_and_both_ends() {
    var ends =
        Property.samples(Step.scripts())
            .limit(6_000)
            .flatMap(script -> Walk.punctually(script).stream())
            .filter(moment -> moment.before().timeline().preparing())
            .flatMap(moment ->
                moment.decision().events().stream()
                    .filter(RoomEvent.TimelineChanged.class::isInstance)
                    .map(RoomEvent.TimelineChanged.class::cast)
                    .map(changed -> reasonOf(moment) + " " + changed.reason()))
            .distinct()
            .toList();
    assertThat(ends).contains("SEEK READY", "SEEK DEADLINE", "STALL READY", "STALL DEADLINE");
  }

  private static String reasonOf(Moment moment) {
    ReadyBarrier barrier = moment.before().timeline().barrier();
    return barrier == null ? "NONE" : barrier.reason().name();
  }
}
