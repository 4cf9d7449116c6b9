package dev.watchnchill.server.redis.secret;

import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.port.RenewedLinks;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links to films that instances on one Redis have renewed: one key for each, with the hash of
 * its token, that expires with it. Redis never has the token itself.
 */
public final class SharedRenewals implements RenewedLinks {
  private static final Logger log = LoggerFactory.getLogger(SharedRenewals.class);
  private static final String PREFIX = "film-link:";
  private static final int HASH_BYTES = 16;
  private static final int DIGITS_MAX = 16;

  private final RedisLink redis;
  private final long timeoutMs;

  /**
   * @param timeoutMs how long a request may wait for Redis
   */
  public SharedRenewals(RedisLink redis, long timeoutMs) {
    this.redis = redis;
    this.timeoutMs = timeoutMs;
  }

  @Override
  public void renewed(String token, long expiresAtMs, long lifeMs) {
    byte[] value = RedisLink.bytes(Long.toString(expiresAtMs));
    var _ =
        redis
            .callAsync(commands ->
                commands.set(key(token), value, SetArgs.Builder.px(Math.max(1, lifeMs))))
            .whenComplete((_, failure) -> {
              if (failure != null) {
                log.debug("A renewed link cannot be shared: {}", failure.toString());
              }
            });
  }

  @Override
  public CompletableFuture<Long> expiry(String token) {
    return redis
        .<byte @Nullable []>callAsync(commands -> commands.get(key(token)))
        .thenApply(SharedRenewals::expiry)
        .completeOnTimeout(0L, timeoutMs, TimeUnit.MILLISECONDS)
        .exceptionally(_ -> 0L);
  }

  private static long expiry(byte @Nullable [] value) {
    return value == null || value.length > DIGITS_MAX ? 0 : Long.parseLong(RedisLink.text(value));
  }

  private static String key(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
