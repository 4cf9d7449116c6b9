package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.http.WindowLimit;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Counts the requests of an address at all servers in one window (rule RL1), with {@code
 * request.lua}. When Redis does not say in time, this server counts by itself.
 *
 * <p>Key: the prefix and the address. Argument: the length of a window in ms, which begins with its
 * first request. Answer: the so manieth request it is.
 */
public final class SharedRequestLimit implements RequestLimit {
  private static final RedisScript SCRIPT =
      RedisScript.read(SharedRequestLimit.class, ScriptOutputType.INTEGER, "request.lua");

  private final RedisLink redis;
  private final String prefix;
  private final int max;
  private final long windowMs;
  private final long patienceMs;
  private final WindowLimit alone;

  /**
   * @param prefix of the keys, such as {@code rate-limit:}
   * @param max requests in one window
   * @param windowMs length of a window
   * @param patienceMs how long a client may wait for Redis
   * @param alone counts while Redis does not
   */
  public SharedRequestLimit(
      RedisLink redis, String prefix, int max, long windowMs, long patienceMs, WindowLimit alone) {
    this.redis = redis;
    this.prefix = prefix;
    this.max = max;
    this.windowMs = windowMs;
    this.patienceMs = patienceMs;
    this.alone = alone;
  }

  @Override
  public CompletionStage<Verdict> request(ClientKey client) {
    CompletableFuture<Verdict> shared =
        redis
            .runAsync(SCRIPT, List.of(prefix + client.text()), windowMs)
            .thenApply(used -> verdict(used));
    return shared
        .orTimeout(patienceMs, TimeUnit.MILLISECONDS)
        .exceptionally(_ -> alone.count(client));
  }

  private Verdict verdict(@org.jspecify.annotations.Nullable Object used) {
    if (used instanceof Long count) {
      return WindowLimit.verdict(count, max, windowMs);
    }
    throw new IllegalStateException("Redis does not say how many requests there were: " + used);
  }
}
