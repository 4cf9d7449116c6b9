package dev.watchnchill.socketio;

import java.util.Map;

/**
 * The server's counters at one moment. Counters of events only grow; they are read one after the
 * other, so that their sums may be off by what happened in between.
 *
 * @param pollingSessions open sessions on long-polling
 * @param websocketSessions open sessions on websocket
 * @param packetsIn Socket.IO messages received, attachments not counted
 * @param packetsOut Socket.IO messages handed to a transport, attachments not counted
 * @param droppedVolatile volatile events dropped because an outbox was filling
 * @param closes ended sessions by reason; every reason has an entry
 * @param memoryShort whether memory is short, so that no new session is opened
 * @param bufferedBytes bytes of unfinished input of all connections
 * @param handshakesRefused handshakes refused while memory was short
 * @param edge counters of TCP connections
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
    long handshakesRefused,
    EdgeMetrics edge) {

  /** All open sessions. */
  public int sessions() {
    return pollingSessions + websocketSessions;
  }
}
