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
 * Counts the requests of an address on all instances in one window (rule RL1), with {@code
 * count-request.lua}. When Redis does not answer in time, the instance counts alone.
 *
 * <p>Key: the prefix and the address. Argument: the length of a window in ms, which begins with its
 * first request. Answer: the number of requests in the window so far.
 */
public final class SharedRequestLimit implements RequestLimit {
  private static final RedisScript SCRIPT =
      RedisScript.read(SharedRequestLimit.class, ScriptOutputType.INTEGER, "count-request.lua");

  private final RedisLink redis;
  private final String prefix;
  private final int max;
  private final long windowMs;
  private final long timeoutMs;
  private final WindowLimit localLimit;

  /**
   * @param prefix of the keys, such as {@code rate-limit:}
   * @param max the maximum of requests in one window
   * @param windowMs length of a window
   * @param timeoutMs how long a client may wait for Redis
   * @param localLimit counts while Redis does not answer
   */
  public SharedRequestLimit(
      RedisLink redis,
      String prefix,
      int max,
      long windowMs,
      long timeoutMs,
      WindowLimit localLimit) {
    this.redis = redis;
    this.prefix = prefix;
    this.max = max;
    this.windowMs = windowMs;
    this.timeoutMs = timeoutMs;
    this.localLimit = localLimit;
  }

  @Override
  public CompletionStage<Verdict> request(ClientKey client) {
    CompletableFuture<Verdict> shared =
        redis
            .runAsync(SCRIPT, List.of(prefix + client.text()), windowMs)
            .thenApply(used -> verdict(used));
    return shared
        .orTimeout(timeoutMs, TimeUnit.MILLISECONDS)
        .exceptionally(_ -> localLimit.count(client));
  }

  private Verdict verdict(@org.jspecify.annotations.Nullable Object used) {
    if (used instanceof Long count) {
      return WindowLimit.verdict(count, max, windowMs);
    }
    throw new IllegalStateException("Redis does not say how many requests there were: " + used);
  }
}
