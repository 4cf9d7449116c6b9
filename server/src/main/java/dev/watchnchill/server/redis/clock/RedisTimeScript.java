package dev.watchnchill.server.redis.clock;

import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs {@code time.lua}: reads the time of Redis.
 *
 * <p>Keys: {@code instances}, which is not read: in a cluster, every instance asks the node that
 * serves this key, whose clock the leases use too. No arguments. Answer: seconds and microseconds.
 */
final class RedisTimeScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(RedisTimeScript.class, ScriptOutputType.MULTI, "time.lua");
  private static final List<String> KEYS = List.of("instances");

  private final RedisLink redis;

  RedisTimeScript(RedisLink redis) {
    this.redis = redis;
  }

  /** Returns ms since the epoch, with fractions. */
  CompletableFuture<Double> ask() {
    return redis
        .runAsync(SCRIPT, KEYS)
        .thenApply(answer -> {
          if (answer instanceof List<?> parts
              && parts.size() == 2
              && parts.get(0) instanceof byte[] seconds
              && parts.get(1) instanceof byte[] micros) {
            return Long.parseLong(RedisLink.text(seconds)) * 1e3
                + Long.parseLong(RedisLink.text(micros)) / 1e3;
          }
          throw new IllegalStateException("Redis does not tell the time: " + answer);
        });
  }
}
