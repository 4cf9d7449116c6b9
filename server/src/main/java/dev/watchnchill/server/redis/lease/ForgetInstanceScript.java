package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;

/**
 * Runs {@code forget-instance.lua}: forgets a dead instance whose rooms this one has taken over.
 *
 * <p>Keys: {@link LeaseKeys#REGISTRY}. Arguments: this instance and the dead one. Answer: 0 when
 * this instance does not hold the claim any more, because the other has come back or a third has
 * claimed it.
 */
final class ForgetInstanceScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(ForgetInstanceScript.class, ScriptOutputType.INTEGER, "forget-instance.lua");

  private ForgetInstanceScript() {}

  static boolean run(RedisLink redis, InstanceId self, InstanceId dead) {
    return Long.valueOf(1).equals(redis.run(SCRIPT, LeaseKeys.REGISTRY, self, dead));
  }
}
