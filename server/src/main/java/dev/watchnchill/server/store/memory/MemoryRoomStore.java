package dev.watchnchill.server.store.memory;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.RoomStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps rooms in this process: they live as long as it does. */
public final class MemoryRoomStore implements RoomStore {
  private final Map<RoomId, Slot> slots = new ConcurrentHashMap<>();
  private final Map<RoomId, List<Consumer<Published>>> subscribers = new ConcurrentHashMap<>();
  private final LongSupplier nowMs;
  private final long roomLifeMs;

  /** One room, and the lock that makes a change of it one step. */
  private static final class Slot {
    private volatile @Nullable Room room;

    Slot(Room room) {
      this.room = room;
    }
  }

  /**
   * @param nowMs server time, ms since the epoch
   * @param roomLifeMs how long a room lives from its last write
   */
  public MemoryRoomStore(LongSupplier nowMs, long roomLifeMs) {
    this.nowMs = nowMs;
    this.roomLifeMs = roomLifeMs;
  }

  @Override
  public boolean create(Room room) {
    load(room.id()); // forgets one that has expired
    return slots.putIfAbsent(room.id(), new Slot(room)) == null;
  }

  @Override
  public @Nullable Room load(RoomId id) {
    Slot slot = slots.get(id);
    Room room = slot == null ? null : slot.room;
    if (slot == null || room == null) {
      return null;
    }
    if (nowMs.getAsLong() < room.lastWriteMs() + roomLifeMs) {
      return room;
    }
    synchronized (slot) {
      Room now = slot.room;
      if (now != null && nowMs.getAsLong() >= now.lastWriteMs() + roomLifeMs) {
        slot.room = null;
        slots.remove(id, slot);
      }
    }
    return null;
  }

  @Override
  public boolean commit(Room before, Room next, List<RoomEvent> events) {
    Slot slot = slots.get(before.id());
    if (slot == null) {
      return false;
    }
    synchronized (slot) {
      Room room = slot.room;
      if (room == null || room.epoch() != before.epoch() || room.seq() != before.seq()) {
        return false;
      }
      if (next.closed()) {
        slot.room = null;
        slots.remove(next.id(), slot);
      } else {
        slot.room = next;
      }
      // Within the lock, so that two commits reach the subscribers in the order of seq.
      deliver(next.id(), new Published(next, events));
    }
    return true;
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    deliver(id, new Published(null, events));
  }

  @Override
  public Subscription subscribe(RoomId id, Consumer<Published> subscriber) {
    subscribers.compute(
        id,
        (_, old) -> {
          List<Consumer<Published>> list = old == null ? new CopyOnWriteArrayList<>() : old;
          list.add(subscriber);
          return list;
        });
    return () ->
        subscribers.computeIfPresent(
            id,
            (_, list) -> {
              list.remove(subscriber);
              return list.isEmpty() ? null : list;
            });
  }

  @Override
  public Set<RoomId> active() {
    return slots.keySet().stream()
        .filter(id -> load(id) != null)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean blocking() {
    return false;
  }

  @Override
  public void close() {
    slots.clear();
    subscribers.clear();
  }

  private void deliver(RoomId id, Published published) {
    for (Consumer<Published> subscriber : subscribers.getOrDefault(id, List.of())) {
      subscriber.accept(published);
    }
  }
}
