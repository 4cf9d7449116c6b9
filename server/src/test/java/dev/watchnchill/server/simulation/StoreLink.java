package dev.watchnchill.server.simulation;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.VirtualTime;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The link between one instance and the store, which delays and loses calls, answers and
 * publications. A direct link does neither.
 */
final class StoreLink implements RoomStore {
  /** After an outage nothing is written for so long: newer copies are restored first. */
  static final long SETTLE_MS = 600;

  /** A subscriber of the instance; what the store publishes reaches it over the link. */
  private final class LinkedSubscriber implements Subscriber {
    private final RoomId room;
    private final Subscriber subscriber;
    private boolean open = true;

    LinkedSubscriber(RoomId room, Subscriber subscriber) {
      this.room = room;
      this.subscriber = subscriber;
    }

    @Override
    public void published(Published published) {
      deliver(this, published);
    }

    @Override
    public void outageEnded() {
      if (!cut && !silent) {
        time.after(1, () -> runIfOpen(this, Subscriber::outageEnded));
      }
    }
  }

  /** Of a hundred calls, so many are not done. */
  int lostCalls;

  /** Of a hundred changes that are done, the answers to so many are lost. */
  int lostAnswers;

  /** Of a hundred publications, so many never arrive. */
  int lostPublications;

  /** Longest delay of a publication or an answer, ms. */
  int delayMaxMs;

  private final RoomStore store;
  private final boolean direct;
  private final VirtualTime time;
  private final RandomGenerator random;
  private final Consumer<Runnable> instance;
  private final List<LinkedSubscriber> subscriptions = new ArrayList<>();
  // The events that this instance commits or publishes now.
  private @Nullable List<RoomEvent> own;
  private boolean cut;
  private boolean silent;
  private long lastDueMs;
  private int connection;
  private long settledMs;

  /**
   * @param direct whether answers and publications arrive at once
   * @param instance runs what arrives there
   */
  StoreLink(
      RoomStore store,
      boolean direct,
      VirtualTime time,
      RandomGenerator random,
      Consumer<Runnable> instance) {
    this.store = store;
    this.direct = direct;
    this.time = time;
    this.random = random;
    this.instance = instance;
  }

  /** Cuts the connection, and the instance notices. */
  void cut() {
    if (!cut) {
      cut = true;
      connection++;
      each(Subscriber::outageBegan);
    }
  }

  /** Drops publications from now on, without an error. */
  void silence() {
    silent = true;
    connection++;
  }

  /** Ends all faults of the link. */
  void mend() {
    lostCalls = 0;
    lostAnswers = 0;
    lostPublications = 0;
    delayMaxMs = 0;
    if (cut || silent) {
      if (cut) {
        settledMs = time.nowMs() + SETTLE_MS;
      }
      cut = false;
      silent = false;
      lastDueMs = 0;
      each(Subscriber::outageEnded);
    }
  }

  boolean healthy() {
    return !cut && !silent && lostCalls + lostAnswers + lostPublications == 0 && delayMaxMs < 100;
  }

  boolean isCut() {
    return cut;
  }

  int subscriptions() {
    return subscriptions.size();
  }

  private boolean happens(int percent) {
    return percent > 0 && random.nextInt(100) < percent;
  }

  private void each(Consumer<Subscriber> what) {
    List.copyOf(subscriptions).forEach(subscription -> runIfOpen(subscription, what));
  }

  private void runIfOpen(LinkedSubscriber subscription, Consumer<Subscriber> what) {
    instance.accept(() -> {
      if (subscription.open) {
        what.accept(subscription.subscriber);
      }
    });
  }

  @SuppressWarnings("ReferenceEquality") // the very list, see RoomStore.Subscriber
  private void deliver(LinkedSubscriber subscription, Published published) {
    boolean ours = published.events() == own;
    if (direct || (ours && published instanceof Transient)) {
      runIfOpen(subscription, subscriber -> subscriber.published(published));
      return;
    }
    if (cut || silent || happens(lostPublications)) {
      return;
    }
    if (ours && lastDueMs <= time.nowMs() && random.nextBoolean()) {
      runIfOpen(subscription, subscriber -> subscriber.published(published));
      return;
    }
    // One connection keeps the order.
    lastDueMs = Math.max(lastDueMs, time.nowMs() + random.nextInt(delayMaxMs + 2));
    int sentOn = connection;
    time.after(
        lastDueMs - time.nowMs(),
        () -> {
          if (sentOn == connection) {
            runIfOpen(subscription, subscriber -> subscriber.published(published));
          }
        });
  }

