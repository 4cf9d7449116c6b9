package dev.watchnchill.server.redis.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.TestLinks;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Renewed links of two instances on one Redis (rule LB11). */
final class SharedRenewalsTest {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static final long TIMEOUT_MS = 2_000;

  private final TestLinks links = new TestLinks(REDIS);
  private SharedRenewals one;
  private SharedRenewals two;

  @BeforeEach
  void open() {
    one = new SharedRenewals(links.open(), TIMEOUT_MS);
    two = new SharedRenewals(links.open(), TIMEOUT_MS);
  }

  @AfterEach
  void close() {
    links.close();
  }

  private static String keys() {
    return REDIS.cli("KEYS", "*");
  }

  @Test
  void LB11_renewal_is_known_to_others_until_it_expires_and_its_token_is_not_stored() {
    REDIS.cli("FLUSHALL");
    assertThat(two.expiry("token").join()).isZero();
    one.renewed("token", 1_700_000_000_007L, 60_000);
    await().until(() -> two.expiry("token").join() == 1_700_000_000_007L);
    assertThat(two.expiry("Token").join()).isZero();
    assertThat(keys()).startsWith("film-link:").doesNotContain("token");
    assertThat(Long.parseLong(REDIS.cli("PTTL", keys()))).isBetween(1L, 60_000L);
    REDIS.cli("SET", keys(), "no number at all");
    assertThat(two.expiry("token").join()).isZero();
    REDIS.advanceExpiries(60_000);
  }

  @Test
  void LB11_redis_that_does_not_answer_delays_nobody_for_long() {
    one.renewed("token", 7, 60_000);
    REDIS.freeze();
    try {
      assertThat(two.expiry("token")).succeedsWithin(Duration.ofMillis(2 * TIMEOUT_MS));
    } finally {
      REDIS.thaw();
    }
  }
}
