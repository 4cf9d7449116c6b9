package dev.watchnchill.server.app;

import dev.watchnchill.server.redis.client.RedisServer;

/** One Redis for all servers of a run with {@code -Dcontract.redis=true}. */
final class SharedRedis {
  private static final RedisServer REDIS = new RedisServer();

  static {
    REDIS.start();
    Runtime.getRuntime().addShutdownHook(new Thread(REDIS::close));
  }

  private SharedRedis() {}

  static String url() {
    return REDIS.url();
  }
}
