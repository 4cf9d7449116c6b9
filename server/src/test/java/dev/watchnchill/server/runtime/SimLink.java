package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The link between one server and the store, which loses calls, answers and publications. */
final class SimLink implements RoomStore {
  /** After an outage nothing is written for so long: who has newer copies puts them back first. */
  static final long SETTLE_MS = 600;

  private static final class Open implements Subscription {
    private final Subscriber subscriber;
    private boolean open = true;

    Open(Subscriber subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  /** Of a hundred calls, so many are not done. */
  int lostCalls;

  /** Of a hundred changes that are done, the answers to so many are lost. */
  int lostAnswers;

  /** Of a hundred publications, so many never arrive. */
  int lostNews;

  /** Longest delay of a publication, in ms. */
  int delayMaxMs;

  final String name;
  private final SimStore store;
  private final VirtualTime time;
  private final RandomGenerator random;
  private final Consumer<Runnable> server;
  private final Map<RoomId, List<Open>> subscriptions = new LinkedHashMap<>();
  private boolean cut;
  private boolean deaf;
  private long lastDueMs;
  private int line;
  private long settledMs;

  /**
   * @param server runs what arrives there
   */
  SimLink(
      String name,
      SimStore store,
      VirtualTime time,
      RandomGenerator random,
      Consumer<Runnable> server) {
    this.name = name;
    this.store = store;
    this.time = time;
    this.random = random;
    this.server = server;
    store.links.add(this);
  }

  /** Nothing goes through any more, and the server notices. */
  void cut() {
    if (!cut) {
      cut = true;
      line++;
      each(Subscriber::outageBegan);
    }
  }

  /** Drops publications from now on, without an error. */
  void deafen() {
    deaf = true;
    line++;
  }

  /** Everything goes through again. */
  void mend() {
    lostCalls = 0;
    lostAnswers = 0;
    lostNews = 0;
    delayMaxMs = 0;
    if (cut || deaf) {
      if (cut) {
        settledMs = time.nowMs() + SETTLE_MS;
      }
      cut = false;
      deaf = false;
      lastDueMs = 0;
      each(Subscriber::outageEnded);
    }
  }

  boolean healthy() {
    return !cut && !deaf && lostCalls + lostAnswers + lostNews == 0 && delayMaxMs < 100;
  }

  boolean isCut() {
    return cut;
  }

  int subscriptions() {
    return subscriptions.values().stream().mapToInt(List::size).sum();
  }

  private void each(Consumer<Subscriber> what) {
    List.copyOf(subscriptions.values())
        .forEach(list -> List.copyOf(list).forEach(open -> hand(open, what)));
  }

  private void hand(Open open, Consumer<Subscriber> what) {
    server.accept(() -> {
      if (open.open) {
        what.accept(open.subscriber);
      }
    });
  }

  /** The store publishes that. */
  void deliver(RoomId id, Published published, boolean own) {
    if (!subscriptions.containsKey(id) || cut || deaf || random.nextInt(100) < lostNews) {
      return;
    }
    if (own && lastDueMs <= time.nowMs() && random.nextBoolean()) {
      arrive(id, published);
      return;
    }
    // One line keeps the order.
    lastDueMs = Math.max(lastDueMs, time.nowMs() + random.nextInt(delayMaxMs + 2));
    int sentOn = line;
    time.after(
        lastDueMs - time.nowMs(),
        () -> {
          if (sentOn == line) {
            arrive(id, published);
          }
        });
  }

  /** A room was put back: look. */
  void mark(RoomId id) {
    if (!cut && !deaf) {
      List<Open> hearers = List.copyOf(subscriptions.getOrDefault(id, List.of()));
      time.after(1, () -> hearers.forEach(open -> hand(open, Subscriber::outageEnded)));
    }
  }

  private void arrive(RoomId id, Published published) {
    for (Open open : List.copyOf(subscriptions.getOrDefault(id, List.of()))) {
      hand(open, subscriber -> subscriber.published(published));
    }
  }

  /** Makes a call that the line may lose. */
  <T extends @Nullable Object> T ask(boolean writes, Supplier<T> work) {
    if (cut || random.nextInt(100) < lostCalls) {
      throw new StoreUnavailableException("lost call");
    }
    T answer = work.get();
    if (writes && random.nextInt(100) < lostAnswers) {
      throw new StoreUnavailableException("lost answer");
    }
    return answer;
  }

  private void settled(RoomId id) {
    if (time.nowMs() < settledMs || store.isBeingPutBack(id)) {
      throw new StoreUnavailableException("newer copies go first");
    }
  }

  @Override
  public CompletableFuture<Boolean> create(Room room) {
    return asked(() -> {
      settled(room.id());
      return ask(true, () -> store.create(room));
    });
  }

  @Override
  public CompletableFuture<@Nullable Room> load(RoomId id) {
    return this.<@Nullable Room>asked(() -> this.<@Nullable Room>ask(false, () -> store.load(id)));
  }

  @Override
  public CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events) {
    return asked(() -> {
      settled(before.id());
      return ask(true, () -> store.commit(this, before, next, events));
    });
  }

  /** Asks now. The answer comes at once or later, and not at all when the link is cut meanwhile. */
  <T extends @Nullable Object> CompletableFuture<T> asked(Supplier<T> question) {
    CompletableFuture<T> outcome = Futures.get(question);
    if (random.nextBoolean()) {
      return outcome;
    }
    var answer = new CompletableFuture<T>();
    time.after(
        1 + random.nextInt(delayMaxMs + 2),
        () ->
            server.accept(() -> {
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

  @Override
  public CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known) {
    return this.<@Nullable List<Committed>>asked(
        () -> this.<@Nullable List<Committed>>ask(false, () -> store.since(id, known)));
  }

  @Override
  public CompletableFuture<List<Committed>> recent(RoomId id, Revision at) {
    return asked(() -> ask(false, () -> store.recent(id, at)));
  }

  @Override
  public CompletableFuture<Restoration> restore(Room lost) {
    return asked(() -> ask(true, () -> store.restore(this, lost)));
  }

  @Override
  public void publish(RoomId id, List<RoomEvent> events) {
    arrive(id, new Transient(events));
    if (!cut) {
      store.pass(this, id, events);
    }
  }

  @Override
  public CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber) {
    CompletableFuture<Subscription> opened =
        Futures.get(() -> ask(false, () -> open(id, new Open(subscriber))));
    return asked(opened::join)
        .whenComplete((_, failure) -> {
          if (failure != null && !opened.isCompletedExceptionally()) {
            opened.join().close(); // nobody has it
          }
        });
  }

  private Subscription open(RoomId id, Open open) {
    subscriptions.computeIfAbsent(id, _ -> new ArrayList<>()).add(open);
    return () -> {
      open.close();
      subscriptions.computeIfPresent(
          id,
          (_, list) -> {
            list.remove(open);
            return list.isEmpty() ? null : list;
          });
    };
  }

  @Override
  public CompletableFuture<Set<RoomId>> active() {
    return asked(() -> ask(false, store::active));
  }

  @Override
  public boolean available() {
    return !cut;
  }

  @Override
  public void close() {}
}
