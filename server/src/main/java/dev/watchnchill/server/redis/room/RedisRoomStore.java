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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rooms on a Redis or a Redis Cluster that many servers share. Every change is one script on
 * one node: one question and one answer.
 */
public final class RedisRoomStore implements RoomStore {
  private static final Logger log = LoggerFactory.getLogger(RedisRoomStore.class);

  private static final String UNREADABLE_CHANGES = "The changes of room {} cannot be read";

  private final RedisLink link;
  private final String origin;
  private final LongSupplier nowMs;
  private final long roomLifeMs;
  private final RoomStreams streams;
  private final ActiveRooms active;
  // What is read may be long, and the threads that bring answers may not be kept busy.
  private final Executor decoders = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong drawn = new AtomicLong();

  /**
   * @param link the connection, which stays the caller's to close
   * @param instance what no other run of any server on this Redis is called; no spaces
   * @param nowMs server time, ms since the epoch
   * @param roomLifeMs how long a room lives from its last write
   */
  public RedisRoomStore(RedisLink link, String instance, LongSupplier nowMs, long roomLifeMs) {
    this.link = link;
    this.origin = instance + ":";
    this.nowMs = nowMs;
    this.roomLifeMs = roomLifeMs;
    this.streams = new RoomStreams(link, origin, this::since);
    this.active = new ActiveRooms(link, streams::ids);
  }

  private String nonce() {
    return origin + drawn.incrementAndGet();
  }

  @Override
  public CompletableFuture<Boolean> create(Room room) {
    return checked(room.id(), CreateScript.run(link, room, roomLifeMs))
        .thenCompose(
            created -> created ? active.add(room.id()).thenApply(_ -> true) : Futures.of(false));
  }

  @Override
  public CompletableFuture<@Nullable Room> load(RoomId id) {
    return this.<@Nullable Room>checked(id, LoadScript.run(link, id, decoders))
        .exceptionallyCompose(failure -> {
          if (RedisFailures.wrongType(Futures.cause(failure))) {
            log.error("A key of room {} belongs to another program: there is no such room", id);
            return Futures.<@Nullable Room>of(null);
          }
          return readable(failure, "Room {} cannot be read and counts as gone", id, null);
        });
  }

  @Override
  public CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events) {
    // After an outage all instances are given the time to report that they have a newer copy.
    CompletableFuture<?> settled = streams.settled(before.id());
    return settled.isDone()
        ? committing(before, next, events)
        : settled.thenCompose(_ -> committing(before, next, events));
  }

  private CompletableFuture<Boolean> committing(Room before, Room next, List<RoomEvent> events) {
    RoomId id = before.id();
    String nonce = nonce();
    RoomDelta change = RoomDelta.of(before, next, events);
    streams.trying(id, nonce, before, next, events);
    return link.insist(() -> CommitScript.run(link, before, next, change, nonce, roomLifeMs))
        .handle((answer, failure) -> {
          boolean committed = failure == null && answer > 0;
          streams.tried(id, nonce, committed);
          if (failure != null) {
            link.suspect(RoomKeys.of(id).channel());
            throw RedisFailures.unavailable(failure);
          }
          if (answer < 0) {
            throw new StoreUnavailableException("The newest copy of the room is being looked for");
          }
          if (committed && next.closed()) {
            active.remove(id);
          }
          return committed;
        });
  }

  @Override
  public CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known) {
    return this.<@Nullable List<Committed>>checked(id, SinceScript.run(link, id, known, decoders))
        .exceptionallyCompose(failure -> readable(failure, UNREADABLE_CHANGES, id, null));
  }

  @Override
  public CompletableFuture<List<Committed>> recent(RoomId id, Revision at) {
    return checked(id, RecentScript.run(link, id, at, decoders))
        .exceptionallyCompose(failure -> readable(failure, UNREADABLE_CHANGES, id, List.of()));
  }

  @Override
  public CompletableFuture<Restoration> restore(Room lost) {
    Room next = RoomCopies.reborn(lost, Math.max(lost.epoch() + 1, nowMs.getAsLong()));
    return checked(lost.id(), RestoreScript.run(link, lost, next, nonce(), roomLifeMs))
        .thenCompose(outcome -> {
          if (outcome != Restoration.RESTORED) {
            return Futures.of(outcome);
          }
          log.info("Room {} was lost by Redis and is restored as it was", lost.id());
          return active.add(lost.id()).thenApply(_ -> outcome);
        });
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    streams.passed(id, new Passed(events));
    byte[] payload = PublishedMessage.passing(events, nonce());
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
    return CompletableFuture.supplyAsync(active::all, decoders);
  }

  @Override
  public boolean available() {
    return link.available();
  }

  /** Ends all subscriptions; the link stays open. */
  @Override
  public void close() {
    active.close();
    streams.close();
  }

  /** Has the room's channel checked when a command about the room had no answer. */
  private <T extends @Nullable Object> CompletableFuture<T> checked(
      RoomId id, CompletableFuture<T> answer) {
    return answer.whenComplete((_, failure) -> {
      if (failure != null && Futures.cause(failure) instanceof StoreUnavailableException) {
        link.suspect(RoomKeys.of(id).channel());
      }
    });
  }

  /** Answers in place of what cannot be decoded; every other failure stays one. */
  private static <T extends @Nullable Object> CompletableFuture<T> readable(
      Throwable failure, String message, RoomId id, T otherwise) {
    Throwable cause = Futures.cause(failure);
    if (cause instanceof CorruptRecordException) {
      log.error(message, id, cause);
      return Futures.of(otherwise);
    }
    return CompletableFuture.failedFuture(cause);
  }
}
