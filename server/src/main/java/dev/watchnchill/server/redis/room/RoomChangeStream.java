package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.async.SerialTasks;
import dev.watchnchill.server.redis.client.ChannelListener;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Published;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.RoomStore.Subscriber;
import dev.watchnchill.server.store.RoomStore.Transient;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the changes of one room for the subscribers of this instance: its own commits, which it
 * knows first, and those of other instances, which arrive on the channel. Everything goes through
 * one queue, so that subscribers are called one at a time and may commit in turn.
 */
final class RoomChangeStream implements ChannelListener {
  private static final Logger log = LoggerFactory.getLogger(RoomChangeStream.class);

  /** The time that a gap has to fill by itself: a commit's answer may overtake a message. */
  private static final long GAP_TIMEOUT_MS = 100;

  /**
   * The time that commits wait after an outage. Instances reconnect within the longest delay
   * between two attempts to connect.
   */
  private static final long SETTLE_MS = RestoreScript.WINDOW_MS;

  /** The operations of the store that a stream needs. */
  interface Source {
    /** Returns the revision of the stored room, or null when there is none. */
    CompletableFuture<@Nullable Revision> currentRevision(RoomId id);

    /**
     * Returns the changes after a revision, as {@link
     * dev.watchnchill.server.store.RoomStore#since}.
     */
    CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known);

    /** Runs a task after a delay. */
    void later(long delayMs, Runnable task);

    /** Returns a future that completes after a delay. */
    CompletableFuture<Void> after(long delayMs);

