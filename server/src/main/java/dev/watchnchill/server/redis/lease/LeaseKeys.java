package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import java.util.List;

/** What the leases are kept under. */
final class LeaseKeys {
  /**
   * One slot of a cluster, in this order: the sorted set {@code instances} of servers and when
   * their lease ends (ms of the store's time; 0: given back), the hash {@code {instances}:seen} of
   * when each renewed last, and the hash {@code {instances}:dying} of those that somebody takes
   * over, and who.
   */
  static final List<String> REGISTRY =
      List.of("instances", "{instances}:seen", "{instances}:dying");

  /** The hash of those that somebody takes over. */
  static final String DYING = REGISTRY.get(2);

  /** A word on this channel: somebody has given the lease back. */
  static final String CHANNEL = "instances";

  private LeaseKeys() {}

  /** The set of the rooms that a server looks after. */
  static String rooms(InstanceId id) {
    return "instance-rooms:" + id.value();
  }
}
