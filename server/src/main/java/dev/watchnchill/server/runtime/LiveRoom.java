package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Refusal;
import dev.watchnchill.party.Right;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A room that this instance has members in: its cached state, its seats and its timers.
 *
 * <p>Everything here but {@link #position} is done in its {@link Mailbox}, one task at a time.
 */
final class LiveRoom {
  /** Other instances change a room too; nobody loses this often in a row. */
  private static final int COMMIT_TRIES = 1_000;

  /** A server far from the store may always come second: it says so instead of trying on. */
  private static final long BUSY_MAX_MS = 700;

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
  private final Witness witness;
  private @Nullable Room room;
  private boolean retired;
  // Whether the last commit found that somebody else was first.
  private boolean outrun;
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
    this.witness = new Witness(context.observations());
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
    return apply(command, _ -> true);
  }

  /** The same for a user whose socket here is gone, unless the seat is on another server now. */
  void applyIfHere(UserId user, RoomCommand command) {
    apply(
        command,
        before -> {
          Member member = before.members().find(user);
          return member != null && context.instances().self().equals(member.instance());
        });
  }

  /**
   * The same without waiting for the store. Null in the future when it could not be done so and
   * nothing has come of it: then {@link #apply(RoomCommand)} does it. That is so when the room is
   * not known here, its store is away or can only be waited for, and when somebody else was first.
   */
  CompletableFuture<@Nullable Decision> applyQuickly(RoomCommand command) {
    Room before = room;
    if (before == null || link.isAway()) {
      return CompletableFuture.completedFuture(null);
    }
    Audience audience = viewers.audience();
    long nowMs = context.clock().nowMs();
    Decision decision = decide(before, audience, command, nowMs);
    Room next = decision.next();
    if (next.seq() == before.seq()) {
      pass(before, audience, decision, nowMs);
      return CompletableFuture.completedFuture(decision);
    }
    CompletableFuture<Boolean> answer =
        context.store().commitAsync(before, next, decision.events());
    return answer == null
        ? CompletableFuture.completedFuture(null)
        : answer.thenApply(committed -> {
          if (committed) {
            committed(before, audience, decision, nowMs);
            return decision;
          }
          outrun = true;
          return null;
        });
  }

  /**
   * A seat that another server has by now is none here, even before its socket is told: what was
   * said on it comes too late (rule RS6).
   */
  private Decision decide(Room before, Audience audience, RoomCommand command, long nowMs) {
    UserId actor = command.right() == Right.NONE ? null : command.actor();
    Member member = actor == null ? null : before.members().find(actor);
    boolean elsewhere =
        member != null
            && !member.away()
            && member.instance() != null
            && !context.instances().self().equals(member.instance());
    return elsewhere
        ? Decision.refused(before, Refusal.NOT_A_MEMBER)
        : context.rules().decide(before, audience, command, nowMs);
  }

  /** Decides a command that never changes anything in the room, and passes on what comes of it. */
  void pass(RoomCommand command) {
    Room now = room;
    if (now != null) {
      Audience audience = viewers.audience();
      long nowMs = context.clock().nowMs();
      pass(now, audience, decide(now, audience, command, nowMs), nowMs);
    }
  }

  private void pass(Room before, Audience audience, Decision decision, long nowMs) {
    if (!decision.events().isEmpty()) {
      context.store().publish(id, decision.events());
      witness.saw(before, audience, decision.events(), nowMs);
    }
  }

  private void committed(Room before, Audience audience, Decision decision, long nowMs) {
    Room next = decision.next();
    // The store tells it too, then or later: what is known already is not told twice.
    hear(
        new RoomStore.Committed(
            Revision.of(before), Revision.of(next), _ -> next, decision.events()));
    witness.saw(before, audience, decision.events(), nowMs);
  }

  private @Nullable Decision apply(RoomCommand command, Predicate<Room> condition) {
    long begunAtMs = context.clock().nowMs();
    if (outrun) {
      outrun = false;
      catchUp();
    }
    for (int tries = 0; tries < COMMIT_TRIES; tries++) {
      Room before = state();
      if (before == null) {
        return null;
      }
      if (!condition.test(before)) {
        return Decision.nothing(before);
      }
      Audience audience = viewers.audience();
      long nowMs = context.clock().nowMs();
      Decision decision = decide(before, audience, command, nowMs);
      Room next = decision.next();
      if (next.seq() == before.seq()) {
        pass(before, audience, decision, nowMs);
        return decision;
      }
      if (link.isAway()) {
        throw new StoreUnavailableException("the store of room " + id + " is away");
      }
      if (context.store().commit(before, next, decision.events())) {
        committed(before, audience, decision, nowMs);
        return decision;
      }
      catchUp();
      if (context.clock().nowMs() - begunAtMs > BUSY_MAX_MS) {
        break;
      }
    }
    throw new RoomBusyException("room " + id + " changes too fast");
  }

  /** Somebody else was first. What that did is told before anything is decided on it. */
  private void catchUp() {
    if (!link.catchUp()) {
      link.lost();
      throw new StoreUnavailableException("room " + id + " is being put back");
    }
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
    }
  }

  private void adopt(Room next) {
    news.follow(next);
    room = next;
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
    debts.clear();
    presence.clear();
    crowd.clear();
    viewers.clear();
    room = null;
    news.forget();
    position = null;
  }
}
