package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.CloseReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one server. */
public final class EngineMetrics {
  final AtomicInteger pollingSessions = new AtomicInteger();
  final AtomicInteger websocketSessions = new AtomicInteger();

  /** Websocket connections of any state, those of closed sessions included. */
  final AtomicInteger websockets = new AtomicInteger();

  /** Handshakes that wait for the gate. */
  final AtomicInteger admissions = new AtomicInteger();

  /** Connections that are between two event loops. */
  final AtomicInteger moving = new AtomicInteger();

  /** Closed polling sessions that wait for one more poll. */
  final AtomicInteger lastPolls = new AtomicInteger();

  final LongAdder droppedVolatile = new LongAdder();
  final LongAdder handshakesRefused = new LongAdder();
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

  /** Open sessions on long-polling. */
  public int pollingSessions() {
    return pollingSessions.get();
  }

  /** Open sessions on websocket. */
  public int websocketSessions() {
    return websocketSessions.get();
  }

  /** Websocket connections of any state, those of closed sessions included. */
  public int websockets() {
    return websockets.get();
  }

  /** Handshakes that wait for the gate. */
  public int pendingAdmissions() {
    return admissions.get();
  }

  /** Closed polling sessions that wait for one more poll. */
  public int lastPolls() {
    return lastPolls.get();
  }

  /** Messages received. */
  public long packetsIn() {
    return packetsIn.sum();
  }

  /** Messages handed to a transport. */
  public long packetsOut() {
    return packetsOut.sum();
  }

  /** Volatile messages dropped. */
  public long droppedVolatile() {
    return droppedVolatile.sum();
  }

  /** Handshakes refused while memory was short. */
  public long handshakesRefused() {
    return handshakesRefused.sum();
  }

  /** Ended sessions by reason. */
  public Map<CloseReason, Long> closes() {
    var counts = new EnumMap<CloseReason, Long>(CloseReason.class);
    closes.forEach((reason, counter) -> counts.put(reason, counter.sum()));
    return Map.copyOf(counts);
  }
}
