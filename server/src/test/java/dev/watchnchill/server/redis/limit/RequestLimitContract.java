package dev.watchnchill.server.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.limit.ClientKey;
import org.junit.jupiter.api.Test;

/** The contract of every {@link RequestLimit}. */
abstract class RequestLimitContract {
  private static final long WINDOW_MS = 1_200;

  /** Returns a new limit. */
  abstract RequestLimit limit(int max, long windowMs);

  /** Advances the time of the limit. */
  abstract void advance(long ms);

  static RequestLimit.Verdict request(RequestLimit limit, String address) {
    return limit.request(ClientKey.of(address)).toCompletableFuture().join();
  }

  @Test
  void RL1_window_counts_down_rejects_and_restarts() {
    RequestLimit limit = limit(3, WINDOW_MS);
    for (int left = 2; left >= 0; left--) {
      RequestLimit.Verdict verdict = request(limit, "192.0.2.1");
      assertThat(verdict.allowed()).isTrue();
      assertThat(verdict.remaining()).isEqualTo(left);
      assertThat(verdict.limit()).isEqualTo(3);
    }
    RequestLimit.Verdict over = request(limit, "192.0.2.1");
    assertThat(over.allowed()).isFalse();
    assertThat(over.remaining()).isZero();
    assertThat(over.retryAfterSeconds()).isEqualTo(2);
    advance(WINDOW_MS + 20);
    assertThat(request(limit, "192.0.2.1").remaining()).isEqualTo(2);
  }

  @Test
  void RL1_addresses_are_counted_separately() {
    RequestLimit limit = limit(3, 60_000);
    for (int i = 0; i < 4; i++) {
      var _ = request(limit, "192.0.2.1");
    }
    assertThat(request(limit, "192.0.2.2").remaining()).isEqualTo(2);
  }
}
