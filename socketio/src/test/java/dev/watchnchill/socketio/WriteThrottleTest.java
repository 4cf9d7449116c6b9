package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Intervals between the writes of throttled events. */
class WriteThrottleTest {
  private final WriteThrottle pace = new WriteThrottle();

  @Test
  void SIO12_event_after_the_interval_is_sent_at_once() {
    assertThat(pace.waitNanos(-5, 50)).isZero();
    assertThat(pace.waitNanos(45, 50)).isZero();
    assertThat(pace.waitNanos(200, 50)).isZero();
  }

  @Test
  void SIO12_event_within_the_interval_waits_for_its_end() {
    assertThat(pace.waitNanos(100, 50)).isZero();
    assertThat(pace.waitNanos(110, 50)).isEqualTo(40);
    assertThat(pace.waitNanos(149, 50)).isEqualTo(1);
  }

  @Test
  void SIO12_delayed_write_starts_an_interval() {
    assertThat(pace.waitNanos(100, 50)).isZero();
    assertThat(pace.waitNanos(120, 50)).isEqualTo(30);
    assertThat(pace.waitNanos(160, 50)).isEqualTo(40);
    assertThat(pace.waitNanos(300, 50)).isZero();
    assertThat(pace.waitNanos(310, 50)).isEqualTo(40);
  }
}
