package dev.watchnchill.server.runtime;

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
import org.jspecify.annotations.Nullable;

/** Forwards to another store, call by call; what is to be different is overridden. */
class ForwardingStore implements RoomStore {
  private final RoomStore store;

  ForwardingStore(RoomStore store) {
    this.store = store;
  }

  boolean doCreate(Room room) {
    return store.create(room).join();
  }

  @Nullable Room doLoad(RoomId id) {
    return store.load(id).join();
  }

  boolean doCommit(Room before, Room next, List<RoomEvent> events) {
    return store.commit(before, next, events).join();
  }

  byte @Nullable [] doText(RoomId id, UUID track) {
    return store.text(id, track).join();
  }

  @Nullable List<Committed> doSince(RoomId id, Revision known) {
    return store.since(id, known).join();
  }

  Restoration doRestore(Room lost) {
    return store.restore(lost).join();
  }

  Subscription doSubscribe(RoomId id, Subscriber subscriber) {
    return store.subscribe(id, subscriber).join();
  }

  @Override
  public final CompletableFuture<Boolean> create(Room room) {
    return Futures.get(() -> doCreate(room));
  }

  @Override
  public final CompletableFuture<@Nullable Room> load(RoomId id) {
    return Futures.<@Nullable Room>get(() -> doLoad(id));
  }

  @Override
  public final CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events) {
    return Futures.get(() -> doCommit(before, next, events));
  }

  @Override
  public final CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known) {
    return Futures.<@Nullable List<Committed>>get(() -> doSince(id, known));
  }

  @Override
  public final CompletableFuture<Restoration> restore(Room lost) {
    return Futures.get(() -> doRestore(lost));
  }

  @Override
  public final CompletableFuture<byte @Nullable []> text(RoomId id, UUID track) {
    return Futures.<byte @Nullable []>get(() -> doText(id, track));
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    store.publish(id, events);
  }

  @Override
  public final CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber) {
    return Futures.get(() -> doSubscribe(id, subscriber));
  }

  @Override
  public CompletableFuture<Set<RoomId>> active() {
    return store.active();
  }

  @Override
  public boolean available() {
    return store.available();
  }

  @Override
  public void close() {
    store.close();
  }
}
