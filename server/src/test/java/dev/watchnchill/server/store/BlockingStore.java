package dev.watchnchill.server.store;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Revision;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A store whose methods wait for their answers and throw their failures, for tests. */
public class BlockingStore implements AutoCloseable {
  private final RoomStore store;

  public BlockingStore(RoomStore store) {
    this.store = store;
  }

  private static <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw Futures.cause(e) instanceof RuntimeException cause ? cause : e;
    }
  }

  public boolean create(Room room) {
    return await(store.create(room));
  }

  public @Nullable Room load(RoomId id) {
    return await(store.load(id));
  }

  public boolean commit(Room before, Room next, List<RoomEvent> events) {
    return await(store.commit(before, next, events));
  }

  public @Nullable List<Committed> since(RoomId id, Revision known) {
    return await(store.since(id, known));
  }

  public List<Committed> recent(RoomId id, Revision at) {
    return await(store.recent(id, at));
  }

  public byte @Nullable [] text(RoomId id, UUID track) {
    return BlockingStore.<byte @Nullable []>await(store.text(id, track));
  }

  public Restoration restore(Room lost) {
    return await(store.restore(lost));
  }

  public void publish(RoomId id, List<RoomEvent> events) {
    store.publish(id, events);
  }

  public RoomStore.Subscription subscribe(RoomId id, RoomStore.Subscriber subscriber) {
    return await(store.subscribe(id, subscriber));
  }

  public Set<RoomId> active() {
    return await(store.active());
  }

  public boolean available() {
    return store.available();
  }

  @Override
  public void close() {
    store.close();
  }
}
