package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.RoomStore.Transient;
import dev.watchnchill.server.store.RoomStore.Update;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The store that all simulated servers share: serial and right by itself. It can lose everything,
 * or go back a few changes as a failover does.
 */
final class SimStore {
  private static final int LOG_SIZE = 128;
  private static final long WINDOW_MS = 400;

  private record Change(Room before, Committed committed) {}

  private record Bid(Revision best, long firstMs) {}

  private static final class Slot {
    private @Nullable Room room;
    private final Deque<Change> log = new ArrayDeque<>();
    private @Nullable Bid bid;
  }

  final List<SimLink> links = new ArrayList<>();
  private final Map<RoomId, Slot> slots = new LinkedHashMap<>();
  private final VirtualTime time;
  private final long roomLifeMs;
  private final Consumer<Supplier<String>> trace;

  SimStore(VirtualTime time, long roomLifeMs, Consumer<Supplier<String>> trace) {
    this.trace = trace;
    this.time = time;
    this.roomLifeMs = roomLifeMs;
  }

  @Nullable Room load(RoomId id) {
    Slot slot = slots.get(id);
    Room room = slot == null ? null : slot.room;
    return room == null || time.nowMs() >= room.lastWriteMs() + roomLifeMs ? null : room;
  }

  boolean create(Room room) {
    if (load(room.id()) != null) {
      return false;
    }
    var slot = new Slot();
    slot.room = room;
    slots.put(room.id(), slot);
    return true;
  }

  boolean commit(SimLink by, Room before, Room next, List<RoomEvent> events) {
    Room room = load(before.id());
    Slot slot = slots.get(before.id());
    if (room == null || slot == null || !Revision.of(room).equals(Revision.of(before))) {
      return false;
    }
    slot.room = next.closed() ? null : next;
    trace.accept(() -> "      " + by.name + ": " + events);
    var change =
        new Committed(Revision.of(before), Revision.of(next), difference(before, next), events);
    slot.log.add(new Change(before, change));
    if (slot.log.size() > LOG_SIZE) {
      slot.log.remove();
    }
    for (SimLink link : List.copyOf(links)) {
      link.deliver(next.id(), change, link == by);
    }
    return true;
  }

  /**
   * Returns the publication as a real store sends it: only the difference to the receiver's state.
   */
  private static Update difference(Room before, Room next) {
    Members members = next.members().equals(before.members()) ? null : next.members();
    ChatLog chat = next.chat().equals(before.chat()) ? null : next.chat();
    return known ->
        rebuilt(
            next,
            next.epoch(),
            members == null ? known.members() : members,
            chat == null ? known.chat() : chat);
  }

  @Nullable List<Committed> since(RoomId id, Revision known) {
    Slot slot = slots.get(id);
    if (slot == null) {
      return null;
    }
    Room room = load(id);
    Revision last =
        room != null
            ? Revision.of(room)
            : slot.log.isEmpty() ? null : slot.log.getLast().committed().after();
    if (last == null || last.epoch() != known.epoch()) {
      return null;
    }
    if (room != null && last.equals(known)) {
      return List.of();
    }
    List<Committed> missed =
        slot.log.stream()
            .map(Change::committed)
            .filter(change -> change.before().seq() >= known.seq())
            .toList();
    return missed.isEmpty() || missed.getFirst().before().seq() != known.seq() ? null : missed;
  }

  List<Committed> recent(RoomId id, Revision at) {
    Slot slot = slots.get(id);
    return slot == null
        ? List.of()
        : slot.log.stream()
            .map(Change::committed)
            .filter(change -> change.after().epoch() == at.epoch())
            .filter(change -> change.after().seq() <= at.seq())
            .toList();
  }

  /** Returns whether an instance is known to have a newer copy than the store. */
  boolean isBeingPutBack(RoomId id) {
    Slot slot = slots.get(id);
    Bid bid = slot == null ? null : slot.bid;
    return bid != null && time.nowMs() - bid.firstMs() < 3 * WINDOW_MS;
  }

  Restoration restore(SimLink by, Room lost) {
    Slot slot = slots.computeIfAbsent(lost.id(), _ -> new Slot());
    Room stored = load(lost.id());
    if (stored != null && !older(Revision.of(stored), Revision.of(lost))) {
      return Restoration.SUPERSEDED;
    }
    long nowMs = time.nowMs();
    Bid bid =
        slot.bid == null || !isBeingPutBack(lost.id())
            ? new Bid(Revision.of(lost), nowMs)
            : slot.bid;
    Revision best = older(bid.best(), Revision.of(lost)) ? Revision.of(lost) : bid.best();
    long waitedMs = nowMs - bid.firstMs();
    boolean mayWrite =
        waitedMs >= 2 * WINDOW_MS || (waitedMs >= WINDOW_MS && best.equals(Revision.of(lost)));
    if (!mayWrite) {
      slot.bid = new Bid(best, bid.firstMs());
      return Restoration.RETRY_LATER;
    }
    long epoch = Math.max(nowMs, lost.epoch() + 1);
    slot.room =
        rebuilt(
            lost,
            stored == null ? epoch : Math.max(epoch, stored.epoch() + 1),
            lost.members(),
            lost.chat());
    slot.bid = null;
    trace.accept(() -> "      " + by.name + " puts back " + lost.id() + " at " + lost.seq());
    slot.log.clear();
    for (SimLink link : List.copyOf(links)) {
      link.mark(lost.id());
    }
    return Restoration.RESTORED;
  }

  private static boolean older(Revision one, Revision other) {
    return one.epoch() < other.epoch() || (one.epoch() == other.epoch() && one.seq() < other.seq());
  }

  void pass(SimLink by, RoomId id, List<RoomEvent> events) {
    for (SimLink link : List.copyOf(links)) {
      if (link != by) {
        link.deliver(id, new Transient(events), false);
      }
    }
  }

  Set<RoomId> active() {
    return slots.keySet().stream().filter(id -> load(id) != null).collect(Collectors.toSet());
  }

  /** A restart with empty memory. */
  void loseEverything() {
    slots.clear();
  }

  /** The last so many changes of each room were not on the machine that takes over. */
  void goBack(int changes) {
    for (Slot slot : slots.values()) {
      if (slot.room == null) {
        continue; // one that is over and comes to life again is nobody's, until its life has passed
      }
      for (int i = 0; i < changes && !slot.log.isEmpty(); i++) {
        slot.room = slot.log.removeLast().before();
      }
    }
  }

  private static Room rebuilt(Room state, long epoch, Members members, ChatLog chat) {
    return new Room(
        state.id(),
        epoch,
        state.seq(),
        state.creator(),
        state.hostToken(),
        state.hostId(),
        state.hostName(),
        members,
        state.media(),
        state.timeline(),
        state.waiting(),
        chat,
        state.createdAtMs(),
        state.lastWriteMs(),
        state.emptySinceMs(),
        state.hostlessSinceMs(),
        state.closed());
  }
}
