package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.RoomStore.Published;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Synchronises a live room with the store: receives what is committed elsewhere, fetches what was
 * missed, waits for the end of an outage, and restores what the store has lost (rules IN5 to IN8).
 *
 * <p>Everything but what the store calls is done within the actor's tasks.
 */
final class StoreSync implements RoomStore.Subscriber {
  private static final Logger log = LoggerFactory.getLogger(StoreSync.class);

  /** Interval at which a store in an outage is asked, and one that looks for the newest copy. */
  private static final long PROBE_MS = 200;

  /** Publications are not acknowledged, so a room that has received none asks nevertheless. */
  private static final long AUDIT_MS = 10_000;

  private final RoomActor room;
  private final OtherInstances others;
  private final RoomId id;
  private final RoomContext context;
  // What the store has published, in its order, until it is applied.
  private final Queue<Published> inbox = new ConcurrentLinkedQueue<>();
  // The events of the commit under way; its publication is not for the inbox.
  private volatile @Nullable List<RoomEvent> committing;
  private volatile @Nullable Published ownChange;
  // The thread that publishes transient events now, and applies them itself.
  private volatile @Nullable Thread publisher;
  private RoomStore.@Nullable Subscription subscription;
  private Scheduler.@Nullable Timer probe;
  private Scheduler.@Nullable Timer audit;
  private boolean away;
  private boolean willCheck;
  // Whether the room was restored from here, and may be older than what was lost.
  private boolean restoredHere;

  StoreSync(RoomActor room, OtherInstances others, RoomContext context) {
    this.room = room;
    this.others = others;
    this.id = room.id();
    this.context = context;
  }

  /** Returns whether the store cannot be reached, so that changes are rejected. */
  boolean isAway() {
    return away;
  }

  /**
   * Returns whether the other instances are still to be asked for their members: after a
   * restoration, after a load, and after an outage.
   */
  boolean mustAskWhoIsPresent() {
    return (restoredHere && room.cachedState() != null) || others.mustAsk();
  }

  /** Subscribes to the room, when it has not done so. */
  CompletableFuture<?> open() {
    if (subscription != null) {
      return Futures.done();
    }
    return context
        .instances()
        .keep(id)
        .thenCompose(_ -> context.store().subscribe(id, this))
        .thenAccept(opened -> {
          subscription = opened;
          if (context.instances().shared()) {
            auditLater();
          }
        });
  }

  void close() {
    probe = cancelled(probe);
    audit = cancelled(audit);
    context.instances().release(id);
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
  }

