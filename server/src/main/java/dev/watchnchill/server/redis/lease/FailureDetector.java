package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells which instances are dead, from when each was last seen alive. Pure.
 *
 * <p>It judges only after it has watched without interruption for a whole lease. After an outage or
 * data loss of Redis, or a pause of this process, every instance first gets the time to come back.
 */
final class FailureDetector {
  private static final int KEPT_MAX = 1_000;

  private final long leaseNanos;
  private final Map<InstanceId, Long> seenNanos = new HashMap<>();
  private final Set<InstanceId> knownDead = new HashSet<>();
  private boolean watching;
  private long watchingSinceNanos;
  private long lastRenewalNanos;

  FailureDetector(long leaseNanos) {
    this.leaseNanos = leaseNanos;
  }

  /**
   * Records a successful renewal.
   *
   * @param present whether the store still had this instance's lease
   */
  synchronized void renewalSucceeded(
      long nowNanos, boolean present, Set<InstanceId> alive, Set<InstanceId> dead) {
    if (!watching || !present || nowNanos - lastRenewalNanos > leaseNanos) {
      forget();
      watching = true;
      watchingSinceNanos = nowNanos;
    }
    lastRenewalNanos = nowNanos;
    if (knownDead.size() + seenNanos.size() > KEPT_MAX) {
      // An instance that is not alive counts as dead a lease later anyway.
      knownDead.clear();
      seenNanos.values().removeIf(seen -> nowNanos - seen > leaseNanos);
    }
    knownDead.addAll(dead);
    for (InstanceId id : alive) {
      knownDead.remove(id);
      seenNanos.put(id, nowNanos);
    }
  }

  /** Records a failed renewal: nothing is known of any instance. */
  synchronized void renewalFailed() {
    watching = false;
    forget();
  }

  private void forget() {
    seenNanos.clear();
    knownDead.clear();
  }

  /** Returns whether it has watched for long enough to call an instance dead. */
  synchronized boolean canJudge(long nowNanos) {
    return watching
        && nowNanos - lastRenewalNanos <= leaseNanos
        && lastRenewalNanos - watchingSinceNanos >= leaseNanos;
  }

  /**
   * Returns whether it can judge when a renewal succeeds now. The renewal itself may then claim the
   * dead, and need not leave that to the one after it.
   */
  synchronized boolean canJudgeAfterRenewal(long nowNanos) {
    return watching
        && nowNanos - lastRenewalNanos <= leaseNanos
        && nowNanos - watchingSinceNanos >= leaseNanos;
  }

  /** Returns the other instances that are alive; none while that is not known. */
  synchronized Set<InstanceId> alive(long nowNanos) {
    var alive = new HashSet<InstanceId>();
    seenNanos.forEach((id, seen) -> {
      if (nowNanos - seen <= leaseNanos && !knownDead.contains(id)) {
        alive.add(id);
      }
    });
    return alive;
  }

  /** Returns the dead ones among the given instances. */
  synchronized Set<InstanceId> dead(Set<InstanceId> asked, long nowNanos) {
    if (!watching || nowNanos - lastRenewalNanos > leaseNanos) {
      return Set.of();
    }
    boolean canJudge = canJudge(nowNanos);
    Predicate<InstanceId> isDead =
        id -> {
          Long seen = seenNanos.get(id);
          return knownDead.contains(id)
              || (canJudge && (seen == null || lastRenewalNanos - seen >= leaseNanos));
        };
    return Set.copyOf(asked.stream().filter(isDead).toList());
  }
}
