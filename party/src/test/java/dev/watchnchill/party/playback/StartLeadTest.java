package dev.watchnchill.party.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchnchill.party.RoomCommand.Play;
import dev.watchnchill.party.RoomCommand.Report;
import dev.watchnchill.party.RoomFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule TL3: how far ahead a common start is. */
class StartLeadTest {
  private final RoomFixture room = RoomFixture.room();

  private void reports(
      String name, @Nullable Double rtt90, @Nullable Double start, @Nullable Double startDev) {
    room.act(
        new Report(
            room.id(name), new ViewerReport(rtt90, start, startDev, null, null, null, null, null)));
  }

  private double lead() {
    room.act(new Play(room.id("Hana"), 10, true));
    return room.timeline().atMs() - room.now();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 100", // never less
    "100, 80, 10, 140", // 30 + 80 + 10 + 20
    "1000, 150, 50, 520",
    "60000, 60000, 60000, 600" // never more
  })
  void TL3_lead_is_what_a_viewer_needs_within_bounds(
      double rtt90, double start, double startDev, double lead) {
    reports("Hana", rtt90, start, startDev);

    assertThat(lead()).isCloseTo(lead, within(1e-3));
  }

  @Test
  void TL3_deviation_may_be_missing() {
    reports("Hana", 100.0, 80.0, null);

    assertThat(lead()).isCloseTo(130, within(1e-3));
  }

  @Test
  void TL3_slowest_who_is_present_counts() {
    room.resumable("Ben").resumable("Cleo");
    reports("Hana", 10.0, 80.0, 5.0);
    reports("Ben", 300.0, 150.0, 40.0);
    reports("Cleo", 1000.0, 300.0, 40.0);
    room.drop("Cleo");

    assertThat(lead()).isCloseTo(300, within(1e-3));
  }

  @Test
  void TL3_without_any_figures_it_is_that_of_the_unknown() {
    assertThat(lead()).isEqualTo(300);
    assertThat(room.later(3_600_000).act(new Play(room.id("Hana"), 1, true)).rejection()).isNull();
    assertThat(room.timeline().atMs() - room.now()).isEqualTo(300);
  }

  @Test
  void TL3_newcomer_without_figures_counts_for_a_minute() {
    room.later(60_000).resumable("Ben");
    reports("Hana", 10.0, 80.0, 5.0);
    assertThat(lead()).isEqualTo(300);
    room.later(59_999);
    reports("Hana", 10.0, 80.0, 5.0);
    assertThat(lead()).isEqualTo(300);
    room.later(1);
    assertThat(lead()).isCloseTo(108, within(1e-3));
  }

  @Test
  void TL3_base_newcomer_has_no_figures_and_needs_none() {
    room.later(60_000).guest("Ben");
    reports("Hana", 10.0, 80.0, 5.0);

    assertThat(lead()).isCloseTo(108, within(1e-3));
  }

  @Test
  void TL3_joiner_does_not_shorten_the_lead_of_another() {
    room.resumable("Ben");
    reports("Hana", 1000.0, 150.0, 50.0);

    assertThat(lead()).isCloseTo(520, within(1e-3));
  }

  @Test
  void TL3_figures_are_good_for_a_minute() {
    reports("Hana", 1000.0, 150.0, 50.0);

    assertThat(room.later(59_999).now()).isPositive();
    assertThat(lead()).isCloseTo(520, within(1e-3));
    room.later(1);
    assertThat(lead()).isEqualTo(300);
  }

  @Test
  void TL3_half_a_report_is_no_figure() {
    reports("Hana", 1000.0, null, 50.0);
    assertThat(lead()).isEqualTo(300);
    reports("Hana", null, 1000.0, 50.0);
    assertThat(lead()).isEqualTo(300);
  }

  @Test
  void TL3_figures_of_a_lost_connection_are_not_those_of_the_next() {
    reports("Hana", 1000.0, 150.0, 50.0);
    room.drop("Hana");
    room.returns("Hana");

    assertThat(lead()).isEqualTo(300);
  }

  @Test
  void TL3_base_host_starts_at_once() {
    room.act(new Play(room.id("Hana"), 10, false));

    assertThat(room.timeline().atMs()).isEqualTo(room.now());
  }
}
