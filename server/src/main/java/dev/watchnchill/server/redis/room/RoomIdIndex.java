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
 * The Redis set of all rooms' ids. It is in another slot than the rooms, so it is updated after
 * them: an id is added after its room is created, and removed after its end. Every reader removes
 * the ids of rooms that no longer exist.
 */
final class RoomIdIndex implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RoomIdIndex.class);
  private static final long SWEEP_MS = 60_000;

  /** The maximum number of concurrent requests. */
  private static final int BATCH = 1_000;

  private final RedisLink link;
  private final Supplier<Set<RoomId>> subscribed;
  private volatile boolean closed;

  /**
   * @param subscribed the rooms with subscribers here, whose ids are added again in case an
   *     addition was lost
   */
  RoomIdIndex(RedisLink link, Supplier<Set<RoomId>> subscribed) {
    this.link = link;
    this.subscribed = subscribed;
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
        .exceptionally(_ -> 0L); // the next reader removes it
  }

  /** Returns the ids of the existing rooms. Blocks. */
  Set<RoomId> findAll() {
    var listed = new ArrayList<RoomId>();
    for (byte[] member : link.call(redis -> redis.smembers(RoomKeys.ACTIVE))) {
      try {
        listed.add(new RoomId(RedisLink.text(member)));
      } catch (IllegalArgumentException e) {
        log.warn("{} lists something that is no room", RoomKeys.ACTIVE);
      }
    }
    Set<RoomId> existing = existing(listed);
    listed.stream().filter(id -> !existing.contains(id)).forEach(this::remove);
    return Set.copyOf(existing);
  }

  private Set<RoomId> existing(List<RoomId> asked) {
    var existing = new HashSet<RoomId>();
    for (int from = 0; from < asked.size(); from += BATCH) {
      List<RoomId> batch = asked.subList(from, Math.min(asked.size(), from + BATCH));
      List<CompletableFuture<Long>> answers =
          batch.stream()
              .map(id -> link.callAsync(redis -> redis.exists(RoomKeys.of(id).room())))
              .toList();
      for (int i = 0; i < batch.size(); i++) {
        if (link.await(answers.get(i)) > 0) {
          existing.add(batch.get(i));
        }
      }
    }
    return existing;
  }

  private void sweep() {
    if (closed) {
      return;
    }
    try {
      for (RoomId id : existing(List.copyOf(subscribed.get()))) {
        var _ = add(id);
      }
      findAll();
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
