package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;

/**
 * Runs {@code leave.lua}: gives this server's lease back; the next that renews takes it over.
 *
 * <p>Keys: {@link LeaseKeys#REGISTRY}. Argument: this server. Answer: 1.
 */
final class LeaveScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(LeaveScript.class, ScriptOutputType.INTEGER, "leave.lua");

  private LeaveScript() {}

  static void run(RedisLink redis, InstanceId self) {
    redis.run(SCRIPT, LeaseKeys.REGISTRY, self);
  }
}
