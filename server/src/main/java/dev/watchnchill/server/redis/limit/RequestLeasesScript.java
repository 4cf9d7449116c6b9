package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs {@code request-leases.lua}: reports how many sockets, rooms or seats of an address this
 * instance holds, and requests more.
 *
 * <p>Key: the prefix and the address, such as {@code sockets:192.0.2.1}: a hash of instances and
 * {@code <count>:<end of the lease in ms of the store's time>}. Arguments: this instance's name,
 * how many it holds, how many more it wants, the maximum of all instances together, and the length
 * of a lease in ms. The reported count is accepted even above the maximum; of the wanted ones it
 * gets as many as the maximum allows. Expired leases are removed; the key goes with the last.
 * Answer: how many more are granted.
 */
final class RequestLeasesScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(RequestLeasesScript.class, ScriptOutputType.INTEGER, "request-leases.lua");

  private final RedisLink redis;
  private final String prefix;
  private final String self;
  private final int max;
  private final long leaseMs;

  RequestLeasesScript(RedisLink redis, String prefix, String self, int max, long leaseMs) {
    this.redis = redis;
    this.prefix = prefix;
    this.self = self;
    this.max = max;
    this.leaseMs = leaseMs;
  }

  CompletableFuture<Integer> run(ClientKey client, int held, int wanted) {
    return redis
        .runAsync(SCRIPT, List.of(prefix + client.text()), self, held, wanted, max, leaseMs)
        .thenApply(answer -> {
          if (answer instanceof Long granted) {
            return Math.toIntExact(granted);
          }
          throw new IllegalStateException("Redis does not say how many sockets: " + answer);
        });
  }
}
