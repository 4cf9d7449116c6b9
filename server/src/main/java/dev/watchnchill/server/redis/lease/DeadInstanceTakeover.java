package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.port.Instances.DeathListener;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the rooms of dead instances that this one has claimed.
 *
 * <p>The dead instance is forgotten last. If this instance dies as well, or its listener fails, the
 * claim expires and another instance starts again.
 */
final class DeadInstanceTakeover {
  private static final Logger log = LoggerFactory.getLogger(DeadInstanceTakeover.class);

  /** The timeout of a listener; then another instance may try. */
  private static final long TAKEOVER_MAX_NANOS = 60_000_000_000L;

  private final RedisLink redis;
  private final InstanceId self;
  private final LongSupplier nanos;
  private final long failureBackoffNanos;
  private final Map<InstanceId, Long> startedAt = new ConcurrentHashMap<>();
  private final Map<InstanceId, Long> failedAt = new ConcurrentHashMap<>();

  /**
   * @param claimMs after how long another instance may try what this one has failed with
   */
  DeadInstanceTakeover(RedisLink redis, InstanceId self, LongSupplier nanos, long claimMs) {
    this.redis = redis;
    this.self = self;
    this.nanos = nanos;
    this.failureBackoffNanos = claimMs * 3 / 2 * 1_000_000;
  }

  /** Returns the instances whose takeover is in progress, so that their claims are renewed. */
  Set<InstanceId> inProgress() {
    var ids = new HashSet<InstanceId>();
    startedAt.forEach((id, since) -> {
      if (nanos.getAsLong() - since < TAKEOVER_MAX_NANOS) {
        ids.add(id);
      }
    });
    return ids;
  }

  /** Returns the instances whose takeover has just failed, so that other instances try first. */
  Set<InstanceId> recentlyFailed() {
    failedAt.values().removeIf(at -> nanos.getAsLong() - at >= failureBackoffNanos);
    return Set.copyOf(failedAt.keySet());
  }

  /** Takes over an instance's rooms, on a thread of its own. */
  void start(InstanceId dead, long lastSeenMs, DeathListener listener) {
    if (startedAt.putIfAbsent(dead, nanos.getAsLong()) == null) {
      Thread.ofVirtual()
          .name("take-over")
          .start(() -> {
            try {
              run(dead, lastSeenMs, listener);
            } catch (StoreUnavailableException e) {
              failedAt.put(dead, nanos.getAsLong());
              log.warn("The rooms of {} are to be looked after later: {}", dead, e.getMessage());
            } catch (RuntimeException e) {
              failedAt.put(dead, nanos.getAsLong());
              log.error(
                  "The rooms of {} could not be looked after; it will be tried again", dead, e);
            } finally {
              startedAt.remove(dead);
            }
          });
    }
  }

  private void run(InstanceId dead, long lastSeenMs, DeathListener listener) {
    String key = LeaseKeys.rooms(dead);
    List<byte[]> names = names(key);
    Set<RoomId> rooms = rooms(names);
    log.info("Server {} is gone: looking after its {} rooms", dead, rooms.size());
    redis.await(listener.died(dead, lastSeenMs, rooms));
    byte[] owner = redis.call(commands -> commands.hget(LeaseKeys.DYING, dead.value()));
    if (owner == null || !RedisLink.text(owner).equals(self.value())) {
      return; // it has come back, and claims its rooms itself
    }
    for (byte[][] batch : InstanceRoomSet.batches(names)) {
      redis.call(commands -> commands.srem(key, batch));
    }
    // The dead instance may have added a room meanwhile; then there is another round.
    if (names(key).isEmpty() && ForgetInstanceScript.run(redis, self, dead)) {
      log.info("Server {} is forgotten", dead);
    }
  }

  private List<byte[]> names(String key) {
    return List.copyOf(redis.call(commands -> commands.smembers(key)));
  }

  private static Set<RoomId> rooms(List<byte[]> names) {
    var rooms = new HashSet<RoomId>();
    for (byte[] name : names) {
      try {
        rooms.add(new RoomId(RedisLink.text(name)));
      } catch (IllegalArgumentException e) {
        log.warn("What is no room is not looked after: {}", e.getMessage());
      }
    }
    return rooms;
  }
}
