package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.RedisLink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The set of the rooms that this instance serves, in memory and in Redis. */
final class InstanceRoomSet {
  /** The maximum number of rooms in one command. */
  private static final int BATCH_MAX = 500;

  private final RedisLink redis;
  private final String key;
  private final Set<RoomId> rooms = new HashSet<>();

  InstanceRoomSet(RedisLink redis, InstanceId self) {
    this.redis = redis;
    this.key = LeaseKeys.rooms(self);
  }

  // Commands are sent with the lock held, so that they arrive in the order of the changes.

  /** Adds a room; completes when Redis has it, and fails as {@link RedisLink} does. */
  CompletableFuture<?> add(RoomId id) {
    synchronized (this) {
      rooms.add(id);
      return redis.callAsync(commands -> commands.sadd(key, bytes(id)));
    }
  }

  void remove(RoomId id) {
    synchronized (this) {
      if (rooms.remove(id)) {
        var _ = redis.callAsync(commands -> commands.srem(key, bytes(id)));
      }
    }
  }

  /** Adds all rooms again to a Redis that may have lost them; completes when it has them. */
  CompletableFuture<?> resend() {
    synchronized (this) {
      var answers = new ArrayList<CompletableFuture<?>>();
      for (byte[][] batch : batches(rooms.stream().map(InstanceRoomSet::bytes).toList())) {
        answers.add(redis.callAsync(commands -> commands.sadd(key, batch)));
      }
      return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    }
  }

  /** Returns those of the given instances whose set in Redis does not have a room. */
  CompletableFuture<@Nullable Set<InstanceId>> absent(RoomId id, Set<InstanceId> asked) {
    CompletableFuture<Set<InstanceId>> absent = CompletableFuture.completedFuture(Set.of());
    for (InstanceId one : asked) {
      absent =
          absent.thenCombine(
              redis.callAsync(commands -> commands.sismember(LeaseKeys.rooms(one), bytes(id))),
              (others, serves) -> serves ? others : with(others, one));
    }
    return absent.<@Nullable Set<InstanceId>>thenApply(all -> all);
  }

  private static Set<InstanceId> with(Set<InstanceId> others, InstanceId one) {
    var all = new HashSet<>(others);
    all.add(one);
    return all;
  }

  private static byte[] bytes(RoomId id) {
    return RedisLink.bytes(id.value());
  }

  /** Splits values into batches of the size of one command. */
  static List<byte[][]> batches(List<byte[]> all) {
    var batches = new ArrayList<byte[][]>();
    for (int from = 0; from < all.size(); from += BATCH_MAX) {
      batches.add(all.subList(from, Math.min(all.size(), from + BATCH_MAX)).toArray(byte[][]::new));
    }
    return batches;
  }
}
