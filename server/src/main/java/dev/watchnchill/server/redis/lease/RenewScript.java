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
 * Runs {@code renew.lua}: renews this server's lease and looks who else is there.
 *
 * <p>Keys: {@link LeaseKeys#REGISTRY}. Arguments: this server, the length of a lease and of a claim
 * in ms, which dead ones it takes ({@link Takes}), and of single ones: {@code +<name>} that it is
 * still busy taking over, {@code -<name>} that it leaves to others. Whoever's lease has run out
 * goes to the first that asks: that one's claim is pushed forward, so that no other gets it
 * meanwhile. Answer: 1 when the old lease still held; who is alive; who is dead and not forgotten
 * yet; whom this server takes over now, and for how many ms each has been silent.
 */
final class RenewScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(RenewScript.class, ScriptOutputType.MULTI, "renew.lua");

  /** Which dead ones a server takes over. */
  enum Takes {
    /** None. */
    NONE("none"),
    /** Those that have given their lease back. */
    GIVEN_BACK("given-back"),
    /** Also those whose lease has run out. */
    ALL("all");

    private final String word;

    Takes(String word) {
      this.word = word;
    }
  }

  /**
   * One that this server takes over.
   *
   * @param silentMs for how long it had said nothing
   */
  record Claim(InstanceId who, long silentMs) {}

  /**
   * What there is.
   *
   * @param present whether this server's lease still held
   * @param alive others
   * @param gone others that are dead
   * @param claimed those among them that this server takes over from now on
   */
  record Answer(
      boolean present, Set<InstanceId> alive, Set<InstanceId> gone, List<Claim> claimed) {}

  private final RedisLink redis;
  private final InstanceId self;
  private final long leaseMs;
  private final long claimMs;

  RenewScript(RedisLink redis, InstanceId self, long leaseMs, long claimMs) {
    this.redis = redis;
    this.self = self;
    this.leaseMs = leaseMs;
    this.claimMs = claimMs;
  }

  Answer run(Takes takes, Set<InstanceId> busyWith, Set<InstanceId> avoided) {
    var arguments = new ArrayList<Object>(List.of(self, leaseMs, claimMs, takes.word));
    busyWith.forEach(id -> arguments.add("+" + id));
    avoided.forEach(id -> arguments.add("-" + id));
    Object answer = redis.run(SCRIPT, LeaseKeys.REGISTRY, arguments.toArray());
    List<?> parts = list(answer);
    var claimed = new ArrayList<Claim>();
    List<?> claims = list(parts.get(3));
    for (int i = 0; i < claims.size(); i += 2) {
      claimed.add(new Claim(id(claims.get(i)), number(claims.get(i + 1))));
    }
    return new Answer(
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
