package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();

  @Test
  void first_goes_at_once_and_so_does_whoever_comes_after_the_gap() {
    assertThat(pace.waitNanos(-5, 50)).isZero();
    assertThat(pace.waitNanos(45, 50)).isZero();
    assertThat(pace.waitNanos(200, 50)).isZero();
  }

  @Test
  void what_comes_within_the_gap_waits_for_its_end() {
    assertThat(pace.waitNanos(100, 50)).isZero();
    assertThat(pace.waitNanos(110, 50)).isEqualTo(40);
    assertThat(pace.waitNanos(149, 50)).isEqualTo(1);
  }

  @Test
  void write_of_what_has_waited_begins_a_gap_of_its_own() {
    assertThat(pace.waitNanos(100, 50)).isZero();
    assertThat(pace.waitNanos(120, 50)).isEqualTo(30);
    assertThat(pace.waitNanos(160, 50)).isEqualTo(40);
    assertThat(pace.waitNanos(300, 50)).isZero();
    assertThat(pace.waitNanos(310, 50)).isEqualTo(40);
  }
}
