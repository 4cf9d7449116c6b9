package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.Outbound;
import dev.watchnchill.server.wire.Payloads;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of a room to its members on this instance, and keeps the history of what was
 * sent.
 */
final class RoomBroadcaster {
  /** About two writes to a connection. */
  private static final long GAP_MICROS_PER_SEAT = 25;

  /** Shorter gaps are not worth a timer: small rooms have none. */
  private static final long GAP_MICROS_MIN = 5_000;

  /** Events that a room keeps while rooms may take no more memory (rule RL11). */
  private static final int HISTORY_WHEN_FULL = 8;

  private final RoomActor room;
  private final RoomId id;
  private final RoomContext context;
  private @Nullable EventHistory history;
  private final RecentMessageIds messageIds = new RecentMessageIds();
  private final List<FanOut.Piece> gathered = new ArrayList<>();
  private long epoch;
  // The last change that was sent, and the one sent before it when there were others in between.
  private long broadcastSeq;
  private @Nullable Long since;

  RoomBroadcaster(RoomActor room, RoomContext context) {
    this.room = room;
    this.id = room.id();
    this.context = context;
  }

  /** Follows the state of the room; drops the history of another epoch. */
  void follow(Room now) {
    if (history == null || epoch != now.epoch()) {
      startFrom(now);
    }
  }

  /**
   * Keeps the events that the store still has, for clients that come from another instance (rules
   * SQ2, CH2).
   */
  void remember(List<RoomStore.Committed> recent) {
    if (recent.isEmpty()) {
      return;
    }
    var stored = new EventHistory(recent.getFirst().before().seq());
    for (RoomStore.Committed change : recent) {
      for (RoomEvent event : change.events()) {
        remember(event);
        if (event instanceof RoomEvent.Change one) {
          Outbound out = context.encoder().encode(id, change.after().epoch(), one);
          stored.add(one.seq(), out, RoomFootprint.bytes(one), EventHistory.SIZE);
        }
      }
    }
    history = stored;
  }

  /** Keeps an event in the history. */
  void remember(RoomEvent event) {
    messageIds.remember(event);
  }

  /** Returns the ids of the messages that were sent last (rule CH2). */
  RecentMessageIds messageIds() {
    return messageIds;
  }

  /** Starts from a state without history: a client that missed events gets the whole room. */
  void startFrom(Room now) {
    history = new EventHistory(now.seq());
    if (epoch != now.epoch()) {
      messageIds.forgetAfter(now.seq());
    }
    epoch = now.epoch();
    broadcastSeq = now.seq();
    since = null;
  }

  /** Drops everything about the room. */
  void forget() {
    history = null;
    messageIds.clear();
  }

  /** Returns the estimated bytes of the event history (rule RL11). */
  long historyBytes() {
    return history == null ? 0 : history.bytes();
  }

  /** Returns the events that a member has missed, or null when some are no longer kept. */
  @Nullable List<List<Object>> missedAfter(long itsEpoch, long seq, UserId user) {
    return history == null || epoch != itsEpoch ? null : history.after(seq, user);
  }

  /** Returns the last change whose events are sent, or wait for a presence batch (rule PS4). */
  long broadcastSeq() {
    return broadcastSeq;
  }

  /**
   * Sends an event to the members here: together with the others until {@link #flush}, or later.
   */
  void broadcast(Room now, RoomEvent.BroadcastEvent event) {
    if (room.presence().defers(event)) {
      if (event instanceof RoomEvent.UserReturned) {
        flush(); // the socket that loses the seat by this receives what came before
      }
      room.reconciler().afterBroadcast(event, now);
      return;
    }
    Long after = event instanceof RoomEvent.Change change ? place(change.seq()) : null;
    Outbound out = context.encoder().encode(id, now.epoch(), event, after);
    Session except = room.seats().of(out.except());
    if (event instanceof RoomEvent.UserReturned) {
      flush(); // the socket that loses the seat by this receives what came before
    }
    room.reconciler().afterBroadcast(event, now);
    if (event instanceof RoomEvent.Change change && history != null) {
      int keep = context.memory().full() ? HISTORY_WHEN_FULL : EventHistory.SIZE;
      history.add(change.seq(), out, RoomFootprint.bytes(change), keep);
    }
    gathered.add(
        new FanOut.Piece(
            out,
            except == null ? null : except.connection().id(),
            gapMicros(event, room.seats().all().size())));
  }

  /** Sends the collected events. */
  void flush() {
    if (!gathered.isEmpty()) {
      context.fanOut().send(id, List.copyOf(gathered));
      gathered.clear();
    }
  }

  /**
   * Returns how long an event may wait to be sent with others. Chat then reaches a large room in
   * few writes, however many members write at once, and takes only a part of an event loop's time.
   * Events of the film never wait (rule CH3).
   */
  static long gapMicros(RoomEvent.BroadcastEvent event, int seats) {
    long gap =
        switch (event) {
          case RoomEvent.MessageSent _, RoomEvent.Typing _ -> GAP_MICROS_PER_SEAT * seats;
          default -> 0;
        };
    return gap < GAP_MICROS_MIN ? 0 : gap;
  }

  private void send(String event, Object payload) {
    context.fanOut().send(id, new Outbound(event, payload, null, false));
  }

  /** Returns the change before an event's change; equal for all events of one change. */
  private @Nullable Long place(long seq) {
    if (seq > broadcastSeq) {
      since = seq > broadcastSeq + 1 ? (Long) broadcastSeq : null;
      broadcastSeq = seq;
    }
    return since;
  }

  /** Sends a batch of joins and departures to all members (rules PS2, PS3). */
  void sendPresence(Room now, Outbound out) {
    flush();
    broadcastSeq = now.seq();
    since = null;
    context.fanOut().send(id, out);
    room.updatePosition();
  }

  /** Sends the member list to all members; a client that misses it needs the whole room. */
  void allPeople(Room now, Outbound out) {
    history = new EventHistory(now.seq());
    sendPresence(now, out);
  }

  /** Sends the members whether the store can be reached (rule IN6). */
  void availability(boolean available) {
    var payload = new Payloads.RoomAvailability(id.value(), available);
    send("room-availability", payload);
  }

  /** Sends {@code room-closed} when the store has expired a room with members (rule RS8). */
  void expired() {
    var payload = new Payloads.RoomClosed(id.value(), "expired");
    send("room-closed", payload);
  }

  /** Sends a joining socket that the store cannot be reached (rule IN6). */
  void availability(Session session, boolean available) {
    session
        .connection()
        .send("room-availability", new Payloads.RoomAvailability(id.value(), available));
  }

  /** Sends a joining socket or a base client the present position (rules JN9, TL8). */
  void position(Session session, Room now) {
    long nowMs = context.clock().nowMs();
    session
        .connection()
        .send(
            "sync-update",
            new Payloads.SyncUpdate(
                now.timeline().targetAt(nowMs), now.timeline().playing(), nowMs));
  }
}
