package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.async.SerialTasks;
import dev.watchnchill.server.runtime.broadcast.BaseClientSync;
import dev.watchnchill.server.runtime.broadcast.JoinSnapshot;
import dev.watchnchill.server.runtime.broadcast.LargeRoomPresence;
import dev.watchnchill.server.runtime.broadcast.LiveRoom;
import dev.watchnchill.server.runtime.broadcast.RoomBroadcaster;
import dev.watchnchill.server.runtime.broadcast.RoomResync;
import dev.watchnchill.server.runtime.broadcast.ViewerTracker;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.session.SeatTable;
import dev.watchnchill.server.runtime.session.SeatedRoom;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room that this instance has members in: its cached state, its seats and its timers.
 *
 * <p>All methods but {@link #position} and {@link #submit} are called within its tasks, one at a
 * time.
 */
public final class RoomActor implements LiveRoom, SeatedRoom {
  private static final Logger log = LoggerFactory.getLogger(RoomActor.class);

  private final RoomId id;
  private final RoomContext context;
  private final Consumer<RoomActor> onRetired;
  private final SerialTasks tasks =
      new SerialTasks(failure -> log.error("A task of a room failed; the room goes on", failure));
  private final SeatTable seats;
  private final OtherInstances others;
  private final StoreSync store;
  private final RoomLoader loader;
  private final RoomResync resync;
  private final JoinSnapshot snapshot;
  private final RoomBroadcaster broadcaster;
  private final SeatReconciler reconciler;
  private final LargeRoomPresence presence;
  private final RoomTimer timer;
  private final BaseClientSync baseSync;
  private final ViewerTracker viewers;
  private final RoomCommitter committer;
  private final RoomCommandRunner commands;
  private final PendingDepartures departures;
  private final RoomLeases leases;
  private final WaitingClients waiting = new WaitingClients();
  private final HostTokenIssuer hostTokens;
  private final CachedState state;
  private final EventApplier events;
  private boolean retired;

  public RoomActor(RoomId id, RoomContext context, Consumer<RoomActor> onRetired) {
    this.id = id;
    this.onRetired = onRetired;
    this.context = context;
    this.seats = new SeatTable(this, id);
    this.others = new OtherInstances(this, context);
    this.store = new StoreSync(this, others, context);
    this.loader = new RoomLoader(this, store, context);
    this.resync = new RoomResync(this, context);
    this.snapshot = new JoinSnapshot(this, context);
    this.broadcaster = new RoomBroadcaster(this, context);
    this.reconciler = new SeatReconciler(this, context);
    this.presence = new LargeRoomPresence(this, context);
    this.timer = new RoomTimer(this, context);
    this.baseSync = new BaseClientSync(this, context);
    this.viewers = new ViewerTracker(this, context);
    this.committer = new RoomCommitter(this, store, context);
    this.commands = new RoomCommandRunner(this, committer);
    this.departures = new PendingDepartures(this, committer, timer);
    this.leases = new RoomLeases(context);
    this.hostTokens = new HostTokenIssuer(this, context);
    this.state = new CachedState(broadcaster, context);
    this.events = new EventApplier(state, broadcaster, reconciler, viewers, timer, leases, waiting);
  }

  @Override
  public RoomId id() {
    return id;
  }

  /** Runs a task when all before it have ended, also when the actor has retired by then. */
  public void submit(SerialTasks.Task task) {
    tasks.submit(task);
  }

  /** Runs a member's command when all tasks before it have ended. */
  public void submit(RoomCommandRunner.ClientCommand command) {
    tasks.submit(commands, command);
  }

  /** Runs a task when all before it have ended, unless the actor has retired by then. */
  void enqueueTask(SerialTasks.Task task) {
    tasks.submit(() -> retired ? Futures.done() : task.start());
  }

  @Override
  public void enqueue(Runnable work) {
    enqueueTask(() -> {
      work.run();
      return Futures.done();
    });
  }

  @Override
  public @Nullable Position position() {
    return state.position();
  }

  /** Returns whether this actor is retired, so that the caller has to get another one. */
  public boolean retired() {
    return retired;
  }

  @Override
  public @Nullable Room cachedState() {
    return state.room();
  }

  @Override
  public boolean isAway() {
    return store.isAway();
  }

  /** Returns the room's state, loaded from the store at first; null when there is no such room. */
  public CompletableFuture<@Nullable Room> state() {
    Room room = state.room();
    return room != null ? Futures.<@Nullable Room>of(room) : loader.load();
  }

  /** Starts with a room that was loaded, and the last changes that the store has of it. */
  Room startLoaded(Room loaded, List<RoomStore.Committed> recent) {
    presence.begin(loaded);
    state.set(loaded);
    broadcaster.remember(loaded, recent);
    viewers.loaded(loaded);
    baseSync.follow(loaded.timeline());
    timer.set(context.rules().nextDeadlineMs(loaded, viewers.audience()));
    others.check();
    reconciler.checkLater();
    return loaded;
  }

  /** Starts with a new room. */
  void startCreated(Room created) {
    presence.begin(created);
    state.set(created);
    others.created();
    timer.set(context.rules().nextDeadlineMs(created));
  }

  /** Begins an outage: the store did not answer. */
  public void storeLost() {
    store.lost();
  }

  /** Ends a room that expired with members in it: they get {@code room-closed} (rule RS8). */
  void expired() {
    broadcaster.expired();
    clear();
  }

  /** Stores a new room under this id; false when the id is taken. */
  public CompletableFuture<Boolean> create(Room created) {
    return state.room() != null ? Futures.of(false) : loader.create(created);
  }

  /** Decides on a command and commits the decision; null when there is no such room. */
  public CompletableFuture<@Nullable Decision> apply(RoomCommand command) {
    return committer.apply(command);
  }

  /** Applies a command that never changes the room, such as a player's report. */
  public void applyTransient(RoomCommand command) {
    committer.applyTransient(command);
  }

  /** Applies a command when all tasks before it have ended. */
  void applyLater(RoomCommand command) {
    enqueueTask(() ->
        apply(command)
            .handle((_, failure) -> {
              switch (failure == null ? null : Futures.cause(failure)) {
                case null -> {}
                case StoreUnavailableException _ -> store.lost();
                case RoomBusyException _ -> timer.checkSoon(); // what is due stays due
                default -> log.error("{} failed in room {}", command, id, failure);
              }
              retireIfUnused();
              return true;
            }));
  }

  /** Returns the departures of members without a socket. */
  public PendingDepartures departures() {
    return departures;
  }

  /** Gives a member's seat to a socket; returns the seat that the socket had before. */
  public Session.@Nullable Seat seat(Session session, UserId userId, @Nullable String token) {
    departures.cancel(userId);
    Session.Seat former = seats.take(session, userId, token);
    Room room = state.room();
    if (room != null) {
      hostTokens.follow(room);
    }
    return former;
  }

  /** Returns whether a socket has a member's seat. */
  public boolean holds(Session session, UserId userId) {
    return seats.holds(session, userId);
  }

  /** Removes the socket from the seat, which the member may keep. */
  public void unseat(Session session, UserId userId) {
    seats.leave(session, userId);
  }

  @Override
  public RoomBroadcaster broadcaster() {
    return broadcaster;
  }

  @Override
  public LargeRoomPresence presence() {
    return presence;
  }

  /** Returns the leases that the room holds for client addresses. */
  public RoomLeases leases() {
    return leases;
  }

  /** Returns the sockets here that wait to be let in. */
  public WaitingClients waiting() {
    return waiting;
  }

  @Override
  public JoinSnapshot snapshot() {
    return snapshot;
  }

  /** Returns the reconciler of the member list with the sockets here. */
  public SeatReconciler reconciler() {
    return reconciler;
  }

  @Override
  public SeatTable seats() {
    return seats;
  }

  @Override
  public ViewerTracker viewers() {
    return viewers;
  }

  @Override
  public void afterBroadcast(RoomEvent.BroadcastEvent event, Room now) {
    reconciler.afterBroadcast(event, now);
  }

  /** Retires the actor when it is not needed here any more; the store keeps the room. */
  public void retireIfUnused() {
    if (retired
        || !seats.isEmpty()
        || !waiting.isEmpty()
        || !departures.isEmpty()
        || store.mustAskWhoIsPresent()) {
      return;
    }
    Room room = state.room();
    if (room != null && !others.keepGoing(room)) {
      return;
    }
    retired = true;
    timer.cancel();
    baseSync.cancel();
    viewers.clear();
    presence.clear();
    leases.retired();
    state.end();
    // Before the store, which may throw: this actor must not be used again.
    onRetired.accept(this);
    store.close();
  }

  /**
   * Applies what the store has published, and what this instance has committed. A change that is
   * applied already has no effect.
   */
  void applyPublished(RoomStore.Published published) {
    Room cached = state.room();
    if (cached == null) {
      return; // it will be loaded whole
    }
    switch (published) {
      case RoomStore.Transient passed -> events.apply(cached, cached, passed.events());
      case RoomStore.Committed change -> {
        var here = RoomStore.Revision.of(cached);
        if (change.after().epoch() == here.epoch() && change.after().seq() <= here.seq()) {
          return;
        }
        if (!change.before().equals(here)) {
          store.missed();
          return;
        }
        Room after = change.update().applyTo(cached);
        presence.beforeChange(cached, after);
        state.set(after);
        events.apply(cached, after, change.events());
        if (after.closed()) {
          clear();
        } else {
          updatePosition();
          presence.afterChange(after);
          hostTokens.follow(after);
          baseSync.follow(after.timeline());
        }
      }
    }
  }

  /** Continues from a stored state, with a gap in what the members here have received. */
  void resyncTo(Room stored) {
    Room cached = state.room();
    if (cached == null) {
      presence.begin(stored);
    } else {
      presence.beforeChange(cached, stored);
    }
    broadcaster.startFrom(stored);
    state.set(stored);
    viewers.loaded(stored);
    waiting.resynced(stored);
    hostTokens.follow(stored);
    if (cached != null) {
      reconciler.resynced(cached);
      resync.send(cached, stored);
      presence.resynced(stored);
    }
    baseSync.follow(stored.timeline());
    timer.checkSoon();
  }

  @Override
  public void updatePosition() {
    state.updatePosition();
  }

  private void clear() {
    seats.clear();
    leases.ended();
    departures.clear();
    reconciler.clear();
    waiting.clear();
    presence.clear();
    viewers.clear();
    state.clear();
  }
}
