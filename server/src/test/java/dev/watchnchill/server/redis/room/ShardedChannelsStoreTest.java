package dev.watchnchill.server.redis.room;

import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.RedisUrl;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contract with sharded channels. */
final class ShardedChannelsStoreTest extends RedisStoreContract {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  @Override
  RedisUrl emptied() {
    REDIS.cli("flushall");
    return RedisUrl.parse(REDIS.url());
  }

  @Override
  boolean sharded() {
    return true;
  }
}
