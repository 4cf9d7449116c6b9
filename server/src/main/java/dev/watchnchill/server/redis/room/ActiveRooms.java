package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The set of the ids of all rooms. It is on another slot than the rooms, so it follows them: an id
 * is added after its room and taken out after its end, and whoever reads it takes out what is gone.
 */
final class ActiveRooms implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ActiveRooms.class);
  private static final long SWEEP_MS = 60_000;

  /** How many questions are under way at once. */
  private static final int BATCH = 1_000;

  private final RedisLink link;
  private final Supplier<Set<RoomId>> looked;
  private volatile boolean closed;

  /**
   * @param looked the rooms that are looked after here: an addition of theirs may have been lost
   */
  ActiveRooms(RedisLink link, Supplier<Set<RoomId>> looked) {
    this.link = link;
    this.looked = looked;
    link.later(SWEEP_MS, this::sweep);
  }

  /** Adds a room; completes, and never fails, when Redis has answered. */
  CompletableFuture<?> add(RoomId id) {
    return link.callAsync(redis -> redis.sadd(RoomKeys.ACTIVE, RedisLink.bytes(id.value())))
        .exceptionally(failure -> {
          log.warn("Room {} is listed later: {}", id, failure.getMessage());
          return 0L;
        });
  }

  void remove(RoomId id) {
    link.callAsync(redis -> redis.srem(RoomKeys.ACTIVE, RedisLink.bytes(id.value())))
        .exceptionally(_ -> 0L); // whoever reads the set takes it out
  }

  /** Returns the ids of the rooms that are there. Waits. */
  Set<RoomId> all() {
    var listed = new ArrayList<RoomId>();
    for (byte[] member : link.call(redis -> redis.smembers(RoomKeys.ACTIVE))) {
      try {
        listed.add(new RoomId(RedisLink.text(member)));
      } catch (IllegalArgumentException e) {
        log.warn("{} lists something that is no room", RoomKeys.ACTIVE);
      }
    }
    Set<RoomId> there = there(listed);
    listed.stream().filter(id -> !there.contains(id)).forEach(this::remove);
    return Set.copyOf(there);
  }

  private Set<RoomId> there(List<RoomId> asked) {
    var there = new HashSet<RoomId>();
    for (int from = 0; from < asked.size(); from += BATCH) {
      List<RoomId> batch = asked.subList(from, Math.min(asked.size(), from + BATCH));
      List<CompletableFuture<Long>> answers =
          batch.stream()
              .map(id -> link.callAsync(redis -> redis.exists(RoomKeys.of(id).room())))
              .toList();
      for (int i = 0; i < batch.size(); i++) {
        if (link.await(answers.get(i)) > 0) {
          there.add(batch.get(i));
        }
      }
    }
    return there;
  }

  private void sweep() {
    if (closed) {
      return;
    }
    try {
      for (RoomId id : there(List.copyOf(looked.get()))) {
        var _ = add(id);
      }
      all();
    } catch (StoreUnavailableException e) {
      log.debug("The list of rooms is swept later: {}", e.getMessage());
    }
    link.later(SWEEP_MS, this::sweep);
  }

  @Override
  public void close() {
    closed = true;
  }
}
