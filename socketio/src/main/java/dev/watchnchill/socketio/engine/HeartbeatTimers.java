package dev.watchnchill.socketio.engine;

import org.jspecify.annotations.Nullable;

/**
 * Ping and pong deadlines of all sessions of one event loop.
 *
 * <p>Every session waits either for its next ping or for a pong, and all sessions for the same
 * time. So two linked lists through the sessions stay sorted by appending, and no session needs a
 * timer.
 */
final class HeartbeatTimers {
  /** Lateness of a ping above which the client gets its full timeout from the time of sending. */
  private static final long TOLERATED_LATENESS_NANOS = 50_000_000;

  private final long intervalNanos;
  private final long timeoutNanos;
  private final SessionList pings = new SessionList();
  private final SessionList pongs = new SessionList();

  HeartbeatTimers(long intervalNanos, long timeoutNanos) {
    this.intervalNanos = intervalNanos;
    this.timeoutNanos = timeoutNanos;
  }

  /** Restarts the heartbeat of a session: its next ping is due after one interval. */
  void restart(EngineSession session, long nowNanos) {
    remove(session);
    session.heartbeatDueNanos = nowNanos + intervalNanos;
    pings.append(session);
  }

  void remove(EngineSession session) {
    SessionList heartbeatList = session.heartbeatList;
    if (heartbeatList != null) {
      heartbeatList.remove(session);
    }
  }

  /** Sends the pings that are due and closes the sessions whose pong is overdue. */
  void tick(long nowNanos) {
    EngineSession session = pings.first;
    while (session != null && session.heartbeatDueNanos - nowNanos <= 0) {
      ping(session, nowNanos);
      session = pings.first;
    }
    session = pongs.first;
    while (session != null && session.heartbeatDueNanos - nowNanos <= 0) {
      pongs.remove(session);
      session.close(CloseReason.PING_TIMEOUT);
      session = pongs.first;
    }
  }

  /** Returns the time until a ping or a pong is due; {@link Long#MAX_VALUE} without a session. */
  long remainingNanos(long nowNanos) {
    return Math.min(pings.remainingNanos(nowNanos), pongs.remainingNanos(nowNanos));
  }

  /**
   * Sends the ping or closes the session, if one of them is due for this session. Called for
   * requests between two ticks, so that they find the exact state.
   */
  void check(EngineSession session, long nowNanos) {
    if (session.heartbeatList == pings && session.heartbeatDueNanos - nowNanos <= 0) {
      ping(session, nowNanos);
    }
    if (session.heartbeatList == pongs && session.heartbeatDueNanos - nowNanos <= 0) {
      pongs.remove(session);
      session.close(CloseReason.PING_TIMEOUT);
    }
  }

  private void ping(EngineSession session, long nowNanos) {
    pings.remove(session);
    boolean late =
        nowNanos - session.heartbeatDueNanos > Math.max(TOLERATED_LATENESS_NANOS, timeoutNanos);
    session.heartbeatDueNanos = (late ? nowNanos : session.heartbeatDueNanos) + timeoutNanos;
    pongs.append(session);
    session.ping();
  }

  /**
   * Doubly linked list through {@link EngineSession#previousHeartbeat} and {@link
   * EngineSession#nextHeartbeat}.
   */
  static final class SessionList {
    private @Nullable EngineSession first;
    private @Nullable EngineSession last;

    private long remainingNanos(long nowNanos) {
      return first == null ? Long.MAX_VALUE : first.heartbeatDueNanos - nowNanos;
    }

    private void append(EngineSession session) {
      EngineSession tail = last;
      session.previousHeartbeat = tail;
      session.nextHeartbeat = null;
      session.heartbeatList = this;
      if (tail == null) {
        first = session;
      } else {
        tail.nextHeartbeat = session;
      }
      last = session;
    }

    private void remove(EngineSession session) {
      EngineSession before = session.previousHeartbeat;
      EngineSession after = session.nextHeartbeat;
      if (before == null) {
        first = after;
      } else {
        before.nextHeartbeat = after;
      }
      if (after == null) {
        last = before;
      } else {
        after.previousHeartbeat = before;
      }
      session.previousHeartbeat = null;
      session.nextHeartbeat = null;
      session.heartbeatList = null;
    }
  }
}
