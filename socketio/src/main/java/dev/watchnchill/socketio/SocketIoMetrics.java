package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.limit.ConnectionMetrics;
import java.util.Map;

/**
 * Counters of a {@link SocketIoServer} at one moment. Event counters only grow. They are read one
 * after the other, so a sum may be off by the events in between.
 *
 * @param pollingSessions open sessions on long-polling
 * @param websocketSessions open sessions on websocket
 * @param packetsIn Socket.IO messages received, attachments not counted
 * @param packetsOut Socket.IO messages passed to a transport, attachments not counted
 * @param droppedVolatile volatile events dropped because an outbox was filling
 * @param closes ended sessions by reason; every reason has an entry
 * @param memoryShort whether memory is short, so that no new session is opened
 * @param bufferedBytes bytes of incomplete input of all connections
 * @param handshakesRejected handshakes rejected while memory was short
 * @param connections counters of TCP connections
 */
public record SocketIoMetrics(
    int pollingSessions,
    int websocketSessions,
    long packetsIn,
    long packetsOut,
    long droppedVolatile,
    Map<CloseReason, Long> closes,
    boolean memoryShort,
    long bufferedBytes,
    long handshakesRejected,
    ConnectionMetrics connections) {

  /** Returns the number of open sessions. */
  public int sessions() {
    return pollingSessions + websocketSessions;
  }
}
