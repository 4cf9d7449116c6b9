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
  private final RuntimeHarness house = new RuntimeHarness();
  private final RuntimeHarness.Instance one = house.new Instance();
  private final RuntimeHarness.Instance two = house.new Instance();
  private final RuntimeHarness.Client ann = one.client(true);
  private final RuntimeHarness.Client bob = two.client(true);

  @BeforeEach
  void filmPlays() {
    ann.create("Ann");
    bob.join("Bob");
    ann.play(10);
    house.time.advance(10_000);
  }

  private static ViewerReport doing(
      @Nullable Double drift, @Nullable State state, @Nullable Long seeks) {
    return new ViewerReport(null, null, null, null, drift, 3.0, state, seeks);
  }

  @Test
  void TL3_each_common_start_tells_its_lead() {
    assertThat(house.observed).containsExactly("lead 300.0");
    ann.say(ClientEvent.PAUSE_VIDEO, MemberRequests.pause(RuntimeHarness.ROOM, 10, null));
    ann.say(ClientEvent.SET_RATE, MemberRequests.setRate(RuntimeHarness.ROOM, 2));
    assertThat(house.observed).hasSize(1);
  }

  @Test
  void TL9_wait_is_told_once_however_many_servers_there_are() {
    house.observed.clear();
    ann.seek(300);
    long seq = house.room().seq();
    ann.ready(seq);
    house.time.advance(250);
    bob.ready(seq);

    assertThat(house.observed).containsExactly("prepared seek 250.0 false", "lead 300.0");
  }

  @Test
  void TL9_wait_that_somebody_cuts_short_or_the_deadline_ends_is_told() {
    house.observed.clear();
    ann.seek(300);
    house.time.advance(500);
    ann.seek(400);
    house.time.advance(100);
    ann.say(ClientEvent.PAUSE_VIDEO, MemberRequests.pause(RuntimeHarness.ROOM, 10, null));
    ann.say(ClientEvent.PLAY_VIDEO, MemberRequests.play(RuntimeHarness.ROOM, 400));
    ann.seek(500);
    house.time.advance(RuntimeHarness.LIMITS.readyBarrierMs());

    assertThat(house.observed)
        .containsExactly(
            "prepared seek 500.0 false",
            "prepared seek 100.0 false",
            "lead 300.0",
            "prepared seek 3000.0 true",
            "lead 300.0");
  }

  @Test
  void WT2_stalls_and_waits_for_them_are_told() {
    house.observed.clear();
    ann.say(
        ClientEvent.SET_WAITING,
        MemberRequests.setWaiting(RuntimeHarness.ROOM, WaitPolicy.Mode.EVERYONE, 2, 0, null, null));
    bob.say(
        ClientEvent.BUFFERING, MemberRequests.buffering(RuntimeHarness.ROOM, house.room().seq()));
    assertThat(house.observed).containsExactly("stalled");
    house.time.advance(2_000);

    assertThat(house.observed)
        .containsExactly("stalled", "prepared stall 2000.0 true", "lead 300.0");
  }

  @Test
  void TL7_reports_with_a_drift_are_told_without_its_sign() {
    house.observed.clear();
    ann.report(doing(-7.5, State.SYNCED, null));
    ann.report(doing(null, State.LOADING, null));
    bob.report(new ViewerReport(null, null, null, null, 2.0, null, null, null));

    assertThat(house.observed).containsExactly("viewer 7.5 3.0 synced", "viewer 2.0 NaN none");
  }

  @Test
  void TL7_seeks_are_told_as_what_was_added() {
    house.observed.clear();
    ann.report(doing(null, null, 5L));
    ann.report(doing(null, null, 5L));
    ann.report(doing(null, null, 7L));
    ann.report(doing(null, null, 1L)); // a page that was opened anew

    assertThat(house.observed).containsExactly("corrected 2", "corrected 1");
  }
}
