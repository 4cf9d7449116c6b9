package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.runtime.memory.RoomFootprint;
import dev.watchnchill.server.runtime.port.FanOut;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.KnockEntry;
import dev.watchnchill.server.wire.RoomBroadcast;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Broadcasts a room's events to its members on this instance, and keeps the last ones. */
public final class RoomBroadcaster {
  /** About two writes to a connection. */
  private static final long GAP_MICROS_PER_SEAT = 25;

  /** Shorter gaps are not worth a timer: small rooms have none. */
  private static final long GAP_MICROS_MIN = 5_000;

  /** Events that a room keeps while rooms may take no more memory (rule RL11). */
  private static final int HISTORY_WHEN_FULL = 8;

  private final LiveRoom room;
  private final RoomId id;
  private final RoomContext context;
  private @Nullable EventHistory history;
  private final RecentMessageIds messageIds = new RecentMessageIds();
  private final List<FanOut.Send> pending = new ArrayList<>();
  private long epoch;
  private BroadcastOrder order = new BroadcastOrder(0);

  public RoomBroadcaster(LiveRoom room, RoomContext context) {
    this.room = room;
    this.id = room.id();
    this.context = context;
  }

  /** Follows the room; a new epoch makes the history worthless. */
  public void follow(Room now) {
    if (history == null || epoch != now.epoch()) {
      startFrom(now);
    }
  }

  /**
   * Adds stored events, for clients that come from another instance (rules SQ2, CH2).
   *
   * @param loaded the room after them
   */
  public void remember(Room loaded, List<RoomStore.Committed> recent) {
    if (recent.isEmpty()) {
      return;
    }
    var stored = new EventHistory(recent.getFirst().before().seq());
    var order = new BroadcastOrder(recent.getFirst().before().seq());
    for (RoomStore.Committed change : recent) {
      for (RoomEvent event : change.events()) {
        remember(event);
        if (event instanceof RoomEvent.Change one) {
          RoomBroadcast out = context.encoder().encode(loaded, one, order.since(one));
          stored.add(one.seq(), out, RoomFootprint.bytes(one, loaded), EventHistory.SIZE);
        }
      }
    }
    history = stored;
  }

  /** Remembers the id of a message that was sent. */
  public void remember(RoomEvent event) {
    messageIds.remember(event);
  }

  /** Returns the ids of the messages that were sent last (rule CH2). */
  public RecentMessageIds messageIds() {
    return messageIds;
  }

  /** Drops the history: a client that resumes gets a snapshot of the room. */
  public void startFrom(Room now) {
    history = new EventHistory(now.seq());
    if (epoch != now.epoch()) {
      messageIds.forgetAfter(now.seq());
    }
    epoch = now.epoch();
    order = new BroadcastOrder(now.seq());
  }

  /** Forgets the room. */
  public void forget() {
    history = null;
    messageIds.clear();
  }

  /** Returns the estimated bytes of the event history (rule RL11). */
  public long historyBytes() {
    return history == null ? 0 : history.bytes();
  }

  /** Returns what that user has missed, or null when it is not known any more. */
  public @Nullable List<ServerMessage> missedAfter(
      long itsEpoch, long seq, UserId user, boolean host) {
    return history == null || epoch != itsEpoch ? null : history.after(seq, user, host);
  }

  /** Returns the change up to which all is broadcast, or comes later as presence (rule PS4). */
  public long broadcastSeq() {
    return order.seq();
  }

  /** Returns the last change of which a member may have received an event. */
  long sentSeq() {
    return order.hostsSeq();
  }

  /**
   * Sends an event to the members here: together with the others until {@link #flush}, or later.
   */
  public void broadcast(Room now, RoomEvent.BroadcastEvent event) {
    if (event instanceof RoomEvent.VoiceSignalled signal
        && now.voice().findPeer(signal.toPeer()) == null) {
      return; // another page speaks for the member by now (VO5)
    }
    if (room.presence().defers(event)) {
      rememberPutBack(event);
      if (event instanceof RoomEvent.UserReturned) {
        flush(); // the socket that loses the seat by this receives what came before
      }
      room.afterBroadcast(event, now);
      return;
    }
    Long after = event instanceof RoomEvent.Change change ? order.since(change) : null;
    RoomBroadcast out = context.encoder().encode(now, event, after);
    Session except = room.seats().of(out.except());
    if (event instanceof RoomEvent.UserReturned) {
      flush(); // the socket that loses the seat by this receives what came before
    }
    room.afterBroadcast(event, now);
    if (event instanceof RoomEvent.Change change && history != null) {
      history.add(change.seq(), out, RoomFootprint.bytes(change, now), historySize());
    }
    if (out.only() != null) {
      sendToOne(out.only(), out.message());
      return;
    }
    if (out.hostsOnly()) {
      sendToHosts(now, out.message());
      return;
    }
    pending.add(
        new FanOut.Send(
            out.message(),
            out.extendedOnly()
                ? baseConnections()
                : except == null ? Set.of() : Set.of(except.connection().id()),
            out.droppable(),
            gapMicros(event, room.seats().all().size())));
  }

  /** Returns the connections of the base clients here. */
  private Set<String> baseConnections() {
    var ids = new HashSet<String>();
    for (Session session : room.seats().all().values()) {
      if (!session.resumable()) {
        ids.add(session.connection().id());
      }
    }
    return ids;
  }

