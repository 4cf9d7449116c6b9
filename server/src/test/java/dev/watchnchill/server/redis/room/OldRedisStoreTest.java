package dev.watchnchill.server.redis.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.RedisUrl;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contract on a real Redis 6.2, the oldest supported version. */
final class OldRedisStoreTest extends RedisStoreContract {
  @RegisterExtension static final RedisServer REDIS = RedisServer.old();

  @Override
  RedisUrl emptied() {
    REDIS.cli("flushall");
    return RedisUrl.parse(REDIS.url());
  }

  @Override
  boolean sharded() {
    return true; // requested, but not supported by this version
  }

  @Test
  void redis_6_has_no_sharded_channels() {
    try (RedisLink link = RedisLink.open(emptied(), RedisLink.Settings.DEFAULT)) {
      assertThat(link.awaitUp(Duration.ofSeconds(20))).isTrue();
      assertThat(link.version()).startsWith("6.2.");
      assertThat(link.sharded()).isFalse();
    }
  }
}
