package dev.watchnchill.socketio.engine;

import org.jspecify.annotations.Nullable;

/**
 * The pings and pong deadlines of all sessions of one event loop.
 *
 * <p>Every session waits either for its next ping or for a pong, always for the same time; so two
 * linked lists through the sessions themselves stay sorted by appending, and no session needs a
 * timer.
 */
final class Heartbeats {
  /**
   * A ping that is later than this gives the client its full timeout, counted from when it was
   * sent.
   */
  private static final long TOLERATED_LATENESS_NANOS = 50_000_000;

  private final long intervalNanos;
  private final long timeoutNanos;
  private final Chain pings = new Chain();
  private final Chain pongs = new Chain();

  Heartbeats(long intervalNanos, long timeoutNanos) {
    this.intervalNanos = intervalNanos;
    this.timeoutNanos = timeoutNanos;
  }

  /** The session is alive: its next ping is one interval away. */
  void alive(EngineSession session, long nowNanos) {
    remove(session);
    session.dueNanos = nowNanos + intervalNanos;
    pings.append(session);
  }

  void remove(EngineSession session) {
    Chain chain = session.chain;
    if (chain != null) {
      chain.remove(session);
    }
  }

  /** Sends the pings that are due and closes the sessions whose pong is overdue. */
  void tick(long nowNanos) {
    EngineSession session = pings.first;
    while (session != null && session.dueNanos - nowNanos <= 0) {
      ping(session, nowNanos);
      session = pings.first;
    }
    session = pongs.first;
    while (session != null && session.dueNanos - nowNanos <= 0) {
      pongs.remove(session);
      session.pingTimedOut();
      session = pongs.first;
    }
  }

  /**
   * The same for one session, so that a request that comes between two ticks finds the exact state.
   */
  void check(EngineSession session, long nowNanos) {
    if (session.chain == pings && session.dueNanos - nowNanos <= 0) {
      ping(session, nowNanos);
    }
    if (session.chain == pongs && session.dueNanos - nowNanos <= 0) {
      pongs.remove(session);
      session.pingTimedOut();
    }
  }

  private void ping(EngineSession session, long nowNanos) {
    pings.remove(session);
    boolean late = nowNanos - session.dueNanos > Math.max(TOLERATED_LATENESS_NANOS, timeoutNanos);
    session.dueNanos = (late ? nowNanos : session.dueNanos) + timeoutNanos;
    pongs.append(session);
    session.ping();
  }

  /** A doubly linked list through {@link EngineSession#previous} and {@link EngineSession#next}. */
  static final class Chain {
    private @Nullable EngineSession first;
    private @Nullable EngineSession last;

    private void append(EngineSession session) {
      EngineSession tail = last;
      session.previous = tail;
      session.next = null;
      session.chain = this;
      if (tail == null) {
        first = session;
      } else {
        tail.next = session;
      }
      last = session;
    }

    private void remove(EngineSession session) {
      EngineSession before = session.previous;
      EngineSession after = session.next;
      if (before == null) {
        first = after;
      } else {
        before.next = after;
      }
      if (after == null) {
        last = before;
      } else {
        after.previous = before;
      }
      session.previous = null;
      session.next = null;
      session.chain = null;
    }
  }
}
