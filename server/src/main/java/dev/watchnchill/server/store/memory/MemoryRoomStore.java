package dev.watchnchill.server.store.memory;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps rooms in this process: they live as long as it does. */
public final class MemoryRoomStore implements RoomStore {
  private static final Logger log = LoggerFactory.getLogger(MemoryRoomStore.class);

  /** How many changes of a room can be told again. One process needs few: it hears each at once. */
  private static final int LOG_SIZE = 8;

  private final Map<RoomId, Slot> slots = new ConcurrentHashMap<>();
  private final Map<RoomId, List<Open>> subscribers = new ConcurrentHashMap<>();
  private final LongSupplier nowMs;
  private final long roomLifeMs;
  private final RoomPersistence keeper;

  /** One room, and the lock that makes a change of it one step. */
  private static final class Slot {
    private volatile @Nullable Room room;
    // Both guarded by this. A subscriber may commit in turn: that waits for the change it came of.
    private final Queue<Committed> untold = new ArrayDeque<>(2);
    private boolean telling;
    // The last changes, oldest first; guarded by this.
    private final Deque<Committed> log = new ArrayDeque<>(2);

    Slot(@Nullable Room room) {
      this.room = room;
    }
  }

  /**
   * @param nowMs server time, ms since the epoch
   * @param roomLifeMs how long a room lives from its last write
   */
  public MemoryRoomStore(LongSupplier nowMs, long roomLifeMs) {
    this(nowMs, roomLifeMs, RoomPersistence.NONE);
  }

  /** The same with a keeper. */
  public MemoryRoomStore(LongSupplier nowMs, long roomLifeMs, RoomPersistence keeper) {
    this.nowMs = nowMs;
    this.roomLifeMs = roomLifeMs;
    this.keeper = keeper;
  }

  /** Takes over a room that the keeper has already. */
  public void adopt(Room room) {
    slots.put(room.id(), new Slot(room));
  }

  /** Calls that with every room, and lets no change of it happen meanwhile. */
  public void each(Consumer<Room> visitor) {
    for (Slot slot : slots.values()) {
      synchronized (slot) {
        Room room = slot.room;
        if (room != null) {
          visitor.accept(room);
        }
      }
    }
  }

  /** Tells every subscriber of every room that rooms can be changed again, or cannot now. */
  public void tell(boolean available) {
    for (List<Open> list : subscribers.values()) {
      list.forEach(subscriber -> subscriber.tell(available));
    }
  }

  @Override
  public boolean create(Room room) {
    while (true) {
      load(room.id()); // forgets one that has expired
      var slot = new Slot(null);
      synchronized (slot) { // whoever creates it too waits for what becomes of this one
        Slot other = slots.putIfAbsent(room.id(), slot);
        if (other == null) {
          return kept(room, slot);
        }
        if (taken(other)) {
          return false;
        }
      }
    }
  }

  private static boolean taken(Slot slot) {
    synchronized (slot) {
      return slot.room != null;
    }
  }

  private boolean kept(Room room, Slot slot) {
    try {
      keeper.keep(room);
      slot.room = room;
      return true;
    } finally {
      if (slot.room == null) {
        slots.remove(room.id(), slot);
      }
    }
  }

  @Override
  public @Nullable Room load(RoomId id) {
    Slot slot = slots.get(id);
    Room room = slot == null ? null : slot.room;
    if (slot == null || room == null) {
      return null;
    }
    if (!expired(room)) {
      return room;
    }
    synchronized (slot) {
      Room now = slot.room;
      if (now != null && expired(now)) {
        keeper.forget(id);
        slot.room = null;
        slots.remove(id, slot);
      }
    }
    return null;
  }

  private boolean expired(Room room) {
    return nowMs.getAsLong() >= room.lastWriteMs() + roomLifeMs;
  }

  @Override
  public boolean commit(Room before, Room next, List<RoomEvent> events) {
    Slot slot = slots.get(before.id());
    if (slot == null) {
      return false;
    }
    synchronized (slot) {
      Room room = slot.room;
      if (room == null
          || expired(room)
          || room.epoch() != before.epoch()
          || room.seq() != before.seq()) {
        return false;
      }
      if (next.closed()) {
        keeper.remove(next.id());
        slot.room = null;
        slots.remove(next.id(), slot);
      } else {
        keeper.keep(next);
        slot.room = next;
      }
      // Within the lock, so that two commits reach the subscribers in the order of seq.
      var change = new Committed(Revision.of(before), Revision.of(next), _ -> next, events);
      slot.log.add(change);
      if (slot.log.size() > LOG_SIZE) {
        slot.log.remove();
      }
      slot.untold.add(change);
      if (!slot.telling) {
        slot.telling = true;
        for (Committed told = slot.untold.poll(); told != null; told = slot.untold.poll()) {
          deliver(next.id(), told);
        }
        slot.telling = false;
      }
    }
    return true;
  }

  /** It is done at once; not for whoever has a {@link RoomPersistence} that waits for a disk. */
  @Override
  public CompletableFuture<Boolean> commitAsync(Room before, Room next, List<RoomEvent> events) {
    return CompletableFuture.completedFuture(commit(before, next, events));
  }

  @Override
  public @Nullable List<Committed> since(RoomId id, Revision known) {
    Slot slot = slots.get(id);
    if (slot == null) {
      return null;
    }
    synchronized (slot) {
      Room room = slot.room;
      if (room == null || expired(room) || room.epoch() != known.epoch()) {
        return null;
      }
      List<Committed> missed =
          slot.log.stream().filter(change -> change.before().seq() >= known.seq()).toList();
      boolean whole =
          missed.isEmpty()
              ? room.seq() == known.seq()
              : missed.getFirst().before().seq() == known.seq();
      return whole ? missed : null;
    }
  }

  /** Nothing is ever lost here: what is not there has expired or was closed. */
  @Override
  public Restoration restore(Room lost) {
    return Restoration.OTHER;
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    deliver(id, new Passed(events));
  }

  @Override
  public Subscription subscribe(RoomId id, Subscriber listener) {
    var subscriber = new Open(id, listener);
    subscribers.compute(
        id,
        (_, old) -> {
          List<Open> list = old == null ? new CopyOnWriteArrayList<>() : old;
          list.add(subscriber);
          return list;
        });
    return subscriber;
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
    for (Open subscriber : subscribers.getOrDefault(id, List.of())) {
      subscriber.deliver(published);
    }
  }

  /** One open subscription; another one, even of the same subscriber, is another object. */
  private final class Open implements Subscription {
    private final RoomId id;
    private final Subscriber subscriber;
    private volatile boolean open = true;

    Open(RoomId id, Subscriber subscriber) {
      this.id = id;
      this.subscriber = subscriber;
    }

    void deliver(Published published) {
      call(() -> subscriber.published(published));
    }

    void tell(boolean available) {
      call(available ? subscriber::back : subscriber::away);
    }

    private void call(Runnable delivery) {
      if (!open) {
        return;
      }
      try {
        delivery.run();
      } catch (RuntimeException e) {
        // The change is committed: neither the writer nor the other subscribers may miss that.
        log.error("A subscriber of room {} failed", id, e);
      }
    }

    @Override
    public void close() {
      open = false;
      subscribers.computeIfPresent(
          id,
          (_, list) -> {
            list.remove(this);
            return list.isEmpty() ? null : list;
          });
    }
  }
}
