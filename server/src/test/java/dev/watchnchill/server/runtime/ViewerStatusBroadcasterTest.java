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

  private final RuntimeHarness house = new RuntimeHarness();
  private final RuntimeHarness.Instance server = house.new Instance();
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
    return house.room().members().list().get(index).id().toString();
  }

  /** Returns the statuses that Bob got since the last call, by member. */
  private List<MemberStatus> heard() {
    List<MemberStatus> all = bob.statuses().stream().flatMap(List::stream).toList();
    bob.news();
    return all;
  }

  @Test
  void ST1_first_word_is_told_at_once_rounded() {
    ann.report(doing(-12.5001, 3.5, State.CORRECTING));

    assertThat(heard()).containsExactly(new MemberStatus(id(0), -13L, 4L, "correcting"));
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
  void ST1_only_what_has_moved_is_told(
      @Nullable Double drift, @Nullable Double bound, String state, boolean expected) {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    house.time.advance(PERIOD_MS);
    heard();

    ann.report(doing(drift, bound, state.equals("free") ? State.FREE : State.SYNCED));

    assertThat(heard()).hasSize(expected ? 1 : 0);
  }

  @Test
  void ST1_small_steps_add_up() {
    for (int step = 0; step <= 12; step++) {
      ann.report(doing((double) step, 5.0, State.SYNCED));
      house.time.advance(PERIOD_MS);
    }

    assertThat(heard()).extracting(MemberStatus::drift).containsExactly(0L, 11L);
  }

  @Test
  void ST1_no_more_than_one_in_a_period() {
    int statuses = 0;
    for (int i = 0; i < 1_000; i++) {
      ann.report(doing(i * 20.0, 5.0, State.SYNCED));
      bob.report(doing(i * 20.0, 5.0, State.SYNCED));
      house.time.advance(50);
      statuses += bob.statuses().size();
      bob.news();
    }

    assertThat(statuses).isBetween(10, 11);
  }

  @Test
  void ST1_last_word_of_a_period_is_the_one_told() {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    heard();
    ann.report(doing(50.0, 5.0, State.CORRECTING));
    ann.report(doing(70.0, 5.0, State.CORRECTING));
    assertThat(heard()).isEmpty();

    house.time.advance(PERIOD_MS);

    assertThat(heard()).containsExactly(new MemberStatus(id(0), 70L, 5L, "correcting"));
  }

  @Test
  void ST1_who_is_back_where_it_was_told_to_be_is_no_news() {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    heard();
    ann.report(doing(50.0, 5.0, State.CORRECTING));
    ann.report(doing(2.0, 5.0, State.SYNCED));

    house.time.advance(PERIOD_MS);

    assertThat(heard()).isEmpty();
  }

  @Test
  void ST1_report_that_says_nothing_is_not_told() {
    ann.report(ViewerReport.EMPTY);
    assertThat(bob.news()).doesNotContain("status");
    RuntimeHarness.Client cleo = server.client(true);
    cleo.join("Cleo");
    assertThat(cleo.news()).containsExactly("room-joined", "timeline");
  }

  @Test
  void ST1_joiner_hears_everybodys_behind_the_timeline() {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    bob.report(doing(7.0, 5.0, State.LOADING));
    RuntimeHarness.Client cleo = server.client(true);

    cleo.join("Cleo");

    assertThat(cleo.statuses())
        .containsExactly(
            List.of(
                new MemberStatus(id(0), 0L, 5L, "synced"),
                new MemberStatus(id(1), 7L, 5L, "loading")));
    assertThat(cleo.news()).containsExactly("room-joined", "timeline", "status");
  }

  @Test
  void ST1_who_has_left_is_not_told_of_and_who_is_back_is_told_anew() {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    heard();
    bob.report(doing(0.0, 5.0, State.SYNCED));
    bob.lose();
    house.time.advance(PERIOD_MS);
    assertThat(ann.statuses()).hasSize(1);
    RuntimeHarness.Client cleo = server.client(true);
    cleo.join("Cleo");
    ann.lose();
    RuntimeHarness.Client again = server.client(true);
    again.join("Ann", ann.token());
    assertThat(again.statuses()).isEmpty();
    cleo.news();

    again.report(doing(0.0, 5.0, State.SYNCED));

    assertThat(cleo.statuses()).hasSize(1);
  }

  @Test
  void ST1_report_of_a_socket_without_a_seat_is_not_heard() {
    bob.lose();
    bob.report(doing(0.0, 5.0, State.SYNCED));

    assertThat(ann.news()).doesNotContain("status");
  }

  @Test
  void ST1_no_timer_outlives_the_room() {
    ann.report(doing(0.0, 5.0, State.SYNCED));
    ann.report(doing(50.0, 5.0, State.SYNCED));
    bob.lose();
    ann.lose();
    house.time.advance(2 * RuntimeHarness.LIMITS.roomLifeMs());

    assertThat(house.time.timers()).isZero();
    assertThat(server.service.liveRooms()).isZero();
  }
}
