package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whom this server has seen alive, and who is therefore dead. Pure.
 *
 * <p>It judges only what it has watched without a break for a whole lease: after Redis was away,
 * has lost its data, or this process was stopped, everybody first gets the time to come back.
 */
final class FailureDetector {
  private static final int KEPT_MAX = 1_000;

  private final long leaseNanos;
  private final Map<InstanceId, Long> seenNanos = new HashMap<>();
  private final Set<InstanceId> gone = new HashSet<>();
  private boolean watching;
  private long sinceNanos;
  private long lastNanos;

  FailureDetector(long leaseNanos) {
    this.leaseNanos = leaseNanos;
  }

  /**
   * A renewal succeeded.
   *
   * @param present whether the store still knew this server
   */
  synchronized void renewed(
      long nowNanos, boolean present, Set<InstanceId> alive, Set<InstanceId> dead) {
    if (!watching || !present || nowNanos - lastNanos > leaseNanos) {
      forget();
      watching = true;
      sinceNanos = nowNanos;
    }
    lastNanos = nowNanos;
    if (gone.size() + seenNanos.size() > KEPT_MAX) {
      // Whoever is not among the living is dead a lease later anyway.
      gone.clear();
      seenNanos.values().removeIf(seen -> nowNanos - seen > leaseNanos);
    }
    gone.addAll(dead);
    for (InstanceId id : alive) {
      gone.remove(id);
      seenNanos.put(id, nowNanos);
    }
  }

  /** A renewal failed: nothing is known of anybody. */
  synchronized void lost() {
    watching = false;
    forget();
  }

  private void forget() {
    seenNanos.clear();
    gone.clear();
  }

  /** Whether it has watched for long enough to say that somebody is dead. */
  synchronized boolean judges(long nowNanos) {
    return watching && nowNanos - lastNanos <= leaseNanos && lastNanos - sinceNanos >= leaseNanos;
  }

  /** Those among them that are dead. */
  synchronized Set<InstanceId> dead(Set<InstanceId> asked, long nowNanos) {
    if (!watching || nowNanos - lastNanos > leaseNanos) {
      return Set.of();
    }
    boolean judges = judges(nowNanos);
    Predicate<InstanceId> isDead =
        id -> {
          Long seen = seenNanos.get(id);
          return gone.contains(id) || (judges && (seen == null || lastNanos - seen >= leaseNanos));
        };
    return Set.copyOf(asked.stream().filter(isDead).toList());
  }
}
