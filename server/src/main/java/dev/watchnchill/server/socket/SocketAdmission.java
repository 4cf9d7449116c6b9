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
 * Whether a new socket may stay, and what it says until that is known.
 *
 * <p>Its events are kept back meanwhile, in order: a socket that is refused has had no answer, one
 * that is let in has lost nothing. Only touched on the socket's event loop.
 */
final class SocketAdmission {
  private static final Logger log = LoggerFactory.getLogger(SocketAdmission.class);

  /** More events than this before the answer and the rest are refused. */
  static final int HELD_MAX = 256;

  private enum State {
    ASKED,
    IN,
    OUT
  }

  private final Queue<Runnable> held = new ArrayDeque<>(2);
  private State state = State.ASKED;
  private AddressLeases.@Nullable Lease lease;

  /**
   * Goes by that answer, at once when it is there.
   *
   * @param loop runs tasks on the socket's event loop, in order; at once when it is called there
   * @param welcome before what it has said is done
   * @param refuse ends the socket
   */
  void decide(
      CompletionStage<Optional<AddressLeases.Lease>> answer,
      Executor loop,
      Runnable welcome,
      Runnable refuse) {
    var _ =
        answer.whenComplete((granted, failure) -> {
          if (failure != null) {
            log.error("A socket could not be counted, so it is refused", failure);
          }
          AddressLeases.Lease got = failure != null ? null : granted.orElse(null);
          try {
            loop.execute(() -> decided(got, welcome, refuse));
          } catch (RejectedExecutionException e) {
            if (got != null) { // the loops have ended, and the socket with them
              got.close();
            }
          }
        });
  }

  private void decided(AddressLeases.@Nullable Lease got, Runnable welcome, Runnable refuse) {
    if (state == State.OUT) { // it went away before the answer came
      if (got != null) {
        got.close();
      }
      return;
    }
    if (got == null) {
      state = State.OUT;
      held.clear();
      refuse.run();
      return;
    }
    lease = got;
    state = State.IN;
    welcome.run();
    Runnable event;
    while ((event = held.poll()) != null) {
      event.run();
    }
  }

  /** Does what the socket said: now, or when it is let in; false when too much waits already. */
  boolean say(Runnable event) {
    switch (state) {
      case IN -> event.run();
      case ASKED -> {
        if (held.size() >= HELD_MAX) {
          return false;
        }
        held.add(event);
      }
      case OUT -> {} // its end is under way
    }
    return true;
  }

  /** The socket has gone away; true when it had been let in. */
  boolean leave() {
    boolean wasIn = state == State.IN;
    state = State.OUT;
    held.clear();
    if (lease != null) {
      lease.close();
    }
    return wasIn;
  }
}