  /** Sends the extended clients here a message that a slow connection may miss (rule FX2). */
  void passing(ServerMessage message) {
    flush();
    long gap = chatGapMicros(room.seats().all().size());
    context.fanOut().send(id, List.of(new FanOut.Send(message, baseConnections(), true, gap)));
  }

  /** A joiner gets its seat after the event of its join; one that has it before was put back. */
  private void rememberPutBack(RoomEvent.BroadcastEvent event) {
    if (history != null
        && event instanceof RoomEvent.UserJoined joined
        && room.seats().of(joined.member().id()) != null) {
      history.addPutBack(joined.seq(), joined.member().id());
    }
  }

  private int historySize() {
    return context.memory().full() ? HISTORY_WHEN_FULL : EventHistory.SIZE;
  }

  /** Sends a message to a member whose socket is here, after what came before it. */
  private void sendToOne(UserId member, ServerMessage message) {
    Session session = room.seats().of(member);
    if (session != null) {
      flush();
      session.connection().send(message);
    }
  }

  /** Sends a message to the hosts here, after what came before it. */
  private void sendToHosts(Room now, ServerMessage message) {
    flush();
    for (Map.Entry<UserId, Session> seat : room.seats().all().entrySet()) {
      Member member = now.members().find(seat.getKey());
      if (member != null && member.host()) {
        seat.getValue().connection().send(message);
      }
    }
  }

  /** Sends a new host the people who wait at the door (rule EN4). */
  public void sendKnocks(Room now, UserId host) {
    Session session = room.seats().of(host);
    if (session != null && !now.entry().knocks().isEmpty()) {
      session.connection().send(new ServerMessage.Knocks(id.value(), KnockEntry.waiting(now)));
    }
  }

  /** Sends the pending messages. */
  public void flush() {
    if (!pending.isEmpty()) {
      context.fanOut().send(id, List.copyOf(pending));
      pending.clear();
    }
  }

  /**
   * Returns how long an event may wait for others to go out in the same write. In a large room chat
   * and typing then use a part of an event loop's time, never all of it. Playback waits for nothing
   * (rule CH3).
   */
  static long gapMicros(RoomEvent.BroadcastEvent event, int seats) {
    boolean text =
        event instanceof RoomEvent.ChatChange
            || event instanceof RoomEvent.Typing
            || event instanceof RoomEvent.FilmReacted;
    return text ? chatGapMicros(seats) : 0;
  }

  private static long chatGapMicros(int seats) {
    long gap = GAP_MICROS_PER_SEAT * seats;
    return gap < GAP_MICROS_MIN ? 0 : gap;
  }

  /** Broadcasts the changes of members up to the room's position (rules PS2, PS3). */
  void presence(Room now, ServerMessage message) {
    flush();
    order = new BroadcastOrder(now.seq());
    context.fanOut().send(id, message, false);
    room.updatePosition();
  }

  /** Broadcasts votes or reactions up to the room's position (rules QU12, CH9). */
  void late(Room now, List<? extends RoomEvent.Change> events) {
    flush();
    sendLate(events.stream().map(event -> late(now, event, order.since(event))).toList());
    order = new BroadcastOrder(now.seq());
    room.updatePosition();
  }

  /**
   * Broadcasts votes or reactions after all members. A client that knows no presence would see no
   * gap before them, so extended clients are sent the position first.
   */
  void lateAfterSnapshot(Room now, List<RoomEvent.Change> events) {
    if (events.isEmpty()) {
      return;
    }
    flush();
    var position = new ServerMessage.StreamPosition(id.value(), now.epoch(), now.seq());
    for (Session session : room.seats().all().values()) {
      if (session.resumable()) {
        session.connection().send(position);
      }
    }
    sendLate(events.stream().map(event -> late(now, event, now.seq())).toList());
  }

  /** Sends the events in one write to each connection. */
  private void sendLate(List<FanOut.Send> events) {
    if (!events.isEmpty()) {
      context.fanOut().send(id, events);
    }
  }

  private FanOut.Send late(Room now, RoomEvent.Change event, @Nullable Long since) {
    RoomBroadcast out = context.encoder().encode(now, event, since);
    if (history != null) {
      history.addLate(now.seq(), out, RoomFootprint.bytes(event, now), historySize());
    }
    return new FanOut.Send(
        out.message(), Set.of(), false, gapMicros(event, room.seats().all().size()));
  }

  /** Broadcasts all members; a client that misses this needs a snapshot of the room. */
  void presenceSnapshot(Room now, ServerMessage message) {
    history = new EventHistory(now.seq());
    presence(now, message);
  }

  /** Broadcasts the start or the end of an outage of the store (rule IN6). */
  public void availability(boolean available) {
    context.fanOut().send(id, new ServerMessage.RoomAvailability(id.value(), available), false);
  }

  /** Broadcasts that the room has expired with members in it (rule RS8). */
  public void expired() {
    context
        .fanOut()
        .send(id, ServerMessage.RoomClosed.of(id, RoomEvent.ClosureReason.EXPIRED), false);
  }

  /** Sends a joiner the state of the store (rule IN6). */
  void availability(Session session, boolean available) {
    session.connection().send(new ServerMessage.RoomAvailability(id.value(), available));
  }

  /**
   * Sends a joining socket or a base client the present position, after what came before it (rules
   * JN9, TL8).
   */
  void position(Session session, Room now) {
    flush();
    long nowMs = context.clock().nowMs();
    session
        .connection()
        .send(
            new ServerMessage.SyncUpdate(
                now.timeline().targetAt(nowMs), now.timeline().playing(), nowMs));
  }
}
