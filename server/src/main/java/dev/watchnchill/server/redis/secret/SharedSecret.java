package dev.watchnchill.server.redis.secret;

import dev.watchnchill.server.redis.client.RedisLink;
import io.lettuce.core.SetArgs;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret that all instances on one Redis share: that of the first one. While Redis cannot be
 * reached an instance goes on with the one that it has. A Redis that has lost its memory gets it
 * back from the instances.
 */
public final class SharedSecret {
  private static final Logger log = LoggerFactory.getLogger(SharedSecret.class);
  private static final int BYTES_MIN = 16;
  private static final int BYTES_MAX = 64;

  private final RedisLink redis;
  private final String key;
  private final Consumer<byte[]> use;
  private byte[] secret;

  /**
   * @param key of the secret in Redis
   * @param own random bytes, in case that this instance is the first
   * @param use called with another secret that counts from now on
   */
  public SharedSecret(RedisLink redis, String key, byte[] own, Consumer<byte[]> use) {
    this.redis = redis;
    this.key = key;
    this.secret = own.clone();
    this.use = use;
  }

  /** Shares it; may be called again, such as after an outage. Never waits. */
  public void share() {
    byte[] mine = current();
    var _ =
        redis
            .callAsync(commands -> commands.set(key, mine, SetArgs.Builder.nx()))
            .thenCompose(_ -> redis.<byte @Nullable []>callAsync(commands -> commands.get(key)))
            .whenComplete((shared, failure) -> {
              if (failure != null) {
                log.debug("The key {} cannot be read: {}", key, failure.toString());
              } else if (shared != null) {
                adopt(shared);
              }
            });
  }

  private synchronized byte[] current() {
    return secret;
  }

  private synchronized void adopt(byte[] shared) {
    if (shared.length < BYTES_MIN || shared.length > BYTES_MAX) {
      log.warn("The key {} in Redis is no secret of this server; it is not used", key);
    } else if (!Arrays.equals(secret, shared)) {
      secret = shared.clone();
      use.accept(shared);
    }
  }

  @Override
  public String toString() {
    return "SharedSecret[" + key + "]";
  }
}
