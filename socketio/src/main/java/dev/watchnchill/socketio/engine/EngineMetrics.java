package dev.watchnchill.socketio.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one {@link EngineServer}. */
public final class EngineMetrics {
  final AtomicInteger pollingSessions = new AtomicInteger();
  final AtomicInteger websocketSessions = new AtomicInteger();

  /** Websocket connections in any state, including those of closed sessions. */
  final AtomicInteger websockets = new AtomicInteger();

  /** Handshakes that wait for the gate. */
  final AtomicInteger pendingHandshakes = new AtomicInteger();

  /** Connections that are moving to another event loop. */
  final AtomicInteger moving = new AtomicInteger();

  /** Closed polling sessions that wait for their final poll. */
  final AtomicInteger finalPolls = new AtomicInteger();

  final LongAdder droppedVolatile = new LongAdder();
  final LongAdder handshakesRejected = new LongAdder();
  private final LongAdder packetsIn = new LongAdder();
  private final LongAdder packetsOut = new LongAdder();
  private final Map<CloseReason, LongAdder> closes = new EnumMap<>(CloseReason.class);

  EngineMetrics() {
    for (CloseReason reason : CloseReason.values()) {
      closes.put(reason, new LongAdder());
    }
  }

  void closed(CloseReason reason) {
    LongAdder counter = closes.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void packetIn() {
    packetsIn.increment();
  }

  void packetsOut(int count) {
    packetsOut.add(count);
  }

  /** Returns the number of open sessions on long-polling. */
  public int pollingSessions() {
    return pollingSessions.get();
  }

  /** Returns the number of open sessions on websocket. */
  public int websocketSessions() {
    return websocketSessions.get();
  }

  /**
   * Returns the number of websocket connections in any state, including those of closed sessions.
   */
  public int websockets() {
    return websockets.get();
  }

  /** Returns the number of handshakes that wait for the gate. */
  public int pendingHandshakes() {
    return pendingHandshakes.get();
  }

  /** Returns the number of closed polling sessions that wait for their final poll. */
  public int finalPolls() {
    return finalPolls.get();
  }

  /** Returns the number of messages received. */
  public long packetsIn() {
    return packetsIn.sum();
  }

  /** Returns the number of messages passed to a transport. */
  public long packetsOut() {
    return packetsOut.sum();
  }

  /** Returns the number of volatile messages dropped. */
  public long droppedVolatile() {
    return droppedVolatile.sum();
  }

  /** Returns the number of handshakes rejected while memory was short. */
  public long handshakesRejected() {
    return handshakesRejected.sum();
  }

  /** Returns the number of ended sessions by reason. */
  public Map<CloseReason, Long> closes() {
    var counts = new EnumMap<CloseReason, Long>(CloseReason.class);
    closes.forEach((reason, counter) -> counts.put(reason, counter.sum()));
    return Map.copyOf(counts);
  }
}
