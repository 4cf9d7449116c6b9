package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.RedisLink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The rooms that this server looks after, here and in Redis. */
final class LeasedRooms {
  /** So many go into one command. */
  private static final int BATCH_MAX = 500;

  private final RedisLink redis;
  private final String key;
  private final Set<RoomId> kept = new HashSet<>();

  LeasedRooms(RedisLink redis, InstanceId self) {
    this.redis = redis;
    this.key = LeaseKeys.rooms(self);
  }

  // Commands are given with the lock held, so that they arrive in the order of what they say.

  /** Done when Redis knows it; fails with what {@link RedisLink} says. */
  CompletableFuture<?> keep(RoomId id) {
    synchronized (this) {
      kept.add(id);
      return redis.callAsync(commands -> commands.sadd(key, bytes(id)));
    }
  }

  void release(RoomId id) {
    synchronized (this) {
      if (kept.remove(id)) {
        var _ = redis.callAsync(commands -> commands.srem(key, bytes(id)));
      }
    }
  }

  /** Says all of them again, to a Redis that may have lost them; done when it knows them. */
  CompletableFuture<?> reassert() {
    synchronized (this) {
      var answers = new ArrayList<CompletableFuture<?>>();
      for (byte[][] batch : batches(kept.stream().map(LeasedRooms::bytes).toList())) {
        answers.add(redis.callAsync(commands -> commands.sadd(key, batch)));
      }
      return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    }
  }

  private static byte[] bytes(RoomId id) {
    return RedisLink.bytes(id.value());
  }

  /** In pieces that one command may have. */
  static List<byte[][]> batches(List<byte[]> all) {
    var batches = new ArrayList<byte[][]>();
    for (int from = 0; from < all.size(); from += BATCH_MAX) {
      batches.add(all.subList(from, Math.min(all.size(), from + BATCH_MAX)).toArray(byte[][]::new));
    }
    return batches;
  }
}