  /** Commits a change; the caller applies it when it was committed. */
  CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events) {
    committing = events;
    CompletableFuture<Boolean> answer = context.store().commit(before, next, events);
    if (answer.isDone()) {
      answered(answer);
      return answer;
    }
    return answer.whenComplete((_, _) -> answered(answer));
  }

  private void answered(CompletableFuture<Boolean> answer) {
    committing = null;
    Published own = ownChange;
    ownChange = null;
    // No answer came, but its publication did: then it was committed.
    if (own != null && answer.isCompletedExceptionally()) {
      published(own);
    }
  }

  /** Publishes transient events, which the members here receive at once. */
  void publish(List<RoomEvent> events) {
    publisher = Thread.currentThread();
    try {
      context.store().publish(id, events);
    } finally {
      publisher = null;
    }
    applyInbox();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the very list of the commit, see RoomStore.Subscriber
  public void published(Published published) {
    if (published instanceof RoomStore.Committed && published.events() == committing) {
      ownChange = published; // the committer applies it
      return;
    }
    // By way of one queue, so that all are applied in their order. A change is applied when the
    // task under way has ended: it may follow a change of this instance that is not applied yet,
    // and the socket that joins by that change is not to receive it twice (rule JN8).
    inbox.add(published);
    if (publisher != Thread.currentThread()) {
      room.enqueue(() -> {
        applyInbox();
        if (room.seats().isEmpty()) {
          room.retireIfUnused();
        }
      });
    }
  }

  @Override
  public void outageBegan() {
    room.enqueue(this::lost);
  }

  @Override
  public void outageEnded() {
    room.enqueueTask(this::check);
  }

  private void applyInbox() {
    for (Published next = inbox.poll(); next != null; next = inbox.poll()) {
      room.applyPublished(next);
    }
  }

  /** Begins an outage: changes are rejected until the store answers. */
  void lost() {
    if (room.cachedState() == null) {
      return;
    }
    if (!away) {
      away = true;
      others.outageBegan();
      room.broadcaster().availability(false);
    }
    if (probe == null) {
      probe =
          context
              .scheduler()
              .after(
                  PROBE_MS,
                  () ->
                      room.enqueueTask(() -> {
                        probe = null;
                        return check();
                      }));
    }
  }

  /** Fetches a missed publication when the task under way has ended. */
  void missed() {
    if (!willCheck) {
      willCheck = true;
      room.enqueueTask(this::check);
    }
  }

  /** Synchronises room and store, and ends or begins an outage by the result. */
  private CompletableFuture<?> check() {
    willCheck = false;
    boolean wasAway = away;
    return Futures.call(this::catchUpAndAsk)
        .handle((upToDate, failure) -> {
          if (failure != null) {
            checkFailed(Futures.cause(failure), wasAway);
          } else if (!upToDate) {
            lost();
          } else {
            upToDate(wasAway);
          }
          return upToDate;
        });
  }

  private void checkFailed(Throwable cause, boolean wasAway) {
    if (!(cause instanceof StoreUnavailableException)) {
      log.error("Room {} could not be brought up to date", id, cause);
    }
    away = wasAway;
    lost();
  }

  private void upToDate(boolean wasAway) {
    probe = cancelled(probe);
    if (wasAway) {
      room.broadcaster().availability(true);
      others.check();
    }
    room.retireIfUnused();
  }

  private CompletableFuture<Boolean> catchUpAndAsk() {
    return catchUp()
        .thenCompose(caughtUp -> {
          if (!caughtUp) {
            return Futures.of(false);
          }
          away = false;
          return restoredHere ? askWhoIsPresent().thenApply(_ -> true) : Futures.of(true);
        });
  }

  /**
   * Brings the room to the stored revision, or restores the room when the store has lost it;
   * returns false when that takes a moment yet.
   */
  CompletableFuture<Boolean> catchUp() {
    applyInbox();
    Room known = room.cachedState();
    if (known == null) {
      return Futures.of(true);
    }
    return context
        .store()
        .since(id, RoomStore.Revision.of(known))
        .thenCompose(missed -> {
          if (missed != null) {
            missed.forEach(room::applyPublished);
            return Futures.of(true);
          }
          // Too far back for the store, perhaps, while what was missed has arrived after all.
          applyInbox();
          Room now = room.cachedState();
          return now != null && RoomStore.Revision.of(now).equals(RoomStore.Revision.of(known))
              ? reconcile(known)
              : catchUp();
        });
  }

  /** Resolves a difference that the published changes cannot explain. */
  private CompletableFuture<Boolean> reconcile(Room known) {
    return context
        .store()
        .load(id)
        .thenCompose(stored -> {
          if (stored == null || older(stored, known)) {
            return restore(known);
          }
          goOnFrom(known, stored);
          return Futures.of(true);
        });
  }

  private CompletableFuture<Boolean> restore(Room known) {
    if (context.clock().nowMs() >= known.lastWriteMs() + context.rules().limits().roomLifeMs()) {
      room.expired();
      return Futures.of(true);
    }
    // The store may have lost the leases too: without one, a room whose only instance dies right
    // after this would be nobody's.
    return context
        .instances()
        .keep(id)
        .thenCompose(_ -> context.store().restore(known))
        .thenCompose(outcome ->
            switch (outcome) {
              case RETRY_LATER -> Futures.of(false);
              case RESTORED, SUPERSEDED -> adopt(known, outcome);
            });
  }

  private CompletableFuture<Boolean> adopt(Room known, Restoration outcome) {
    return context
        .store()
        .load(id)
        .thenApply(stored -> {
          if (stored == null) {
            return false; // the store has lost it again
          }
          goOnFrom(known, stored);
          if (outcome == Restoration.RESTORED) {
            restoredHere = true;
            missed();
          }
          return true;
        });
  }

  /**
   * Marks all members on other instances as away, since their departure may have been lost; their
   * instances mark present members again (rule IN4).
   */
  private CompletableFuture<?> askWhoIsPresent() {
    Room known = room.cachedState();
    Set<InstanceId> elsewhere = known == null ? Set.of() : others.of(known);
    CompletableFuture<?> asked =
        elsewhere.isEmpty()
            ? Futures.done()
            : room.apply(new RoomCommand.MarkInstancesDead(elsewhere, context.clock().nowMs()));
    return asked.thenRun(() -> restoredHere = false);
  }

  private void goOnFrom(Room known, Room stored) {
    if (!RoomStore.Revision.of(stored).equals(RoomStore.Revision.of(known))) {
      room.resyncTo(stored);
    }
  }

  private static boolean older(Room stored, Room known) {
    return stored.epoch() < known.epoch()
        || (stored.epoch() == known.epoch() && stored.seq() < known.seq());
  }

  private void auditLater() {
    audit = context.scheduler().after(AUDIT_MS, () -> room.enqueueTask(this::audit));
  }

  private CompletableFuture<?> audit() {
    if (subscription == null) {
      return Futures.done();
    }
    auditLater();
    return check().thenRun(others::check);
  }

  private static Scheduler.@Nullable Timer cancelled(Scheduler.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
    return null;
  }
}
