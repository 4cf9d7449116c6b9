package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A room that this instance has members in: its cached state, its seats and its timers.
 *
 * <p>Everything here but {@link #position} is done in its {@link Mailbox}, one task at a time.
 */
final class LiveRoom {
  /** A place in the room's stream (rule SQ1). */
  record Position(long epoch, long seq) {}

  private final RoomId id;
  private final RoomContext context;
  private final Consumer<LiveRoom> onRetired;
  private final Mailbox mailbox;
  private final Seats seats;
  private final StoreLink link;
  private final Resync resync;
  private final Welcome welcome;
  private final News news;
  private final Presence presence;
  private final Crowd crowd;
  private final Debts debts;
  private final Deadline deadline;
  private final BaseSync baseSync;
  private final Viewers viewers;
  private final Commits commits;
  private final RoomLeases leases;
  private final RoomFootprint footprint;
  private @Nullable Room room;
  private boolean retired;
  private volatile @Nullable Position position;

  LiveRoom(RoomId id, RoomContext context, Consumer<LiveRoom> onRetired) {
    this.id = id;
    this.onRetired = onRetired;
    this.context = context;
    this.mailbox = new Mailbox(context.executor());
    this.seats = new Seats(this, id);
    this.link = new StoreLink(this, context);
    this.resync = new Resync(this, context);
    this.welcome = new Welcome(this, context);
    this.news = new News(this, context);
    this.presence = new Presence(this, context);
    this.crowd = new Crowd(this, context);
    this.debts = new Debts(this);
    this.deadline = new Deadline(this, context);
    this.baseSync = new BaseSync(this, context);
    this.viewers = new Viewers(this, context);
    this.commits = new Commits(this, link, context);
    this.leases = new RoomLeases(context);
    this.footprint = new RoomFootprint(context.memory());
  }

  RoomId id() {
    return id;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /**
   * Does that when what is going on in the room is done, unless the room is out of use by then.
   *
   * @param task may wait
   */
  void inTurn(Runnable task) {
    mailbox.submit(() -> unlessRetired(task));
  }

  /** The same for what never waits; whether that is enough, or the task is to be done as well. */
  void inTurn(BooleanSupplier quick, Runnable task) {
    mailbox.submit(
        () -> retired || quick.getAsBoolean() ? Mailbox.DONE : Mailbox.NOT_QUICKLY,
        () -> unlessRetired(task));
  }

  private void unlessRetired(Runnable task) {
    if (!retired) {
      task.run();
    }
  }

  Viewers viewers() {
    return viewers;
  }

  /** Up to where the stream is told, or null; from any thread. */
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

  /** Whether changes are refused because the store is away. */
  boolean isAway() {
    return link.isAway();
  }

  /** The room's state, or null when there is no such room. */
  @Nullable Room state() {
    if (room == null) {
      link.open();
      Room loaded = context.store().load(id);
      if (loaded != null) {
        List<RoomStore.Committed> recent = context.store().recent(id, Revision.of(loaded));
        crowd.begin(loaded);
        adopt(loaded);
        news.remember(recent);
        viewers.loaded(loaded);
        baseSync.follow(loaded.timeline());
        deadline.set(context.rules().nextDeadlineMs(loaded, viewers.audience()));
        link.lookForDead();
        presence.lookLater();
      }
    }
    return room;
  }

  /** The store did not answer. */
  void storeLost() {
    link.lost();
  }

  /** The store has let the room expire while people were in it: they are told (rule RS8). */
  void vanished() {
    news.expired();
    clear();
  }

  /** Keeps a new room under this id; false when the id is taken. */
  boolean create(Room created) {
    if (room != null) {
      return false;
    }
    link.open();
    try {
      if (!context.store().create(created)) {
        return false;
      }
    } catch (StoreUnavailableException e) {
      // It may be there all the same, with people in it who do not know.
      created
          .members()
          .list()
          .forEach(member -> owe(member.id(), new RoomCommand.Leave(member.id())));
      throw e;
    }
    // Not loaded: once it is kept, nothing may fail any more, or it would be kept for nobody.
    crowd.begin(created);
    adopt(created);
    deadline.set(context.rules().nextDeadlineMs(created));
    return true;
  }

  /** Decides that command and commits what comes of it; null when there is no such room. */
  @Nullable Decision apply(RoomCommand command) {
    return commits.apply(command);
  }

  /** As {@link Commits#applyIfHere}. */
  void applyIfHere(UserId user, RoomCommand command) {
    commits.applyIfHere(user, command);
  }

  /** As {@link Commits#applyQuickly}. */
  CompletableFuture<@Nullable Decision> applyQuickly(RoomCommand command) {
    return commits.applyQuickly(command);
  }

  /** As {@link Commits#pass}. */
  void pass(RoomCommand command) {
    commits.pass(command);
  }

  /** Does that when what is going on in the room is done. */
  void applyLater(RoomCommand command) {
    inTurn(() -> {
      try {
        apply(command);
      } catch (StoreUnavailableException e) {
        link.lost();
      } catch (RoomBusyException e) {
        deadline.lookSoon(); // others are at it; what is due stays due
      }
      retireIfUnused();
    });
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
      applyIfHere(user, command);
    } catch (RuntimeException e) {
      owe(user, command);
      throw e;
    }
  }

  /** Does that later, unless that user has taken a seat by then. */
  void owe(UserId user, RoomCommand command) {
    debts.add(user, command);
    deadline.retry();
  }

  /** Does what is owed; whether nothing is left of it. */
  boolean settle() {
    return debts.settle();
  }

  /** Puts a socket in a user's seat; gives the seat that socket had before. */
  Session.@Nullable Seat seat(Session session, UserId userId, @Nullable String token) {
    debts.forgive(userId);
    return seats.take(session, userId, token);
  }

  /** Whether that socket holds that user's seat. */
  boolean holds(Session session, UserId userId) {
    return seats.holds(session, userId);
  }

  /** Takes the socket out of the seat, which the user may keep. */
  void unseat(Session session, UserId userId) {
    seats.leave(session, userId);
  }

  /** What its members are told. */
  News news() {
    return news;
  }

  /** How its members hear of people when they are very many. */
  Crowd crowd() {
    return crowd;
  }

  /** What the room counts for client addresses. */
  RoomLeases leases() {
    return leases;
  }

  /** What a socket is told when it comes in. */
  Welcome welcome() {
    return welcome;
  }

  /** What is thought of the sockets here. */
  Presence presence() {
    return presence;
  }

  /** The sockets in the room. */
  Seats seats() {
    return seats;
  }

  /** The same as {@link #retireIfUnused}, which may wait, when it can come to anything. */
  void retireLater() {
    if (!retired && seats.isEmpty()) {
      inTurn(this::retireIfUnused);
    }
  }

  /** Forgets everything when nobody needs it here; the store keeps the room. */
  void retireIfUnused() {
    if (retired || !seats.isEmpty() || !debts.isEmpty() || link.isUnsure()) {
      return;
    }
    if (room != null && !link.othersLookAfter(room)) {
      return;
    }
    retired = true;
    deadline.cancel();
    baseSync.cancel();
    viewers.clear();
    crowd.clear();
    leases.retired();
    footprint.end();
    // First of all, so that nobody is given this object again whatever the store throws.
    onRetired.accept(this);
    link.close();
  }

  /** Takes in what the store has published. What is known already changes nothing. */
  void hear(RoomStore.Published published) {
    Room known = room;
    if (known == null) {
      return; // whoever loads it gets it whole
    }
    switch (published) {
      case RoomStore.Passed passed -> tell(known, known, passed.events());
      case RoomStore.Committed change -> {
        Revision here = Revision.of(known);
        if (change.after().epoch() == here.epoch() && change.after().seq() <= here.seq()) {
          return;
        }
        if (!change.before().equals(here)) {
          link.missed();
          return;
        }
        Room after = change.update().applyTo(known);
        crowd.before(known, after);
        adopt(after);
        tell(known, after, change.events());
        if (after.closed()) {
          clear();
        } else {
          placed();
          crowd.after(after);
          baseSync.follow(after.timeline());
        }
      }
    }
  }

  /** Goes on from there, with a hole in what is known. */
  void jump(Room stored) {
    Room known = room;
    if (known == null) {
      crowd.begin(stored);
    } else {
      crowd.before(known, stored);
    }
    news.startFrom(stored);
    adopt(stored);
    viewers.loaded(stored);
    if (known != null) {
      presence.jumped(known);
      resync.tell(known, stored);
      crowd.jumped(stored);
    }
    baseSync.follow(stored.timeline());
    deadline.lookSoon();
  }

  private void tell(Room before, Room now, List<RoomEvent> events) {
    try {
      for (RoomEvent event : events) {
        news.heard(event);
        leases.heard(event);
        if (event instanceof RoomEvent.Told told) {
          presence.hears(told, before);
          news.tell(now, told);
        }
        viewers.heard(event, before, now);
        if (viewers.matters(event)) {
          deadline.lookSoon();
        }
      }
    } finally {
      news.send();
      footprint.update(now, news.historyBytes());
    }
  }

  private void adopt(Room next) {
    news.follow(next);
    room = next;
    footprint.update(next, news.historyBytes());
    placed();
  }

  /** What is told by now is told. */
  void placed() {
    Room now = room;
    if (now != null) {
      position = new Position(now.epoch(), news.told());
    }
  }

  private void clear() {
    seats.clear();
    leases.ended();
    footprint.end();
    debts.clear();
    presence.clear();
    crowd.clear();
    viewers.clear();
    room = null;
    news.forget();
    position = null;
  }
}
