package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.ViewerReport.State;
import dev.watchnchill.server.wire.MemberStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule ST1 in virtual time. */
final class ViewerStatusBroadcasterTest {
  private static final long PERIOD_MS = 5_000;

  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance server = harness.new Instance();
  private final RuntimeHarness.Client ann = server.client(true);
  private final RuntimeHarness.Client bob = server.client(false);

  @BeforeEach
  void bothIn() {
    ann.create("Ann");
    bob.join("Bob");
  }

  private static ViewerReport doing(
      @Nullable Double drift, @Nullable Double bound, @Nullable State state) {
    return new ViewerReport(null, null, null, null, drift, bound, state, null);
  }

  private String id(int index) {
    return harness.room().members().list().get(index).id().toString();
  }

  /** Returns the statuses that Bob got since the last call, by member. */
  private List<MemberStatus> received() {
    List<MemberStatus> all = bob.statuses().stream().flatMap(List::stream).toList();
    bob.takeEvents();
    return all;
  }

  @Test
  void ST1_first_report_is_sent_at_once_and_rounded() {
    ann.report(doing(-12.5001, 3.5, State.CORRECTING));

    assertThat(received()).containsExactly(new MemberStatus(id(0), -13L, 4L, "correcting"));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 5, synced, false",
    "10.6, 5, synced, true",
    "-10.4, 5, synced, false",
    "-11, 5, synced, true",
    "0, 10, synced, false",
    "0, 11, synced, true",
    "0, 5, free, true",
    ", 5, synced, true",
    "0, , synced, true"
  })
  void ST1_only_changed_values_are_sent(
      @Nullable Double drift, @Nullable Double bound, String state, boolean expected) {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    harness.time.advance(PERIOD_MS);
    received();

    ann.report(doing(drift, bound, state.equals("free") ? State.FREE : State.SYNCED));

    assertThat(received()).hasSize(expected ? 1 : 0);
  }

  @Test
  void ST1_small_steps_add_up() {
    for (int step = 0; step <= 12; step++) {
      ann.report(doing((double) step, 5.0, State.SYNCED));
      harness.time.advance(PERIOD_MS);
    }

    assertThat(received()).extracting(MemberStatus::drift).containsExactly(0L, 11L);
  }

  @Test
  void ST1_no_more_than_one_in_a_period() {
    int statuses = 0;
    for (int i = 0; i < 1_000; i++) {
      ann.report(doing(i * 20.0, 5.0, State.SYNCED));
      bob.report(doing(i * 20.0, 5.0, State.SYNCED));
      harness.time.advance(50);
      statuses += bob.statuses().size();
      bob.takeEvents();
    }

    assertThat(statuses).isBetween(10, 11);
  }

  @Test
  void ST1_last_report_of_a_period_is_sent() {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    received();
    ann.report(doing(50.0, 5.0, State.CORRECTING));
    ann.report(doing(70.0, 5.0, State.CORRECTING));
    assertThat(received()).isEmpty();

    harness.time.advance(PERIOD_MS);

    assertThat(received()).containsExactly(new MemberStatus(id(0), 70L, 5L, "correcting"));
  }

  @Test
  void ST1_status_that_returned_to_the_sent_value_is_not_sent() {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    received();
    ann.report(doing(50.0, 5.0, State.CORRECTING));
    ann.report(doing(2.0, 5.0, State.SYNCED));

    harness.time.advance(PERIOD_MS);

    assertThat(received()).isEmpty();
  }

  @Test
  void ST1_empty_report_is_not_sent() {
    ann.report(ViewerReport.EMPTY);
    assertThat(bob.takeEvents()).doesNotContain("status");
    RuntimeHarness.Client cleo = server.client(true);
    cleo.join("Cleo");
    assertThat(cleo.takeEvents()).containsExactly("room-joined", "timeline");
  }

  @Test
  void ST1_joiner_gets_the_status_of_all_after_the_timeline() {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    bob.report(doing(7.0, 5.0, State.LOADING));
    RuntimeHarness.Client cleo = server.client(true);

    cleo.join("Cleo");

    assertThat(cleo.statuses())
        .containsExactly(
            List.of(
                new MemberStatus(id(0), 0L, 5L, "synced"),
                new MemberStatus(id(1), 7L, 5L, "loading")));
    assertThat(cleo.takeEvents()).containsExactly("room-joined", "timeline", "status");
  }

  @Test
  void ST1_status_of_a_former_member_is_not_sent_and_of_a_returned_one_again() {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    received();
    bob.report(doing(0.0, 5.0, State.SYNCED));
    bob.lose();
    harness.time.advance(PERIOD_MS);
    assertThat(ann.statuses()).hasSize(1);
    RuntimeHarness.Client cleo = server.client(true);
    cleo.join("Cleo");
    ann.lose();
    RuntimeHarness.Client again = server.client(true);
    again.join("Ann", ann.token());
    assertThat(again.statuses()).isEmpty();
    cleo.takeEvents();

    again.report(doing(0.0, 5.0, State.SYNCED));

    assertThat(cleo.statuses()).hasSize(1);
  }

  @Test
  void ST1_report_of_a_socket_without_a_seat_is_ignored() {
    bob.lose();
    bob.report(doing(0.0, 5.0, State.SYNCED));

    assertThat(ann.takeEvents()).doesNotContain("status");
  }

  @Test
  void ST1_no_timer_outlives_the_room() {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    ann.report(doing(50.0, 5.0, State.SYNCED));
    bob.lose();
    ann.lose();
    harness.time.advance(2 * RuntimeHarness.LIMITS.roomLifeMs());

    assertThat(harness.time.timers()).isZero();
    assertThat(server.service.liveRooms()).isZero();
  }
}
