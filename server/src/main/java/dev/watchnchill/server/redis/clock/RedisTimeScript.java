package dev.watchnchill.server.redis.clock;

import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Asks Redis for its time with {@code time.lua}.
 *
 * <p>Keys: {@code instances}, which is not read: of a cluster, everybody asks the node that looks
 * after it, and so the one that leases go by. No arguments. Answer: seconds and microseconds.
 */
final class RedisTimeScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(RedisTimeScript.class, ScriptOutputType.MULTI, "time.lua");
  private static final List<String> KEYS = List.of("instances");

  private final RedisLink redis;

  RedisTimeScript(RedisLink redis) {
    this.redis = redis;
  }

  /** Ms since the epoch with fractions. */
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
