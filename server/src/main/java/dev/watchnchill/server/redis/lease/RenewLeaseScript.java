package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code renew-lease.lua}: renews this instance's lease, reads the others', and claims dead
 * instances.
 *
 * <p>Keys: {@link LeaseKeys#REGISTRY}. Arguments: this instance, the length of a lease and of a
 * claim in ms, which dead instances it claims ({@link TakeoverScope}), and for single instances
 * {@code +<name>} when their takeover is in progress, {@code -<name>} when it leaves them to
 * others. An instance whose lease has expired goes to the first that asks: the end of its lease is
 * moved to the end of the claim, so that no other gets it meanwhile. Answer: 1 when the old lease
 * was still held; the live instances; the dead instances that are still registered; the instances
 * to take over now, each followed by the ms since its last renewal.
 */
final class RenewLeaseScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(RenewLeaseScript.class, ScriptOutputType.MULTI, "renew-lease.lua");

  /** The dead instances that an instance claims. */
  enum TakeoverScope {
    /** No instance. */
    NONE("none"),
    /** Instances that have released their lease. */
    GIVEN_BACK("given-back"),
    /** Also instances whose lease has expired. */
    ALL("all");

    private final String argument;

    TakeoverScope(String argument) {
      this.argument = argument;
    }
  }

  /**
   * A dead instance that this one takes over.
   *
   * @param silentMs how long ago it renewed its lease
   */
  record Claim(InstanceId instance, long silentMs) {}

  /**
   * The answer of the script.
   *
   * @param present whether this instance's lease was still held
   * @param alive other instances that are alive
   * @param dead other instances that are dead
   * @param claimed those of the dead that this instance takes over from now on
   */
  record Renewal(
      boolean present, Set<InstanceId> alive, Set<InstanceId> dead, List<Claim> claimed) {}

  private final RedisLink redis;
  private final InstanceId self;
  private final long leaseMs;
  private final long claimMs;

  RenewLeaseScript(RedisLink redis, InstanceId self, long leaseMs, long claimMs) {
    this.redis = redis;
    this.self = self;
    this.leaseMs = leaseMs;
    this.claimMs = claimMs;
  }

  Renewal run(TakeoverScope scope, Set<InstanceId> inProgress, Set<InstanceId> recentlyFailed) {
    var arguments = new ArrayList<Object>(List.of(self, leaseMs, claimMs, scope.argument));
    inProgress.forEach(id -> arguments.add("+" + id));
    recentlyFailed.forEach(id -> arguments.add("-" + id));
    Object renewal = redis.run(SCRIPT, LeaseKeys.REGISTRY, arguments.toArray());
    List<?> parts = list(renewal);
    var claimed = new ArrayList<Claim>();
    List<?> claims = list(parts.get(3));
    for (int i = 0; i < claims.size(); i += 2) {
      claimed.add(new Claim(id(claims.get(i)), number(claims.get(i + 1))));
    }
    return new Renewal(
        number(parts.get(0)) == 1, ids(parts.get(1)), ids(parts.get(2)), List.copyOf(claimed));
  }

  private static Set<InstanceId> ids(@Nullable Object names) {
    var ids = new HashSet<InstanceId>();
    list(names).forEach(name -> ids.add(id(name)));
    return ids;
  }

  private static InstanceId id(@Nullable Object name) {
    if (name instanceof byte[] text) {
      return new InstanceId(RedisLink.text(text));
    }
    throw wrong(name);
  }

  private static long number(@Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw wrong(value);
  }

  private static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(value);
  }

  private static IllegalStateException wrong(@Nullable Object value) {
    return new IllegalStateException("Redis does not say who is there: " + value);
  }
}
