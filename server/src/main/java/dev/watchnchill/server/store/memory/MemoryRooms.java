package dev.watchnchill.server.store.memory;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Published;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.RoomStore.Subscriber;
import dev.watchnchill.server.store.RoomStore.Subscription;
import dev.watchnchill.server.store.RoomStore.Transient;
import dev.watchnchill.server.store.TextDelta;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms of this process with their subscribers, on which {@link MemoryRoomStore} and the file
 * store are built. Methods return when the change is made, and wait while a {@link RoomPersistence}
 * waits.
 */
public final class MemoryRooms {
  private static final Logger log = LoggerFactory.getLogger(MemoryRooms.class);

  /** The changes of a room that {@link #since} knows: few, as subscribers get each at once. */
  private static final int LOG_SIZE = 8;

  private final Map<RoomId, Slot> slots = new ConcurrentHashMap<>();
  private final Map<RoomId, List<Open>> subscribers = new ConcurrentHashMap<>();
  private final LongSupplier nowMs;
  private final long roomLifeMs;
  private final RoomPersistence persistence;

  /** One room, and the lock that makes a change of it one step. */
  private static final class Slot {
    private volatile @Nullable Room room;
    // The texts of subtitles by track.
    private volatile Map<UUID, byte[]> texts = Map.of();
    // Both guarded by this. A subscriber may commit in turn: that waits for the change it came of.
    private final Queue<Committed> undelivered = new ArrayDeque<>(2);
    private boolean delivering;
    // The last changes, oldest first; guarded by this.
    private final Deque<Committed> log = new ArrayDeque<>(2);

    Slot(@Nullable Room room) {
      this.room = room;
    }
  }

  /**
   * @param nowMs server time, ms since the epoch
   * @param roomLifeMs lifetime of a room from its last write
   * @param persistence stores rooms beyond this process
   */
  public MemoryRooms(LongSupplier nowMs, long roomLifeMs, RoomPersistence persistence) {
    this.nowMs = nowMs;
    this.roomLifeMs = roomLifeMs;
    this.persistence = persistence;
  }

  /**
   * Adds a room that is persisted already.
   *
   * @param texts the texts of its subtitles by track
   */
  public void adopt(Room room, Map<UUID, byte[]> texts) {
    var slot = new Slot(room);
    slot.texts = Map.copyOf(texts);
    slots.put(room.id(), slot);
  }

  /** Calls the visitor with every room and its texts, and lets no change of it happen meanwhile. */
  public void each(BiConsumer<Room, Map<UUID, byte[]>> visitor) {
    for (Slot slot : slots.values()) {
      synchronized (slot) {
        Room room = slot.room;
        if (room != null) {
          visitor.accept(room, slot.texts);
        }
      }
    }
  }

  /** Informs every subscriber of every room whether rooms can be changed now. */
  public void availability(boolean available) {
    for (List<Open> list : subscribers.values()) {
      list.forEach(subscriber -> subscriber.availability(available));
    }
  }

  /** As {@link dev.watchnchill.server.store.RoomStore#create}. */
  public boolean create(Room room) {
    while (true) {
      load(room.id()); // forgets one that has expired
      var slot = new Slot(null);
      synchronized (slot) { // another creation of it waits for the outcome of this one
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
      persistence.create(room);
      slot.room = room;
      return true;
    } finally {
      if (slot.room == null) {
        slots.remove(room.id(), slot);
      }
    }
  }

  /** As {@link dev.watchnchill.server.store.RoomStore#load}. */
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
        persistence.forget(now);
        slot.room = null;
        slots.remove(id, slot);
      }
    }
    return null;
  }

  private boolean expired(Room room) {
    return nowMs.getAsLong() >= room.lastWriteMs() + roomLifeMs;
  }

  /** As {@link dev.watchnchill.server.store.RoomStore#text}. */
  public byte @Nullable [] text(RoomId id, UUID track) {
    Slot slot = load(id) == null ? null : slots.get(id);
    return slot == null ? null : slot.texts.get(track);
  }

  /** As {@link dev.watchnchill.server.store.RoomStore#commit}. */
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
        persistence.remove(room);
        slot.room = null;
        slots.remove(next.id(), slot);
      } else {
        TextDelta texts = TextDelta.between(room, next, events);
        persistence.update(room, next, texts);
        slot.room = next;
        slot.texts = texts.applyTo(slot.texts);
      }
      // Within the lock, so that two commits reach the subscribers in the order of seq.
      var change = new Committed(Revision.of(before), Revision.of(next), _ -> next, events);
      slot.log.add(change);
      if (slot.log.size() > LOG_SIZE) {
        slot.log.remove();
      }
      slot.undelivered.add(change);
      if (!slot.delivering) {
        slot.delivering = true;
        for (Committed one = slot.undelivered.poll(); one != null; one = slot.undelivered.poll()) {
          deliver(next.id(), one);
        }
        slot.delivering = false;
      }
    }
    return true;
  }

  /** As {@link dev.watchnchill.server.store.RoomStore#since}. */
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

  /** As {@link dev.watchnchill.server.store.RoomStore#publish}. */
  public void publish(RoomId id, List<RoomEvent> events) {
    deliver(id, new Transient(events));
  }

  /** As {@link dev.watchnchill.server.store.RoomStore#subscribe}. */
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

  /** Returns the ids of the rooms that have not expired, and forgets the others. */
  public Set<RoomId> active() {
    return slots.keySet().stream()
        .filter(id -> load(id) != null)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Forgets all rooms and subscribers. */
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

    void availability(boolean available) {
      call(available ? subscriber::outageEnded : subscriber::outageBegan);
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
