package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.Outbound;
import dev.watchnchill.server.wire.Payloads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room that this instance has members in: its cached state, its seats and its timers.
 *
 * <p>Everything here but {@link #position} is done in its {@link Mailbox}, one task at a time.
 */
final class LiveRoom {
  private static final Logger log = LoggerFactory.getLogger(LiveRoom.class);

  /** Other instances change a room too; nobody loses this often in a row. */
  private static final int COMMIT_TRIES = 64;

  /** A place in the room's stream (rule SQ1). */
  record Position(long epoch, long seq) {}

  private final RoomId id;
  private final RoomContext context;
  private final Mailbox mailbox;
  private final Map<UserId, Session> seats = new HashMap<>();
  // What the store could not be told yet about users whose sockets are gone.
  private final Map<UserId, RoomCommand> owed = new HashMap<>();
  // What the store has published, in its order, until it is heard.
  private final Queue<RoomStore.Published> inbox = new ConcurrentLinkedQueue<>();
  private final Deadline deadline;
  private final BaseSync baseSync;
  private final Viewers viewers;
  private final Witness witness;
  private @Nullable Room room;
  private @Nullable EventHistory history;
  private RoomStore.@Nullable Subscription subscription;
  private boolean retired;
  private volatile @Nullable Position position;

  LiveRoom(RoomId id, RoomContext context) {
    this.id = id;
    this.context = context;
    this.mailbox = new Mailbox(context.executor());
    this.deadline = new Deadline(this, context);
    this.baseSync = new BaseSync(this, context);
    this.viewers = new Viewers(this, context);
    this.witness = new Witness(context.observations());
  }

  RoomId id() {
    return id;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  Viewers viewers() {
    return viewers;
  }

  /** Where the stream stands, or null; from any thread. */
  @Nullable Position position() {
    return position;
  }

  /** Whether this object is out of use, so that the caller has to ask for another one. */
  boolean retired() {
    return retired;
  }

  /** The room's state, when it is known here without asking the store. */
  @Nullable Room known() {
    return room;
  }

  /** The room's state, or null when there is no such room. */
  @Nullable Room state() {
    if (room == null) {
      listen();
      Room loaded = context.store().load(id);
      if (loaded != null) {
        adopt(loaded);
        viewers.loaded(loaded);
        deadline.set(context.rules().nextDeadlineMs(loaded, viewers.audience()));
      } else if (!seats.isEmpty()) {
        vanished();
      }
    }
    return room;
  }

  private void listen() {
    if (subscription == null) {
      subscription = context.store().subscribe(id, this::published);
    }
  }

  /**
   * The store has lost the room, or let it expire, while people were in it: they are told (rule
   * RS8).
   */
  private void vanished() {
    context
        .fanOut()
        .send(
            id,
            new Outbound(
                "room-closed", new Payloads.RoomClosed(id.value(), "expired"), null, false),
            null);
    clear();
  }

  /** Keeps a new room under this id; false when the id is taken. */
  boolean create(Room created) {
    if (room != null) {
      return false;
    }
    listen();
    if (!context.store().create(created)) {
      return false;
    }
    // Not loaded: once it is kept, nothing may fail any more, or it would be kept for nobody.
    adopt(created);
    deadline.set(context.rules().nextDeadlineMs(created));
    return true;
  }

  /** Decides that command and commits what comes of it; null when there is no such room. */
  @Nullable Decision apply(RoomCommand command) {
    for (int tries = 0; tries < COMMIT_TRIES; tries++) {
      Room before = state();
      if (before == null) {
        return null;
      }
      Audience audience = viewers.audience();
      long nowMs = context.clock().nowMs();
      Decision decision = context.rules().decide(before, audience, command, nowMs);
      Room next = decision.next();
      if (next.seq() == before.seq()) {
        if (!decision.events().isEmpty()) {
          context.store().publish(id, decision.events());
          witness.saw(before, audience, decision.events(), nowMs);
        }
        return decision;
      }
      if (context.store().commit(before, next, decision.events())) {
        if (stillAt(before)) { // the store tells it later: we know already
          hear(new RoomStore.Published(next, decision.events()));
        }
        witness.saw(before, audience, decision.events(), nowMs);
        return decision;
      }
      // Somebody else was first. What that did is told before anything is decided on it.
      hearAll();
      if (stillAt(before)) {
        room = null; // not heard of yet: look again
      }
    }
    throw new IllegalStateException("room " + id + " changes too fast");
  }

  private boolean stillAt(Room before) {
    Room now = room;
    return now != null && now.epoch() == before.epoch() && now.seq() == before.seq();
  }

  /**
   * The same for a socket that may change its seat here: the others hear of that, it does not (rule
   * JN8).
   */
  @Nullable Decision applyUnheardBy(
      Session session, @Nullable UserId current, RoomCommand command) {
    if (current == null) {
      return apply(command);
    }
    session.connection().unsubscribe(id);
    try {
      return apply(command);
    } finally {
      if (holds(session, current)) {
        session.connection().subscribe(id);
      }
    }
  }

  /**
   * Does that for a user who has no socket any more, now or as soon as the store can be reached:
   * nobody else would, and the user would stay for ever.
   */
  void applyWithoutFail(UserId user, RoomCommand command) {
    try {
      apply(command);
    } catch (RuntimeException e) {
      owe(user, command);
      throw e;
    }
  }

  /** Does that later, unless that user has taken a seat by then. */
  void owe(UserId user, RoomCommand command) {
    owed.put(user, command);
    deadline.retry();
  }

  /** Does what is owed; whether nothing is left of it. */
  boolean settle() {
    for (Map.Entry<UserId, RoomCommand> debt : Map.copyOf(owed).entrySet()) {
      try {
        apply(debt.getValue());
        owed.remove(debt.getKey());
      } catch (RuntimeException e) {
        log.warn("Room {} still cannot be told of a loss: {}", id, e.toString());
      }
    }
    return owed.isEmpty();
  }

  /** Puts a socket in a user's seat; gives the seat that socket had before. */
  Session.@Nullable Seat seat(Session session, UserId userId, @Nullable String token) {
    owed.remove(userId);
    Session former = seats.put(userId, session);
    if (former != null && former != session) {
      replaced(former, userId);
    }
    session.connection().subscribe(id);
    return session.sit(new Session.Seat(this, userId, token));
  }

  private void replaced(Session former, UserId userId) {
    former.stand(this, userId);
    former.connection().unsubscribe(id);
    former.connection().send("session-replaced", Map.of());
  }

  /** Whether that socket holds that user's seat. */
  boolean holds(Session session, UserId userId) {
    return seats.get(userId) == session;
  }

  /** Takes the socket out of the seat, which the user may keep. */
  void unseat(Session session, UserId userId) {
    if (seats.remove(userId, session)) {
      session.stand(this, userId);
      session.connection().unsubscribe(id);
    }
  }

  /** The sockets in the room, by user. */
  Map<UserId, Session> seats() {
    return seats;
  }

  /** Notes whether clients of ours or base clients drive the film (rule TL8). */
  void drivenBy(Session session) {
    baseSync.drivenBy(session.resumable());
  }

  /** What that user has missed, or null when it is not known any more. */
  @Nullable List<List<Object>> missedAfter(long epoch, long seq, UserId user) {
    Room now = room;
    return history == null || now == null || now.epoch() != epoch ? null : history.after(seq, user);
  }

  /** Forgets everything when nobody needs it; the store keeps the room. */
  void retireIfUnused() {
    if (!retired && room == null && seats.isEmpty() && owed.isEmpty()) {
      retired = true;
      deadline.cancel();
      baseSync.cancel();
      viewers.clear();
      // First of all, so that nobody is given this object again whatever the store throws.
      context.retired(this);
      if (subscription != null) {
        subscription.close();
        subscription = null;
      }
    }
  }

  private void published(RoomStore.Published published) {
    // By way of one queue, so that a change of ours never goes before an older one of others.
    inbox.add(published);
    if (mailbox.isCurrent()) {
      hearAll();
    } else {
      mailbox.submit(this::hearAll);
    }
  }

  private void hearAll() {
    for (RoomStore.Published next = inbox.poll(); next != null; next = inbox.poll()) {
      hear(next);
    }
  }

  private void hear(RoomStore.Published published) {
    Room after = published.after();
    Room known = room;
    if (after != null) {
      if (known != null && after.epoch() == known.epoch() && after.seq() <= known.seq()) {
        return; // loaded with this change in it
      }
      adopt(after);
    }
    Room now = room;
    if (now == null) {
      return;
    }
    Room before = known == null ? now : known;
    for (RoomEvent event : published.events()) {
      if (event instanceof RoomEvent.Told told) {
        tell(now, told);
      }
      viewers.heard(event, before, now);
      if (viewers.matters(event)) {
        deadline.lookSoon();
      }
    }
    if (now.closed()) {
      clear();
      return;
    }
    if (after != null) {
      baseSync.follow(after.timeline());
    }
  }

  private void tell(Room now, RoomEvent.Told event) {
    Outbound out = context.encoder().encode(id, now.epoch(), event);
    Session except = out.except() == null ? null : seats.get(out.except());
    if (event instanceof RoomEvent.UserLeft left && except != null) {
      unseat(except, left.userId());
    }
    if (event instanceof RoomEvent.UserReturned returned && except != null) {
      // The seat is another socket's now, so what follows is not for this one (rule RS6).
      seats.remove(returned.userId(), except);
      replaced(except, returned.userId());
    }
    if (event instanceof RoomEvent.Change change && history != null) {
      history.add(change.seq(), out);
    }
    context.fanOut().send(id, out, except == null ? null : except.connection().id());
  }

  private void adopt(Room next) {
    if (history == null || room == null || room.epoch() != next.epoch()) {
      history = new EventHistory(next.seq());
    }
    room = next;
    position = new Position(next.epoch(), next.seq());
  }

  private void clear() {
    for (Map.Entry<UserId, Session> seat : Map.copyOf(seats).entrySet()) {
      unseat(seat.getValue(), seat.getKey());
    }
    owed.clear();
    viewers.clear();
    room = null;
    history = null;
    position = null;
  }

  /** Sends a late joiner or a base member the position for now (rules JN9, TL8). */
  void sendPosition(Session session, Room now) {
    long nowMs = context.clock().nowMs();
    session
        .connection()
        .send(
            "sync-update",
            new Payloads.SyncUpdate(
                now.timeline().targetAt(nowMs), now.timeline().playing(), nowMs));
  }
}
