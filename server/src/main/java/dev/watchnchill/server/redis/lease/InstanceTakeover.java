package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.Instances.DeathListener;
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
 * Looks after the rooms of dead servers that this one has claimed.
 *
 * <p>The dead one is forgotten last, so if this server dies as well, or its listener fails, the
 * claim runs out and somebody else begins anew.
 */
final class InstanceTakeover {
  private static final Logger log = LoggerFactory.getLogger(InstanceTakeover.class);

  /** A listener that takes longer is no longer waited for: another server may try. */
  private static final long BUSY_MAX_NANOS = 60_000_000_000L;

  private final RedisLink redis;
  private final InstanceId self;
  private final LongSupplier nanos;
  private final long avoidNanos;
  private final Map<InstanceId, Long> busySince = new ConcurrentHashMap<>();
  private final Map<InstanceId, Long> failedAt = new ConcurrentHashMap<>();

  /**
   * @param claimMs after how long others may try what this one has failed with
   */
  InstanceTakeover(RedisLink redis, InstanceId self, LongSupplier nanos, long claimMs) {
    this.redis = redis;
    this.self = self;
    this.nanos = nanos;
    this.avoidNanos = claimMs * 3 / 2 * 1_000_000;
  }

  /** Those that it is busy with, so that their claims are renewed. */
  Set<InstanceId> busyWith() {
    var ids = new HashSet<InstanceId>();
    busySince.forEach((id, since) -> {
      if (nanos.getAsLong() - since < BUSY_MAX_NANOS) {
        ids.add(id);
      }
    });
    return ids;
  }

  /** Those that it has failed with a moment ago, so that others are first to try. */
  Set<InstanceId> avoided() {
    failedAt.values().removeIf(at -> nanos.getAsLong() - at >= avoidNanos);
    return Set.copyOf(failedAt.keySet());
  }

  /** Looks after that one's rooms, on a thread of its own. */
  void begin(InstanceId dead, long lastSeenMs, DeathListener listener) {
    if (busySince.putIfAbsent(dead, nanos.getAsLong()) == null) {
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
              busySince.remove(dead);
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
      return; // it has come back, and says itself which rooms it has
    }
    for (byte[][] batch : LeasedRooms.batches(names)) {
      redis.call(commands -> commands.srem(key, batch));
    }
    // A last word of the dead may have come in meanwhile; then there is another round.
    if (names(key).isEmpty() && FinishScript.run(redis, self, dead)) {
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
