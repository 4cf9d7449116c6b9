package dev.watchnchill.server.store.redis;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rooms on a Redis or a Redis Cluster that many servers share. Every change is one script on
 * one node: one question and one answer.
 */
public final class RedisRoomStore implements RoomStore {
  private static final Logger log = LoggerFactory.getLogger(RedisRoomStore.class);

  private final RedisLink link;
  private final String origin;
  private final LongSupplier nowMs;
  private final long roomLifeMs;
  private final RoomStreams streams;
  private final ActiveRooms active;
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
  public boolean create(Room room) {
    boolean created = asked(room.id(), () -> CreateScript.run(link, room, roomLifeMs));
    if (created) {
      active.add(room.id());
    }
    return created;
  }

  @Override
  public @Nullable Room load(RoomId id) {
    try {
      return this.<@Nullable Room>asked(id, () -> LoadScript.run(link, id));
    } catch (CorruptRecordException e) {
      log.error("Room {} cannot be read and counts as gone", id, e);
      return null;
    } catch (StoreUnavailableException e) {
      if (Failures.wrongType(e)) {
        log.error("A key of room {} belongs to another program: there is no such room", id);
        return null;
      }
      throw e;
    }
  }

  @Override
  public boolean commit(Room before, Room next, List<RoomEvent> events) {
    link.await(streams.settled(before.id()));
    return link.await(committing(before, next, events));
  }

  @Override
  public @Nullable CompletableFuture<Boolean> commitAsync(
      Room before, Room next, List<RoomEvent> events) {
    // After an outage all servers are given the time to say that they have a newer copy: who is to
    // wait so long is to wait elsewhere.
    return streams.settled(before.id()).isDone() ? committing(before, next, events) : null;
  }

  private CompletableFuture<Boolean> committing(Room before, Room next, List<RoomEvent> events) {
    RoomId id = before.id();
    String nonce = nonce();
    Sections change = Sections.of(before, next, events);
    streams.trying(id, nonce, before, next, events);
    return link.insist(() -> CommitScript.run(link, before, next, change, nonce, roomLifeMs))
        .handle((answer, failure) -> {
          boolean committed = failure == null && answer > 0;
          streams.tried(id, nonce, committed);
          if (failure != null) {
            link.suspect(Keys.of(id).channel());
            throw Failures.unavailable(failure);
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
  public @Nullable List<Committed> since(RoomId id, Revision known) {
    try {
      return this.<@Nullable List<Committed>>asked(id, () -> SinceScript.run(link, id, known));
    } catch (CorruptRecordException e) {
      log.error("The changes of room {} cannot be read", id, e);
      return null;
    }
  }

  @Override
  public List<Committed> recent(RoomId id, Revision at) {
    try {
      return asked(id, () -> RecentScript.run(link, id, at));
    } catch (CorruptRecordException e) {
      log.error("The changes of room {} cannot be read", id, e);
      return List.of();
    }
  }

  @Override
  public Restoration restore(Room lost) {
    Room next = Rooms.reborn(lost, Math.max(lost.epoch() + 1, nowMs.getAsLong()));
    Restoration done =
        asked(lost.id(), () -> RestoreScript.run(link, lost, next, nonce(), roomLifeMs));
    if (done == Restoration.RESTORED) {
      log.info("Room {} was lost by Redis and is put back as it was", lost.id());
      active.add(lost.id());
    }
    return done;
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    streams.passed(id, new Passed(events));
    byte[] payload = Payload.passing(events, nonce());
    String channel = Keys.of(id).channel();
    link.callAsync(redis ->
            link.sharded() ? redis.spublish(channel, payload) : redis.publish(channel, payload))
        .exceptionally(_ -> 0L);
  }

  @Override
  public Subscription subscribe(RoomId id, Subscriber subscriber) {
    return streams.subscribe(id, subscriber);
  }

  @Override
  public Set<RoomId> active() {
    return active.all();
  }

  @Override
  public boolean available() {
    return link.available();
  }

  @Override
  public boolean blocking() {
    return true;
  }

  /** Ends all subscriptions; the link stays open. */
  @Override
  public void close() {
    active.close();
    streams.close();
  }

  /** What that gives; without an answer, the room's channel is looked at anew. */
  private <T extends @Nullable Object> T asked(RoomId id, Supplier<T> question) {
    try {
      return question.get();
    } catch (StoreUnavailableException e) {
      link.suspect(Keys.of(id).channel());
      throw e;
    }
  }
}
