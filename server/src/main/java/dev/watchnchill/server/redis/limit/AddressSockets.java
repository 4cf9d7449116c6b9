package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.limit.AddressLeases;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sockets of one address at this server, and who waits for another one.
 *
 * <p>There is one question to Redis at a time, for all who wait, and it says how many there are. So
 * what Redis was told last is what was true last, whatever became of the answers.
 */
final class AddressSockets {
  /** Asks Redis, see {@link SocketsScript}. */
  interface Question {
    /** How many more are granted to a server that has so many and wants so many. */
    CompletableFuture<Integer> ask(int has, int wants);
  }

  private final Question redis;
  private final int max;
  private final Queue<CompletableFuture<Optional<AddressLeases.Lease>>> waiting =
      new ArrayDeque<>(2);
  private List<CompletableFuture<Optional<AddressLeases.Lease>>> asked = List.of();
  private int held;
  private boolean asking;
  private boolean untold; // Redis believes something else, or may do so
  private boolean retired;

  AddressSockets(Question redis, int max) {
    this.redis = redis;
    this.max = max;
  }

  /** Asks for one more; false when this is out of use and there is a new one. */
  boolean request(CompletableFuture<Optional<AddressLeases.Lease>> answer) {
    synchronized (this) {
      if (retired) {
        return false;
      }
      waiting.add(answer);
    }
    goOn();
    return true;
  }

  /** Says to Redis what there is, also when it knows. */
  void renew() {
    synchronized (this) {
      untold |= held > 0;
    }
    goOn();
  }

  /** Whoever waited for that answer has waited long enough: it goes by what is known here. */
  void decideAlone(CompletableFuture<Optional<AddressLeases.Lease>> answer) {
    Optional<AddressLeases.Lease> decision;
    synchronized (this) {
      if (answer.isDone()) {
        return;
      }
      decision = alone();
    }
    tell(answer, decision);
  }

  private Optional<AddressLeases.Lease> alone() {
    untold = true;
    return held < max ? Optional.of(lease()) : Optional.empty();
  }

  /** One more, called with the lock held. */
  private AddressLeases.Lease lease() {
    held++;
    var closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) {
        synchronized (this) {
          held--;
          untold = true;
        }
        goOn();
      }
    };
  }

  private static void tell(
      CompletableFuture<Optional<AddressLeases.Lease>> answer,
      Optional<AddressLeases.Lease> decision) {
    if (!answer.complete(decision)) { // somebody else was quicker
      decision.ifPresent(AddressLeases.Lease::close);
    }
  }

  private void goOn() {
    int has;
    int wants;
    synchronized (this) {
      waiting.removeIf(CompletableFuture::isDone); // decided alone
      if (asking || (waiting.isEmpty() && !untold)) {
        return;
      }
      asking = true;
      untold = false;
      asked = new ArrayList<>(waiting);
      waiting.clear();
      has = held;
      wants = asked.size();
    }
    var _ =
        redis
            .ask(has, wants)
            .whenComplete((granted, failure) -> {
              if (failure == null) {
                answered(has, granted);
              } else {
                failed();
              }
            });
  }

  private void answered(int has, int granted) {
    var answers = new ArrayList<Runnable>();
    synchronized (this) {
      int left = granted;
      for (var answer : asked) {
        if (answer.isDone()) {
          continue; // decided alone meanwhile
        }
        Optional<AddressLeases.Lease> decision =
            left-- > 0 ? Optional.of(lease()) : Optional.empty();
        answers.add(() -> tell(answer, decision));
      }
      asked = List.of();
      asking = false;
      untold |= held != has + granted;
    }
    answers.forEach(Runnable::run);
    goOn();
  }

  /** Redis is away, or slow: everybody is told by what is known here, and Redis when it is back. */
  private void failed() {
    var answers = new ArrayList<Runnable>();
    synchronized (this) {
      asked.addAll(waiting);
      waiting.clear();
      for (var answer : asked) {
        if (!answer.isDone()) {
          Optional<AddressLeases.Lease> decision = alone();
          answers.add(() -> tell(answer, decision));
        }
      }
      asked = List.of();
      asking = false;
      untold = true;
    }
    answers.forEach(Runnable::run);
  }

  /** How many there are here. */
  synchronized int held() {
    return held;
  }

  /** Whether there is nothing to count and nothing to tell any more; then it is out of use. */
  synchronized boolean retire() {
    retired = held == 0 && !untold && !asking && waiting.isEmpty();
    return retired;
  }
}
