package dev.watchnchill.server.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.limit.ClientKey;
import org.junit.jupiter.api.Test;

/** What every count of requests does. */
abstract class RequestLimitContract {
  private static final long WINDOW_MS = 1_200;

  /** A new one. */
  abstract RequestLimit limit(int max, long windowMs);

  /** Lets so much time pass. */
  abstract void pass(long ms);

  static RequestLimit.Verdict ask(RequestLimit limit, String address) {
    return limit.request(ClientKey.of(address)).toCompletableFuture().join();
  }

  @Test
  void RL1_window_counts_down_refuses_and_begins_anew() {
    RequestLimit limit = limit(3, WINDOW_MS);
    for (int left = 2; left >= 0; left--) {
      RequestLimit.Verdict verdict = ask(limit, "192.0.2.1");
      assertThat(verdict.allowed()).isTrue();
      assertThat(verdict.remaining()).isEqualTo(left);
      assertThat(verdict.limit()).isEqualTo(3);
    }
    RequestLimit.Verdict over = ask(limit, "192.0.2.1");
    assertThat(over.allowed()).isFalse();
    assertThat(over.remaining()).isZero();
    assertThat(over.retryAfterSeconds()).isEqualTo(2);
    pass(WINDOW_MS + 20);
    assertThat(ask(limit, "192.0.2.1").remaining()).isEqualTo(2);
  }

  @Test
  void RL1_addresses_are_counted_apart() {
    RequestLimit limit = limit(3, 60_000);
    for (int i = 0; i < 4; i++) {
      var _ = ask(limit, "192.0.2.1");
    }
    assertThat(ask(limit, "192.0.2.2").remaining()).isEqualTo(2);
  }
}
