package dev.watchnchill.server.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.EntryLimit;
import dev.watchnchill.server.limit.EntryLimit.Verdict;
import org.junit.jupiter.api.Test;

/** The contract of every {@link EntryLimit}. */
abstract class EntryLimitContract {
  static final ClientKey EVE = ClientKey.of("192.0.2.1");
  static final ClientKey ANN = ClientKey.of("2001:db8::1");

  /** Returns a new limit. */
  abstract EntryLimit limit(EntryLimit.Rates rates);

  /** Advances the time of the limit. */
  abstract void advance(long ms);

  static Verdict enter(EntryLimit limit, ClientKey client, boolean namesRoom) {
    return limit.enter(client, namesRoom).toCompletableFuture().join();
  }

  static void miss(EntryLimit limit, ClientKey client) {
    var _ = limit.missed(client).toCompletableFuture().join();
  }

  @Test
  void RL8_entries_are_limited_per_window() {
    EntryLimit limit = limit(new EntryLimit.Rates(3, 1_200, 9, 60_000));
    for (int i = 0; i < 3; i++) {
      assertThat(enter(limit, EVE, i > 0)).isEqualTo(Verdict.ALLOWED);
    }
    assertThat(enter(limit, EVE, true)).isEqualTo(Verdict.TOO_MANY);
    assertThat(enter(limit, EVE, false)).isEqualTo(Verdict.TOO_MANY);
    assertThat(enter(limit, ANN, true)).isEqualTo(Verdict.ALLOWED);
    advance(1_220);
    assertThat(enter(limit, EVE, true)).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void RL9_misses_block_entries_that_name_a_room_and_use_up_none() {
    EntryLimit limit = limit(new EntryLimit.Rates(5, 60_000, 2, 1_200));
    miss(limit, EVE);
    assertThat(enter(limit, EVE, true)).isEqualTo(Verdict.ALLOWED);
    miss(limit, EVE);
    for (int i = 0; i < 10; i++) {
      assertThat(enter(limit, EVE, true)).isEqualTo(Verdict.TOO_MANY_MISSES);
    }
    assertThat(enter(limit, EVE, false)).isEqualTo(Verdict.ALLOWED);
    assertThat(enter(limit, ANN, true)).isEqualTo(Verdict.ALLOWED);
    advance(1_220);
    assertThat(enter(limit, EVE, true)).isEqualTo(Verdict.ALLOWED);
  }
}
