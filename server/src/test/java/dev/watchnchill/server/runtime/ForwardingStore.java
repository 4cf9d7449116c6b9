package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Does what another store does; what is to be different is overridden. */
class ForwardingStore implements RoomStore {
  private final RoomStore store;

  ForwardingStore(RoomStore store) {
    this.store = store;
  }

  @Override
  public boolean create(Room room) {
    return store.create(room);
  }

  @Override
  public @Nullable Room load(RoomId id) {
    return store.load(id);
  }

  @Override
  public boolean commit(Room before, Room next, List<RoomEvent> events) {
    return store.commit(before, next, events);
  }

  /** By way of {@link #commit}, which may be overridden. */
  @Override
  public @Nullable CompletableFuture<Boolean> commitAsync(
      Room before, Room next, List<RoomEvent> events) {
    try {
      return CompletableFuture.completedFuture(commit(before, next, events));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public @Nullable List<Committed> since(RoomId id, Revision known) {
    return store.since(id, known);
  }

  @Override
  public Restoration restore(Room lost) {
    return store.restore(lost);
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    store.publish(id, events);
  }

  @Override
  public Subscription subscribe(RoomId id, Subscriber subscriber) {
    return store.subscribe(id, subscriber);
  }

  @Override
  public Set<RoomId> active() {
    return store.active();
  }

  @Override
  public boolean available() {
    return store.available();
  }

  @Override
  public boolean blocking() {
    return store.blocking();
  }

  @Override
  public void close() {
    store.close();
  }
}
