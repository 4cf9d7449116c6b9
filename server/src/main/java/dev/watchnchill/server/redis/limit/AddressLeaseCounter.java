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
 * Counts the leases of one address on this instance, and queues the requests for more.
 *
 * <p>One request to Redis is in flight at a time. It asks for all waiting clients together, and
 * reports how many leases are held. So the last request always reports the last state, also when an
 * answer was lost.
 */
final class AddressLeaseCounter {
  /** Sends requests to Redis, see {@link RequestLeasesScript}. */
  interface LeaseRequests {
    /** Returns how many more leases are granted. */
    CompletableFuture<Integer> request(int held, int wanted);
  }

  private final LeaseRequests redis;
  private final int max;
  private final Queue<CompletableFuture<Optional<AddressLeases.Lease>>> waiting =
      new ArrayDeque<>(2);
  private List<CompletableFuture<Optional<AddressLeases.Lease>>> requested = List.of();
  private int held;
  private boolean requestInFlight;
  private boolean unreported; // whether the count in Redis is, or may be, another
  private boolean retired;

  AddressLeaseCounter(LeaseRequests redis, int max) {
    this.redis = redis;
    this.max = max;
  }

  /** Requests a lease; returns false when this counter is retired and has to be replaced. */
  boolean request(CompletableFuture<Optional<AddressLeases.Lease>> answer) {
    synchronized (this) {
      if (retired) {
        return false;
      }
      waiting.add(answer);
    }
    sendNext();
    return true;
  }

  /** Reports the count to Redis again. */
  void renew() {
    synchronized (this) {
      unreported |= held > 0;
    }
    sendNext();
  }

  /** Decides a request that Redis did not answer in time, by the local count. */
  void decideLocally(CompletableFuture<Optional<AddressLeases.Lease>> answer) {
    Optional<AddressLeases.Lease> decision;
    synchronized (this) {
      if (answer.isDone()) {
        return;
      }
      decision = decideLocally();
    }
    complete(answer, decision);
  }

  private Optional<AddressLeases.Lease> decideLocally() {
    unreported = true;
    return held < max ? Optional.of(lease()) : Optional.empty();
  }

  /** Creates a lease; called with the lock held. */
  private AddressLeases.Lease lease() {
    held++;
    var closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) {
        synchronized (this) {
          held--;
          unreported = true;
        }
        sendNext();
      }
    };
  }

  private static void complete(
      CompletableFuture<Optional<AddressLeases.Lease>> answer,
      Optional<AddressLeases.Lease> decision) {
    if (!answer.complete(decision)) { // it was decided meanwhile
      decision.ifPresent(AddressLeases.Lease::close);
    }
  }

  private void sendNext() {
    int reported;
    int wanted;
    synchronized (this) {
      waiting.removeIf(CompletableFuture::isDone); // decided locally
      if (requestInFlight || (waiting.isEmpty() && !unreported)) {
        return;
      }
      requestInFlight = true;
      unreported = false;
      requested = new ArrayList<>(waiting);
      waiting.clear();
      reported = held;
      wanted = requested.size();
    }
    var _ =
        redis
            .request(reported, wanted)
            .whenComplete((granted, failure) -> {
              if (failure == null) {
                grant(reported, granted);
              } else {
                requestFailed();
              }
            });
  }

  private void grant(int reported, int granted) {
    var answers = new ArrayList<Runnable>();
    synchronized (this) {
      int left = granted;
      for (var answer : requested) {
        if (answer.isDone()) {
          continue; // decided locally meanwhile
        }
        Optional<AddressLeases.Lease> decision =
            left-- > 0 ? Optional.of(lease()) : Optional.empty();
        answers.add(() -> complete(answer, decision));
      }
      requested = List.of();
      requestInFlight = false;
      unreported |= held != reported + granted;
    }
    answers.forEach(Runnable::run);
    sendNext();
  }

  /**
   * Decides all requests by the local count, and leaves the count to be reported after the outage.
   */
  private void requestFailed() {
    var answers = new ArrayList<Runnable>();
    synchronized (this) {
      requested.addAll(waiting);
      waiting.clear();
      for (var answer : requested) {
        if (!answer.isDone()) {
          Optional<AddressLeases.Lease> decision = decideLocally();
          answers.add(() -> complete(answer, decision));
        }
      }
      requested = List.of();
      requestInFlight = false;
      unreported = true;
    }
    answers.forEach(Runnable::run);
  }

  /** Returns the number of leases that are held here. */
  synchronized int held() {
    return held;
  }

  /**
   * Retires the counter if there is nothing to count and nothing to report; returns whether it did.
   */
  synchronized boolean retire() {
    retired = held == 0 && !unreported && !requestInFlight && waiting.isEmpty();
    return retired;
  }
}
