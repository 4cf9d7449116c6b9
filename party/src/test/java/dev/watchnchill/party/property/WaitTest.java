package dev.watchnchill.party.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.PlaybackInvariants;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.generate.Property;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.property.ScriptRun.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Properties of every wait under any script, when deadlines are kept. */
class WaitTest {
  @Test
  void TL9_TL10_WT2_every_wait_keeps_its_rules() {
    ScriptedCommand.check(script -> {
      var invariants = new PlaybackInvariants(ScriptRun.LIMITS.readyAwaitedMax());
      for (Moment moment : ScriptRun.punctually(script)) {
        invariants.check(moment.before(), moment.command(), moment.decision(), moment.now());
      }
    });
  }

  @Test
  void TL9_barrier_lasts_only_while_it_has_awaited_members() {
    ScriptedCommand.check(script -> {
      List<Moment> moments = ScriptRun.punctually(script);
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
  void TL9_WT2_viewer_signals_change_no_room() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
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
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        var audience = moment.audienceAfter();
        assertThat(audience.within(moment.after())).isSameAs(audience);
        assertThat(audience.size()).isLessThanOrEqualTo(moment.after().members().size());
      }
    });
  }

  @Test
  void TL3_start_lies_a_lead_ahead_or_is_at_once() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        for (RoomEvent event : moment.decision().events()) {
          if (event instanceof RoomEvent.TimelineChanged changed && changed.timeline().playing()) {
            Timeline timeline = changed.timeline();
            double aheadMs = timeline.atMs() - moment.now();
            switch (changed.reason()) {
              case READY, DEADLINE, NEXT ->
                  assertThat(aheadMs)
                      .isBetween(
                          (double) ScriptRun.LIMITS.startLeadMinMs(),
                          (double) ScriptRun.LIMITS.startLeadMaxMs());
              case PLAY, SEEK, UNDO ->
                  assertThat(aheadMs).isBetween(0.0, (double) ScriptRun.LIMITS.startLeadMaxMs());
              case SYNC -> assertThat(aheadMs).isZero();
              case PAUSE, VIDEO, DURATION, STALL, RATE, ENDED -> {}
            }
          }
        }
      }
    });
  }

  @Test
  void WT2_scripts_reach_waits_of_every_kind_and_both_ends() {
    var ends =
        Property.samples(ScriptedCommand.scripts())
            .limit(6_000)
            .flatMap(script -> ScriptRun.punctually(script).stream())
            .filter(moment -> moment.before().timeline().preparing())
            .flatMap(moment ->
                moment.decision().events().stream()
                    .filter(RoomEvent.TimelineChanged.class::isInstance)
                    .map(RoomEvent.TimelineChanged.class::cast)
                    .map(changed -> reasonOf(moment) + " " + changed.reason()))
            .distinct()
            .toList();
    assertThat(ends)
        .contains(
            "SEEK READY",
            "SEEK DEADLINE",
            "STALL READY",
            "STALL DEADLINE",
            "NEXT READY",
            "NEXT DEADLINE");
  }

  private static String reasonOf(Moment moment) {
    ReadyBarrier barrier = moment.before().timeline().barrier();
    return barrier == null ? "NONE" : barrier.reason().name();
  }
}
