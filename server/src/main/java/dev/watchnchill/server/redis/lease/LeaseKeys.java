package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import java.util.List;

/** The keys of the leases. */
final class LeaseKeys {
  /**
   * The keys of the lease scripts, in one slot and in this order: the sorted set {@code instances}
   * of instances and the end of each one's lease (ms of the store's time; 0: released), the hash
   * {@code {instances}:seen} of each one's last renewal, and the hash {@code {instances}:dying} of
   * dead instances and the instance that has claimed each.
   */
  static final List<String> REGISTRY =
      List.of("instances", "{instances}:seen", "{instances}:dying");

  /** The hash of dead instances and the instance that has claimed each. */
  static final String DYING = REGISTRY.get(2);

  /** The channel on which instances announce that they have released their lease. */
  static final String CHANNEL = "instances";

  private LeaseKeys() {}

  /** Returns the key of the set of the films that an instance has. */
  static String films(InstanceId id) {
    return "instance-films:" + id.value();
  }

  /** Returns the key of the set of the rooms that an instance serves. */
  static String rooms(InstanceId id) {
    return "instance-rooms:" + id.value();
  }
}
