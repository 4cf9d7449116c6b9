package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;

/**
 * Runs {@code release-lease.lua}: releases this instance's lease; the next instance that renews its
 * own takes over.
 *
 * <p>Keys: {@link LeaseKeys#REGISTRY}. Argument: this instance. Answer: 1.
 */
final class ReleaseLeaseScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(ReleaseLeaseScript.class, ScriptOutputType.INTEGER, "release-lease.lua");

  private ReleaseLeaseScript() {}

  static void run(RedisLink redis, InstanceId self) {
    redis.run(SCRIPT, LeaseKeys.REGISTRY, self);
  }
}
