package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.ViewerReport.State;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.server.wire.ClientEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules TL3, TL7, TL9 and WT2 in the playback metrics. */
final class PlaybackMetricsRecorderTest {
  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance one = harness.new Instance();
  private final RuntimeHarness.Instance two = harness.new Instance();
  private final RuntimeHarness.Client ann = one.client(true);
  private final RuntimeHarness.Client bob = two.client(true);

  @BeforeEach
  void filmPlays() {
    ann.create("Ann");
    bob.join("Bob");
    ann.play(10);
    harness.time.advance(10_000);
  }

  private static ViewerReport doing(
      @Nullable Double drift, @Nullable State state, @Nullable Long seeks) {
    return new ViewerReport(null, null, null, null, drift, 3.0, state, seeks);
  }

  @Test
  void TL3_each_common_start_records_its_lead() {
    assertThat(harness.observed).containsExactly("lead 300.0");
    ann.request(ClientEvent.PAUSE_VIDEO, MemberRequests.pause(RuntimeHarness.ROOM, 10, null));
    ann.request(ClientEvent.SET_RATE, MemberRequests.setRate(RuntimeHarness.ROOM, 2));
    assertThat(harness.observed).hasSize(1);
  }

  @Test
  void TL9_wait_is_recorded_once_with_several_instances() {
    harness.observed.clear();
    ann.seek(300);
    long seq = harness.room().seq();
    ann.ready(seq);
    harness.time.advance(250);
    bob.ready(seq);

    assertThat(harness.observed).containsExactly("prepared seek 250.0 false", "lead 300.0");
  }

  @Test
  void TL9_wait_that_a_host_or_the_deadline_ends_is_recorded() {
    harness.observed.clear();
    ann.seek(300);
    harness.time.advance(500);
    ann.seek(400);
    harness.time.advance(100);
    ann.request(ClientEvent.PAUSE_VIDEO, MemberRequests.pause(RuntimeHarness.ROOM, 10, null));
    ann.request(ClientEvent.PLAY_VIDEO, MemberRequests.play(RuntimeHarness.ROOM, 400));
    ann.seek(500);
    harness.time.advance(RuntimeHarness.LIMITS.readyBarrierMs());

    assertThat(harness.observed)
        .containsExactly(
            "prepared seek 500.0 false",
            "prepared seek 100.0 false",
            "lead 300.0",
            "prepared seek 3000.0 true",
            "lead 300.0");
  }

  @Test
  void WT2_stalls_and_their_waits_are_recorded() {
    harness.observed.clear();
    ann.request(
        ClientEvent.SET_WAITING,
        MemberRequests.setWaiting(RuntimeHarness.ROOM, WaitPolicy.Mode.EVERYONE, 2, 0, null, null));
    bob.request(
        ClientEvent.BUFFERING, MemberRequests.buffering(RuntimeHarness.ROOM, harness.room().seq()));
    assertThat(harness.observed).containsExactly("stalled");
    harness.time.advance(2_000);

    assertThat(harness.observed)
        .containsExactly("stalled", "prepared stall 2000.0 true", "lead 300.0");
  }

  @Test
  void TL7_reported_drift_is_recorded_without_its_sign() {
    harness.observed.clear();
    ann.report(doing(-7.5, State.SYNCED, null));
    ann.report(doing(null, State.LOADING, null));
    bob.report(new ViewerReport(null, null, null, null, 2.0, null, null, null));

    assertThat(harness.observed).containsExactly("viewer 7.5 3.0 synced", "viewer 2.0 NaN none");
  }

  @Test
  void TL7_only_additional_seeks_are_recorded() {
    harness.observed.clear();
    ann.report(doing(null, null, 5L));
    ann.report(doing(null, null, 5L));
    ann.report(doing(null, null, 7L));
    ann.report(doing(null, null, 1L)); // a page that was opened anew

    assertThat(harness.observed).containsExactly("corrected 2", "corrected 1");
  }
}
