package dev.watchnchill.server.simulation;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.VirtualTime;
import dev.watchnchill.server.store.ChatDelta;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.TextDelta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shared store of simulated instances, as Redis keeps it: correct by itself. It can lose
 * everything, or the last changes as a failover does.
 */
final class SimulatedStore implements RoomStore {
  private static final int LOG_SIZE = 128;
  private static final long WINDOW_MS = 400;

  private record Change(Room before, Committed committed) {}

  /** The newest lost copy that an instance offers to restore, and the time of the first offer. */
  private record RestorationOffer(Revision best, long firstMs) {}

  private static final class Slot {
    private @Nullable Room room;
    private final Deque<Change> log = new ArrayDeque<>();
    private @Nullable RestorationOffer offer;
    private final Map<UUID, byte[]> texts = new HashMap<>();
  }

  private final Map<RoomId, Slot> slots = new LinkedHashMap<>();
  private final Map<RoomId, List<Subscriber>> subscribers = new HashMap<>();
  private final VirtualTime time;
  private final long roomLifeMs;
  private final Consumer<Supplier<String>> log;
  private final RoomHistory history;

  /**
   * @param log receives each change
   * @param history checks each change
   */
  SimulatedStore(
      VirtualTime time, long roomLifeMs, Consumer<Supplier<String>> log, RoomHistory history) {
    this.time = time;
    this.roomLifeMs = roomLifeMs;
    this.log = log;
    this.history = history;
  }

  private @Nullable Room stored(RoomId id) {
    Slot slot = slots.get(id);
    Room room = slot == null ? null : slot.room;
    return room == null || time.nowMs() >= room.lastWriteMs() + roomLifeMs ? null : room;
  }

  @Override
  public CompletableFuture<@Nullable Room> load(RoomId id) {
    return Futures.<@Nullable Room>of(stored(id));
  }

  @Override
  public CompletableFuture<Boolean> create(Room room) {
    boolean free = stored(room.id()) == null;
    if (free) {
      var slot = new Slot();
      slot.room = room;
      slots.put(room.id(), slot);
      history.created(room);
    }
    return Futures.of(free);
  }

  @Override
  public CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events) {
    Room room = stored(before.id());
    Slot slot = slots.get(before.id());
    if (room == null || slot == null || !Revision.of(room).equals(Revision.of(before))) {
      return Futures.of(false);
    }
    slot.room = next.closed() ? null : next;
    TextDelta.between(before, next, events).applyTo(slot.texts);
    log.accept(() -> "      committed: " + events);
    history.committed(before, next, events);
    var change =
        new Committed(Revision.of(before), Revision.of(next), difference(before, next), events);
    slot.log.add(new Change(before, change));
    if (slot.log.size() > LOG_SIZE) {
      slot.log.remove();
    }
    each(next.id(), subscriber -> subscriber.published(change));
    return Futures.of(true);
  }

  private void each(RoomId id, Consumer<Subscriber> what) {
    List.copyOf(subscribers.getOrDefault(id, List.of())).forEach(what);
  }

  /**
   * Returns the publication as a real store sends it: only the difference to the receiver's state.
   */
  private static Update difference(Room before, Room next) {
    Members members = next.members().equals(before.members()) ? null : next.members();
    ChatDelta chat = ChatDelta.between(before.chat(), next.chat());
    return known ->
        rebuilt(
            next,
            next.epoch(),
            members == null ? known.members() : members,
            chat.applyTo(known.chat()));
  }

  @Override
  public CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known) {
    return Futures.<@Nullable List<Committed>>of(after(id, known));
  }

  private @Nullable List<Committed> after(RoomId id, Revision known) {
    Slot slot = slots.get(id);
    if (slot == null) {
      return null;
    }
    Room room = stored(id);
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

  @Override
  public CompletableFuture<byte @Nullable []> text(RoomId id, UUID track) {
    Slot slot = slots.get(id);
    return Futures.<byte @Nullable []>of(slot == null ? null : slot.texts.get(track));
  }

  @Override
  public CompletableFuture<List<Committed>> recent(RoomId id, Revision at) {
    Slot slot = slots.get(id);
    return Futures.of(
        slot == null
            ? List.of()
            : slot.log.stream()
                .map(Change::committed)
                .filter(change -> change.after().epoch() == at.epoch())
                .filter(change -> change.after().seq() <= at.seq())
                .toList());
  }

  /** Returns whether an instance is known to have a newer copy than the store. */
  boolean isBeingRestored(RoomId id) {
    Slot slot = slots.get(id);
    RestorationOffer offer = slot == null ? null : slot.offer;
    return offer != null && time.nowMs() - offer.firstMs() < 3 * WINDOW_MS;
  }

  @Override
  public CompletableFuture<Restoration> restore(Room lost) {
    Slot slot = slots.computeIfAbsent(lost.id(), _ -> new Slot());
    Room stored = stored(lost.id());
    if (stored != null && !older(Revision.of(stored), Revision.of(lost))) {
      return Futures.of(Restoration.SUPERSEDED);
    }
    long nowMs = time.nowMs();
    RestorationOffer offer =
        slot.offer == null || !isBeingRestored(lost.id())
            ? new RestorationOffer(Revision.of(lost), nowMs)
            : slot.offer;
    Revision best = older(offer.best(), Revision.of(lost)) ? Revision.of(lost) : offer.best();
    long waitedMs = nowMs - offer.firstMs();
    boolean mayWrite =
        waitedMs >= 2 * WINDOW_MS || (waitedMs >= WINDOW_MS && best.equals(Revision.of(lost)));
    if (!mayWrite) {
      slot.offer = new RestorationOffer(best, offer.firstMs());
      return Futures.of(Restoration.RETRY_LATER);
    }
    long epoch = Math.max(nowMs, lost.epoch() + 1);
    slot.room =
        rebuilt(
            lost,
            stored == null ? epoch : Math.max(epoch, stored.epoch() + 1),
            lost.members(),
            lost.chat());
    slot.offer = null;
    history.restored(lost, slot.room);
    log.accept(() -> "      restored: " + lost.id() + " at " + lost.seq());
    slot.log.clear();
    each(lost.id(), Subscriber::outageEnded);
    return Futures.of(Restoration.RESTORED);
  }

  private static boolean older(Revision one, Revision other) {
    return one.epoch() < other.epoch() || (one.epoch() == other.epoch() && one.seq() < other.seq());
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    var published = new Transient(events);
    each(id, subscriber -> subscriber.published(published));
  }

  @Override
  public CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber) {
    subscribers.computeIfAbsent(id, _ -> new ArrayList<>()).add(subscriber);
    return Futures.of(() ->
        subscribers.computeIfPresent(
            id,
            (_, list) -> {
              list.remove(subscriber);
              return list.isEmpty() ? null : list;
            }));
  }

  @Override
  public CompletableFuture<Set<RoomId>> active() {
    return Futures.of(
        slots.keySet().stream().filter(id -> stored(id) != null).collect(Collectors.toSet()));
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void close() {}

  /** Restarts with empty memory; subscriptions are the connections' matter. */
  void loseEverything() {
    slots.clear();
  }

  /** Loses the last changes of each room, which the machine that takes over has not received. */
  void loseLast(int changes) {
    for (Slot slot : slots.values()) {
      if (slot.room == null) {
        continue; // a closed room that was open again would belong to no instance
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
        state.closed(),
        state.settings(),
        state.entry(),
        state.jump(),
        state.queue(),
        state.subtitles(),
        state.voice());
  }
}
