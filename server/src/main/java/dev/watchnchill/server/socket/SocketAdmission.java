package dev.watchnchill.server.socket;

import dev.watchnchill.server.limit.AddressLeases;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the events of a new socket until its address limits have admitted or rejected it.
 *
 * <p>The events wait in order. A rejected socket gets no answer to any of them; an admitted one
 * loses none. Used only on the socket's event loop.
 */
final class SocketAdmission {
  private static final Logger log = LoggerFactory.getLogger(SocketAdmission.class);

  /** Most events that wait for the decision. */
  static final int HELD_MAX = 256;

  private enum State {
    PENDING,
    ADMITTED,
    CLOSED
  }

  private final Queue<Runnable> held = new ArrayDeque<>(2);
  private State state = State.PENDING;
  private AddressLeases.@Nullable Lease lease;

  /**
   * Admits or rejects the socket by the result of a lease request, at once when it is known.
   *
   * @param request empty when the address has too many sockets
   * @param loop runs tasks on the socket's event loop, in order; at once when it is called there
   * @param onAdmitted runs before the waiting events
   * @param onRejected ends the socket
   */
  void decide(
      CompletionStage<Optional<AddressLeases.Lease>> request,
      Executor loop,
      Runnable onAdmitted,
      Runnable onRejected) {
    var _ =
        request.whenComplete((granted, failure) -> {
          if (failure != null) {
            log.error("A socket could not be counted, so it is rejected", failure);
          }
          AddressLeases.Lease got = failure != null ? null : granted.orElse(null);
          try {
            loop.execute(() -> decided(got, onAdmitted, onRejected));
          } catch (RejectedExecutionException e) {
            if (got != null) { // the loops have ended, and the socket with them
              got.close();
            }
          }
        });
  }

  private void decided(
      AddressLeases.@Nullable Lease got, Runnable onAdmitted, Runnable onRejected) {
    if (state == State.CLOSED) { // it was closed before the decision
      if (got != null) {
        got.close();
      }
      return;
    }
    if (got == null) {
      state = State.CLOSED;
      held.clear();
      onRejected.run();
      return;
    }
    lease = got;
    state = State.ADMITTED;
    onAdmitted.run();
    Runnable event;
    while ((event = held.poll()) != null) {
      event.run();
    }
  }

  /** Runs an event now, or once the socket is admitted; false when too many wait already. */
  boolean submit(Runnable event) {
    switch (state) {
      case ADMITTED -> event.run();
      case PENDING -> {
        if (held.size() >= HELD_MAX) {
          return false;
        }
        held.add(event);
      }
      case CLOSED -> {} // it is being disconnected
    }
    return true;
  }

  /** Follows the end of the socket; true when it had been admitted. */
  boolean close() {
    boolean wasAdmitted = state == State.ADMITTED;
    state = State.CLOSED;
    held.clear();
    if (lease != null) {
      lease.close();
    }
    return wasAdmitted;
  }
}
