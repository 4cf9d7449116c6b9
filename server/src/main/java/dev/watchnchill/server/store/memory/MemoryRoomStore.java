package dev.watchnchill.server.store.memory;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Stores rooms in this process: they live as long as it does. Every answer is there at once. */
public final class MemoryRoomStore implements RoomStore {
  private final MemoryRooms rooms;

  /**
   * @param nowMs server time, ms since the epoch
   * @param roomLifeMs how long a room lives from its last write
   */
  public MemoryRoomStore(LongSupplier nowMs, long roomLifeMs) {
    rooms = new MemoryRooms(nowMs, roomLifeMs, RoomPersistence.NONE);
  }

  @Override
  public CompletableFuture<Boolean> create(Room room) {
    return Futures.of(rooms.create(room));
  }

  @Override
  public CompletableFuture<@Nullable Room> load(RoomId id) {
    return Futures.<@Nullable Room>of(rooms.load(id));
  }

  @Override
  public CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events) {
    return Futures.of(rooms.commit(before, next, events));
  }

  @Override
  public CompletableFuture<byte @Nullable []> text(RoomId id, UUID track) {
    return Futures.<byte @Nullable []>of(rooms.text(id, track));
  }

  @Override
  public CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known) {
    return Futures.<@Nullable List<Committed>>of(rooms.since(id, known));
  }

  /** Answers {@link Restoration.SUPERSEDED}: what is not here has expired or was closed. */
  @Override
  public CompletableFuture<Restoration> restore(Room lost) {
    return Futures.of(Restoration.SUPERSEDED);
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    rooms.publish(id, events);
  }

  @Override
  public CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber) {
    return Futures.of(rooms.subscribe(id, subscriber));
  }

  @Override
  public CompletableFuture<Set<RoomId>> active() {
    return Futures.of(rooms.active());
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void close() {
    rooms.close();
  }
}
