package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.limit.ClientKey;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WindowLimitTest {
  private final AtomicLong nowMs = new AtomicLong(5_000);
  private final WindowLimit limit = new WindowLimit(3, 1_500, nowMs::get);

  @Test
  void RL1_window_counts_down_rejects_and_begins_again() {
    for (int left = 2; left >= 0; left--) {
      RequestLimit.Verdict verdict = limit.count(new ClientKey("a"));
      assertThat(verdict.allowed()).isTrue();
      assertThat(verdict.remaining()).isEqualTo(left);
      assertThat(verdict.limit()).isEqualTo(3);
    }
    RequestLimit.Verdict over = limit.count(new ClientKey("a"));
    assertThat(over.allowed()).isFalse();
    assertThat(over.remaining()).isZero();
    assertThat(over.retryAfterSeconds()).isEqualTo(2);
    nowMs.addAndGet(1_499);
    assertThat(limit.count(new ClientKey("a")).allowed()).isFalse();
    nowMs.addAndGet(1);
    assertThat(limit.count(new ClientKey("a")).allowed()).isTrue();
  }

  @Test
  void RL1_addresses_are_counted_apart() {
    for (int i = 0; i < 4; i++) {
      var _ = limit.count(new ClientKey("a"));
    }
    assertThat(limit.count(new ClientKey("b")).remaining()).isEqualTo(2);
  }
}
