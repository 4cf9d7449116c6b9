package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;

/**
 * Runs {@code finish.lua}: forgets a dead server that this one has taken over.
 *
 * <p>Keys: {@link LeaseKeys#REGISTRY}. Arguments: this server and the dead one. Answer: 0 when that
 * is not this server's task (any more): the other has come back, or somebody else takes it over.
 */
final class FinishScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(FinishScript.class, ScriptOutputType.INTEGER, "finish.lua");

  private FinishScript() {}

  static boolean run(RedisLink redis, InstanceId self, InstanceId dead) {
    return Long.valueOf(1).equals(redis.run(SCRIPT, LeaseKeys.REGISTRY, self, dead));
  }
}
