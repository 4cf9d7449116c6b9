package dev.watchnchill.server.store.redis;

import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis Cluster. */
final class ClusterStoreTest extends RedisStoreContract {
  @RegisterExtension static final RedisCluster CLUSTER = new RedisCluster();

  @Override
  RedisUrl emptied() {
    CLUSTER.flush();
    return RedisUrl.parse(CLUSTER.url());
  }
}
