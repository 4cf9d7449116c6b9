package dev.watchnchill.socketio.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Token buckets. */
class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;
  private final TokenBucket meter = new TokenBucket(10, 20);

  @Test
  void RL19_a_burst_and_then_the_rate() {
    // Including a clock value that overflows.
    for (long start : new long[] {0, -5 * SECOND, Long.MAX_VALUE - SECOND}) {
      long full = start;
      for (int i = 0; i < 20; i++) {
        full = meter.take(full, start, 1);
        assertThat(meter.isBelowHalf(full, start)).isEqualTo(i >= 10);
      }
      assertThat(meter.isOverdrawn(full, start)).isFalse();
      assertThat(meter.isOverdrawn(meter.take(full, start, 1), start)).isTrue();
      long later = start + SECOND;
      full = meter.take(full, later, 10);
      assertThat(meter.isOverdrawn(full, later)).isFalse();
      assertThat(meter.isOverdrawn(meter.take(full, later, 1), later)).isTrue();
    }
  }

  @Test
  void RL19_unused_bucket_holds_one_burst() {
    long full = meter.take(0, 100 * SECOND, 20);
    assertThat(meter.isOverdrawn(full, 100 * SECOND)).isFalse();
    assertThat(meter.isOverdrawn(meter.take(full, 100 * SECOND, 1), 100 * SECOND)).isTrue();
  }
}