    /** Checks the connection to the room's channel again. */
    void recheckChannel(RoomId id);
  }

  private final RoomId id;
  private final String origin;
  private final Source source;
  private final List<OpenSubscription> subscribers = new CopyOnWriteArrayList<>();
  // Own commits without an answer yet, by nonce.
  private final Map<String, PendingCommit> pendingCommits = new ConcurrentHashMap<>();
  private final SerialTasks tasks;
  // Only touched within the tasks.
  private final ChangeReorderBuffer reorderBuffer = new ChangeReorderBuffer();
  private boolean gapTimerRunning;
  private volatile CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

  /** An own commit, whose answer and message arrive on different connections. */
  private static final class PendingCommit {
    private enum Outcome {
      UNKNOWN,
      PUBLISHED,
      NO_ANSWER
    }

    final Committed change;
    private final AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.UNKNOWN);

    PendingCommit(Committed change) {
      this.change = change;
    }

    /** Records the message; returns false when the answer cannot complete the commit any more. */
    boolean published() {
      return outcome.compareAndSet(Outcome.UNKNOWN, Outcome.PUBLISHED) || isPublished();
    }

    boolean isPublished() {
      return outcome.get() == Outcome.PUBLISHED;
    }

    /**
     * Records a lost or negative answer; returns whether the message proves the commit all the
     * same.
     */
    boolean unanswered() {
      return !outcome.compareAndSet(Outcome.UNKNOWN, Outcome.NO_ANSWER);
    }
  }

  /** One open subscription. */
  static final class OpenSubscription {
    final Subscriber subscriber;
    volatile boolean open = true;

    OpenSubscription(Subscriber subscriber) {
      this.subscriber = subscriber;
    }
  }

  /**
   * @param origin the name of this instance, with which its own nonces begin
   */
  RoomChangeStream(RoomId id, String origin, Source source) {
    this.id = id;
    this.origin = origin;
    this.source = source;
    this.tasks =
        new SerialTasks(failure -> log.error("The stream of room {} has failed", id, failure));
  }

  /** Returns the open subscriptions. */
  List<OpenSubscription> subscribers() {
    return subscribers;
  }

  /** Sets the revision from which the stream continues. */
  void startAt(@Nullable Revision currentRevision) {
    submit(() -> reorderBuffer.resetTo(currentRevision));
  }

  /** Records that a commit of this instance was sent. */
  void commitStarted(String nonce, Committed change) {
    pendingCommits.put(nonce, new PendingCommit(change));
  }

  /** Records the answer to a commit, or that there will be none. */
  void commitFinished(String nonce, boolean committed) {
    PendingCommit pending = pendingCommits.remove(nonce);
    if (pending != null && (committed || pending.unanswered())) {
      submit(() -> accept(pending.change));
    }
  }

  /** Delivers transient events of this instance. */
  void deliverTransient(Transient events) {
    submit(() -> deliver(events));
  }

  @Override
  public void message(byte[] bytes) {
    PublishedMessage payload;
    try {
      payload = PublishedMessage.read(bytes);
    } catch (CorruptRecordException e) {
      log.error("Something was published about room {} that cannot be read", id, e);
      return;
    }
    boolean own = payload.nonce().startsWith(origin);
    switch (payload.kind()) {
      case TRANSIENT -> {
        if (!own) {
          submit(() -> logIfCorrupt(() -> deliver(payload.decodeTransient())));
        }
      }
      case RESTORED -> submit(() -> restartAt(payload.after()));
      case CHANGE -> {
        PendingCommit pending = own ? pendingCommits.get(payload.nonce()) : null;
        // An own change is nearly always known from its answer already: its message is not decoded.
        boolean known =
            pending == null
                ? own && reorderBuffer.hasDelivered(payload.after())
                : pending.published();
        if (!known) {
          submit(() -> change(payload, pending));
        }
      }
    }
  }

  @Override
  public void outageBegan() {
    submit(() -> notifySubscribers(Subscriber::outageBegan));
  }

  /** Returns a future that completes when changes may be committed again after an outage. */
  CompletableFuture<Void> settled() {
    return settled;
  }

  @Override
  public void outageEnded() {
    settled = source.after(SETTLE_MS);
    tasks.submit(() ->
        source
            .currentRevision(id)
            .handle((currentRevision, failure) -> {
              if (failure == null) {
                restartAt(currentRevision);
              } else {
                source.recheckChannel(id); // whose end calls this method again
              }
              return true;
            }));
  }

  private void change(PublishedMessage payload, @Nullable PendingCommit pending) {
    if (pending != null) {
      accept(pending.change);
    } else if (!reorderBuffer.hasDelivered(payload.after())) {
      logIfCorrupt(() -> accept(payload.decodeChange()));
    }
  }

  private void logIfCorrupt(Runnable task) {
    try {
      task.run();
    } catch (CorruptRecordException e) {
      // The next change finds the gap.
      log.error("A change of room {} cannot be read", id, e);
    }
  }

  private void accept(Committed change) {
    reorderBuffer.add(change);
    reorderBuffer.drainTo(this::deliver);
    if (reorderBuffer.hasGap()) {
      // Another instance continued from an own commit, and its message was faster than our answer.
      pendingCommits.values().stream()
          .filter(PendingCommit::isPublished)
          .forEach(pending -> reorderBuffer.add(pending.change));
      reorderBuffer.drainTo(this::deliver);
    }
    if (reorderBuffer.hasGap() && !gapTimerRunning) {
      gapTimerRunning = true;
      source.later(GAP_TIMEOUT_MS, () -> tasks.submit(this::fillGap));
    }
  }

  /** Asks the store for the changes that are missing. */
  private CompletableFuture<?> fillGap() {
    gapTimerRunning = false;
    Revision known = reorderBuffer.position();
    if (!reorderBuffer.hasGap() || known == null) {
      return Futures.done();
    }
    return source
        .since(id, known)
        .handle((missed, failure) -> {
          if (failure != null) {
            source.recheckChannel(id);
          } else if (missed == null) {
            reorderBuffer.skipGap();
            notifySubscribers(Subscriber::outageEnded);
          } else {
            missed.forEach(reorderBuffer::add);
            reorderBuffer.drainTo(this::deliver);
          }
          return true;
        });
  }

  /** Continues from a revision, when earlier changes may have been lost. */
  private void restartAt(@Nullable Revision currentRevision) {
    reorderBuffer.resetTo(currentRevision);
    notifySubscribers(Subscriber::outageEnded);
  }

  private void deliver(Published published) {
    notifySubscribers(subscriber -> subscriber.published(published));
  }

  private void notifySubscribers(Consumer<Subscriber> action) {
    for (OpenSubscription subscription : subscribers) {
      if (subscription.open) {
        try {
          action.accept(subscription.subscriber);
        } catch (RuntimeException e) {
          // The change is committed: the writer and the other subscribers must receive it.
          log.error("A subscriber of room {} failed", id, e);
        }
      }
    }
  }

  private void submit(Runnable task) {
    tasks.submit(() -> {
      task.run();
      return Futures.done();
    });
  }
}