  /** Makes a call that may be lost. */
  <T extends @Nullable Object> T call(boolean writes, Supplier<T> work) {
    if (cut || happens(lostCalls)) {
      throw new StoreUnavailableException("lost call");
    }
    T answer = work.get();
    if (writes && happens(lostAnswers)) {
      throw new StoreUnavailableException("lost answer");
    }
    return answer;
  }

  /**
   * Makes a call now. Its answer comes at once or later, and not at all when the link is cut
   * meanwhile.
   */
  <T extends @Nullable Object> CompletableFuture<T> answer(Supplier<T> call) {
    CompletableFuture<T> outcome = Futures.get(call);
    if (direct || random.nextBoolean()) {
      return outcome;
    }
    var answer = new CompletableFuture<T>();
    time.after(
        1 + random.nextInt(delayMaxMs + 2),
        () ->
            instance.accept(() -> {
              if (cut) {
                answer.completeExceptionally(new StoreUnavailableException("lost answer"));
              } else if (outcome.isCompletedExceptionally()) {
                answer.completeExceptionally(outcome.exceptionNow());
              } else {
                answer.complete(outcome.join());
              }
            }));
    return answer;
  }

  /** Rejects a write while newer copies of the room may be restored. */
  private void requireSettled(RoomId id) {
    boolean restoring = store instanceof SimulatedStore shared && shared.isBeingRestored(id);
    if (time.nowMs() < settledMs || restoring) {
      throw new StoreUnavailableException("newer copies go first");
    }
  }

  @Override
  public CompletableFuture<Boolean> create(Room room) {
    return answer(() -> {
      requireSettled(room.id());
      return call(true, () -> store.create(room).join());
    });
  }

  @Override
  public CompletableFuture<@Nullable Room> load(RoomId id) {
    return this.<@Nullable Room>answer(
        () -> this.<@Nullable Room>call(false, () -> store.load(id).join()));
  }

  @Override
  public CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events) {
    return answer(() -> {
      requireSettled(before.id());
      return call(true, () -> asOwn(events, () -> store.commit(before, next, events).join()));
    });
  }

  private <T> T asOwn(List<RoomEvent> events, Supplier<T> work) {
    List<RoomEvent> outer = own;
    own = events;
    try {
      return work.get();
    } finally {
      own = outer;
    }
  }

  @Override
  public CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known) {
    return this.<@Nullable List<Committed>>answer(
        () -> this.<@Nullable List<Committed>>call(false, () -> store.since(id, known).join()));
  }

  @Override
  public CompletableFuture<byte @Nullable []> text(RoomId id, UUID track) {
    return this.<byte @Nullable []>answer(
        () -> this.<byte @Nullable []>call(false, () -> store.text(id, track).join()));
  }

  @Override
  public CompletableFuture<List<Committed>> recent(RoomId id, Revision at) {
    return answer(() -> call(false, () -> store.recent(id, at).join()));
  }

  @Override
  public CompletableFuture<Restoration> restore(Room lost) {
    return answer(() -> call(true, () -> store.restore(lost).join()));
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    if (cut) {
      var published = new Transient(events);
      List.copyOf(subscriptions).stream()
          .filter(open -> open.room.equals(id))
          .forEach(subscription ->
              runIfOpen(subscription, subscriber -> subscriber.published(published)));
    } else {
      asOwn(
          events,
          () -> {
            store.publish(id, events);
            return true;
          });
    }
  }

  @Override
  public CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber) {
    CompletableFuture<Subscription> opened =
        Futures.get(() -> call(false, () -> open(new LinkedSubscriber(id, subscriber))));
    return answer(opened::join)
        .whenComplete((_, failure) -> {
          if (failure != null && !opened.isCompletedExceptionally()) {
            opened.join().close(); // the instance does not know of it
          }
        });
  }

  private Subscription open(LinkedSubscriber subscription) {
    Subscription atStore = store.subscribe(subscription.room, subscription).join();
    subscriptions.add(subscription);
    return () -> {
      subscription.open = false;
      subscriptions.remove(subscription);
      atStore.close();
    };
  }

  @Override
  public CompletableFuture<Set<RoomId>> active() {
    return answer(() -> call(false, () -> store.active().join()));
  }

  @Override
  public boolean available() {
    return !cut;
  }

  @Override
  public void close() {}
}
