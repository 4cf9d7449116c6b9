package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.async.SerialTasks;
import dev.watchnchill.server.redis.client.ChannelListener;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Passed;
import dev.watchnchill.server.store.RoomStore.Published;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.RoomStore.Subscriber;
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
 * What happens in one room, brought into order for the subscribers of this server: its own commits,
 * which it knows first, and those of others, which come by the channel. Everything goes through one
 * queue, so that subscribers are called one at a time and may commit in turn.
 */
final class RoomStream implements ChannelListener {
  private static final Logger log = LoggerFactory.getLogger(RoomStream.class);

  /** How long a hole is given to fill by itself: a commit's answer may overtake a publication. */
  private static final long PATIENCE_MS = 100;

  /**
   * For how long nothing is committed after the room could not be reached. Servers find their way
   * back within the longest pause between two attempts to connect.
   */
  private static final long SETTLE_MS = RestoreScript.WINDOW_MS;

  /** What it needs of its store. */
  interface Source {
    /** Returns the revision of the room, or null when there is none. */
    CompletableFuture<@Nullable Revision> standing(RoomId id);

    /** As {@link dev.watchnchill.server.store.RoomStore#since}. */
    CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known);

    /** Runs a task a little later. */
    void later(long delayMs, Runnable task);

    /** Done after so many ms. */
    CompletableFuture<Void> after(long delayMs);

    /** The connection is to be looked at anew. */
    void suspect(RoomId id);
  }

  private final RoomId id;
  private final String origin;
  private final Source source;
  private final List<Open> subscribers = new CopyOnWriteArrayList<>();
  // Own commits without an answer yet, by nonce.
  private final Map<String, Attempt> underWay = new ConcurrentHashMap<>();
  private final SerialTasks tasks;
  // Only touched within the tasks.
  private final ChangeSequencer order = new ChangeSequencer();
  private boolean patient;
  private volatile CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

  /** An own commit; the answer to it and its publication come by different connections. */
  private static final class Attempt {
    private enum Heard {
      NOTHING,
      PUBLICATION,
      NO_ANSWER
    }

    final Committed change;
    private final AtomicReference<Heard> heard = new AtomicReference<>(Heard.NOTHING);

    Attempt(Committed change) {
      this.change = change;
    }

    /** It was published; false when nobody will hear from the answer any more that it is done. */
    boolean published() {
      return heard.compareAndSet(Heard.NOTHING, Heard.PUBLICATION) || isPublished();
    }

    boolean isPublished() {
      return heard.get() == Heard.PUBLICATION;
    }

    /**
     * There was no answer, or one that it was not done; whether it is known to be done all the
     * same.
     */
    boolean unanswered() {
      return !heard.compareAndSet(Heard.NOTHING, Heard.NO_ANSWER);
    }
  }

  /** One subscription. */
  static final class Open {
    final Subscriber subscriber;
    volatile boolean open = true;

    Open(Subscriber subscriber) {
      this.subscriber = subscriber;
    }
  }

  /**
   * @param origin who this server is: its own publications begin with it
   */
  RoomStream(RoomId id, String origin, Source source) {
    this.id = id;
    this.origin = origin;
    this.source = source;
    this.tasks =
        new SerialTasks(failure -> log.error("The stream of room {} has failed", id, failure));
  }

  /** The open subscriptions. */
  List<Open> subscribers() {
    return subscribers;
  }

  /** The room stands there; what was published before is known. */
  void beginAt(@Nullable Revision standing) {
    submit(() -> order.startAt(standing));
  }

  /** A commit of this server is under way. */
  void trying(String nonce, Committed change) {
    underWay.put(nonce, new Attempt(change));
  }

  /** It is done, or it never will be known whether it was. */
  void tried(String nonce, boolean committed) {
    Attempt mine = underWay.remove(nonce);
    if (mine != null && (committed || mine.unanswered())) {
      submit(() -> take(mine.change));
    }
  }

  /** Passing events of this server. */
  void passed(Passed events) {
    submit(() -> tell(events));
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
      case PASSING -> {
        if (!own) {
          submit(() -> readable(() -> tell(payload.passed())));
        }
      }
      case RESTORED -> submit(() -> restart(payload.after()));
      case CHANGE -> {
        Attempt mine = own ? underWay.get(payload.nonce()) : null;
        // What this server did itself it knows from the answer, nearly always: nothing is decoded.
        boolean known = mine == null ? own && order.knows(payload.after()) : mine.published();
        if (!known) {
          submit(() -> change(payload, mine));
        }
      }
    }
  }

  @Override
  public void away() {
    submit(() -> call(Subscriber::away));
  }

  /** Done when changes may be made again, after the room could not be reached. */
  CompletableFuture<Void> settled() {
    return settled;
  }

  @Override
  public void back() {
    settled = source.after(SETTLE_MS);
    tasks.submit(() ->
        source
            .standing(id)
            .handle((standing, failure) -> {
              if (failure == null) {
                restart(standing);
              } else {
                source.suspect(id); // which leads to another back
              }
              return true;
            }));
  }

  private void change(PublishedMessage payload, @Nullable Attempt mine) {
    if (mine != null) {
      take(mine.change);
    } else if (!order.knows(payload.after())) {
      readable(() -> take(payload.committed()));
    }
  }

  private void readable(Runnable task) {
    try {
      task.run();
    } catch (CorruptRecordException e) {
      // The hole that it leaves is found by what comes next.
      log.error("A change of room {} cannot be read", id, e);
    }
  }

  private void take(Committed change) {
    order.add(change);
    order.drainTo(this::tell);
    if (order.waiting()) {
      // Others went on from what this server did, and their word was faster than the answer.
      underWay.values().stream()
          .filter(Attempt::isPublished)
          .forEach(mine -> order.add(mine.change));
      order.drainTo(this::tell);
    }
    if (order.waiting() && !patient) {
      patient = true;
      source.later(PATIENCE_MS, () -> tasks.submit(this::fill));
    }
  }

  /** Fills the hole before what waits, by asking for it. */
  private CompletableFuture<?> fill() {
    patient = false;
    Revision known = order.position();
    if (!order.waiting() || known == null) {
      return Futures.done();
    }
    return source
        .since(id, known)
        .handle((missed, failure) -> {
          if (failure != null) {
            source.suspect(id);
          } else if (missed == null) {
            order.skip();
            call(Subscriber::back);
          } else {
            missed.forEach(order::add);
            order.drainTo(this::tell);
          }
          return true;
        });
  }

  /** The stream goes on from there; what was before may have been lost. */
  private void restart(@Nullable Revision standing) {
    order.startAt(standing);
    call(Subscriber::back);
  }

  private void tell(Published published) {
    call(subscriber -> subscriber.published(published));
  }

  private void call(Consumer<Subscriber> what) {
    for (Open one : subscribers) {
      if (one.open) {
        try {
          what.accept(one.subscriber);
        } catch (RuntimeException e) {
          // The change is committed: neither the writer nor the others may miss that.
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
