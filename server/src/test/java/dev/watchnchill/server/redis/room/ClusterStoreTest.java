package dev.watchnchill.server.redis.room;

import dev.watchnchill.server.redis.client.RedisCluster;
import dev.watchnchill.server.redis.client.RedisUrl;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contract on a Redis Cluster. */
final class ClusterStoreTest extends RedisStoreContract {
  @RegisterExtension static final RedisCluster CLUSTER = new RedisCluster();

  @Override
  RedisUrl emptied() {
    CLUSTER.flush();
    return RedisUrl.parse(CLUSTER.url());
  }
}
