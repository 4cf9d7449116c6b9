package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.redis.client.RedisFailures;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores rooms on a Redis or a Redis Cluster that many instances share. Every change is one script
 * on one node: one request and one answer.
 */
public final class RedisRoomStore implements RoomStore {
  private static final Logger log = LoggerFactory.getLogger(RedisRoomStore.class);

  private static final String UNREADABLE_CHANGES = "The changes of room {} cannot be read";

  private final RedisLink link;
  private final String origin;
  private final LongSupplier nowMs;
  private final long roomLifetimeMs;
  private final RoomChangeStreams streams;
  private final RoomIdIndex roomIds;
  // Decoding may take long, and must not block the threads that receive answers.
  private final Executor decoders = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong nonceCounter = new AtomicLong();

  /**
   * @param link the connection, which the caller closes
   * @param instance a name that no other run of any instance on this Redis has; no spaces
   * @param nowMs server time, ms since the epoch
   * @param roomLifetimeMs how long a room is kept after its last write
   */
  public RedisRoomStore(RedisLink link, String instance, LongSupplier nowMs, long roomLifetimeMs) {
    this.link = link;
    this.origin = instance + ":";
    this.nowMs = nowMs;
    this.roomLifetimeMs = roomLifetimeMs;
    this.streams = new RoomChangeStreams(link, origin, this::since);
    this.roomIds = new RoomIdIndex(link, streams::ids);
  }

  private String nonce() {
    return origin + nonceCounter.incrementAndGet();
  }

  @Override
  public CompletableFuture<Boolean> create(Room room) {
    return recheckingChannel(room.id(), CreateScript.run(link, room, roomLifetimeMs))
        .thenCompose(
            created -> created ? roomIds.add(room.id()).thenApply(_ -> true) : Futures.of(false));
  }

  @Override
  public CompletableFuture<@Nullable Room> load(RoomId id) {
    return this.<@Nullable Room>recheckingChannel(id, LoadScript.run(link, id, decoders))
        .exceptionallyCompose(failure -> {
          if (RedisFailures.wrongType(Futures.cause(failure))) {
            log.error("A key of room {} belongs to another program: there is no such room", id);
            return Futures.<@Nullable Room>of(null);
          }
          return valueIfCorrupt(failure, "Room {} cannot be read and counts as gone", id, null);
        });
  }

  @Override
  public CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events) {
    // After an outage all instances are given the time to report that they have a newer copy.
    CompletableFuture<?> settled = streams.settled(before.id());
    return settled.isDone()
        ? commitNow(before, next, events)
        : settled.thenCompose(_ -> commitNow(before, next, events));
  }

  private CompletableFuture<Boolean> commitNow(Room before, Room next, List<RoomEvent> events) {
    RoomId id = before.id();
    String nonce = nonce();
    RoomDelta delta = RoomDelta.of(before, next, events);
    streams.commitStarted(id, nonce, before, next, events);
    return CommitScript.run(link, before, next, delta, nonce, roomLifetimeMs)
        .handle((answer, failure) -> {
          boolean committed = failure == null && answer > 0;
          streams.commitFinished(id, nonce, committed);
          if (failure != null) {
            link.recheckChannel(RoomKeys.of(id).channel());
            throw RedisFailures.unavailable(failure);
          }
          if (answer < 0) {
            throw new StoreUnavailableException("The newest copy of the room is being looked for");
          }
          if (committed && next.closed()) {
            roomIds.remove(id);
          }
          return committed;
        });
  }

  @Override
  public CompletableFuture<byte @Nullable []> text(RoomId id, UUID track) {
    return link.<byte @Nullable []>callAsync(
        redis -> redis.hget(RoomKeys.of(id).texts(), track.toString()));
  }

  @Override
  public CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known) {
    return this.<@Nullable List<Committed>>recheckingChannel(
            id, ChangesSinceScript.run(link, id, known, decoders))
        .exceptionallyCompose(failure -> valueIfCorrupt(failure, UNREADABLE_CHANGES, id, null));
  }

  @Override
  public CompletableFuture<List<Committed>> recent(RoomId id, Revision at) {
    return recheckingChannel(id, RecentChangesScript.run(link, id, at, decoders))
        .exceptionallyCompose(
            failure -> valueIfCorrupt(failure, UNREADABLE_CHANGES, id, List.of()));
  }

  @Override
  public CompletableFuture<Restoration> restore(Room lost) {
    Room next = RoomCopies.withEpoch(lost, Math.max(lost.epoch() + 1, nowMs.getAsLong()));
    return recheckingChannel(
            lost.id(), RestoreScript.run(link, lost, next, nonce(), roomLifetimeMs))
        .thenCompose(outcome -> {
          if (outcome != Restoration.RESTORED) {
            return Futures.of(outcome);
          }
          log.info("Room {} was lost by Redis and is restored as it was", lost.id());
          return roomIds.add(lost.id()).thenApply(_ -> outcome);
        });
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    streams.deliverTransient(id, new Transient(events));
    byte[] payload = PublishedMessage.encodeTransient(events, nonce());
    String channel = RoomKeys.of(id).channel();
    link.callAsync(redis ->
            link.sharded() ? redis.spublish(channel, payload) : redis.publish(channel, payload))
        .exceptionally(_ -> 0L);
  }

  @Override
  public CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber) {
    return streams.subscribe(id, subscriber);
  }

  @Override
  public CompletableFuture<Set<RoomId>> active() {
    return CompletableFuture.supplyAsync(roomIds::findAll, decoders);
  }

  @Override
  public boolean available() {
    return link.available();
  }

  /** Ends all subscriptions; the link stays open. */
  @Override
  public void close() {
    roomIds.close();
    streams.close();
  }

  /** Rechecks the room's channel when a command about the room was not answered. */
  private <T extends @Nullable Object> CompletableFuture<T> recheckingChannel(
      RoomId id, CompletableFuture<T> answer) {
    return answer.whenComplete((_, failure) -> {
      if (failure != null && Futures.cause(failure) instanceof StoreUnavailableException) {
        link.recheckChannel(RoomKeys.of(id).channel());
      }
    });
  }

  /** Returns a default in place of a corrupt record; every other failure stays one. */
  private static <T extends @Nullable Object> CompletableFuture<T> valueIfCorrupt(
      Throwable failure, String message, RoomId id, T otherwise) {
    Throwable cause = Futures.cause(failure);
    if (cause instanceof CorruptRecordException) {
      log.error(message, id, cause);
      return Futures.of(otherwise);
    }
    return CompletableFuture.failedFuture(cause);
  }
}
