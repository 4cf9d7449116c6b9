package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs {@code sockets.lua}: says how many sockets, rooms or seats of an address this server has,
 * and asks for more.
 *
 * <p>Key: the prefix and the address, such as {@code sockets:192.0.2.1}: a hash of servers and
 * {@code <sockets>:<end of the lease in ms of the store's time>}. Arguments: this server's name,
 * how many it has, how many more it wants, the most that all servers together may have, and the
 * length of a lease in ms. What it has is taken as said, also beyond the most; of what it wants it
 * gets what there is room for. Leases that have run out are removed; the key goes with the last.
 * Answer: how many more it has now.
 */
final class SocketsScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(SocketsScript.class, ScriptOutputType.INTEGER, "sockets.lua");

  private final RedisLink redis;
  private final String prefix;
  private final String self;
  private final int most;
  private final long leaseMs;

  SocketsScript(RedisLink redis, String prefix, String self, int most, long leaseMs) {
    this.redis = redis;
    this.prefix = prefix;
    this.self = self;
    this.most = most;
    this.leaseMs = leaseMs;
  }

  CompletableFuture<Integer> say(ClientKey client, int has, int wants) {
    return redis
        .runAsync(SCRIPT, List.of(prefix + client.text()), self, has, wants, most, leaseMs)
        .thenApply(answer -> {
          if (answer instanceof Long granted) {
            return Math.toIntExact(granted);
          }
          throw new IllegalStateException("Redis does not say how many sockets: " + answer);
        });
  }
}
