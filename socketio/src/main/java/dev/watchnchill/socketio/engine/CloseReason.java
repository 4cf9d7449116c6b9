package dev.watchnchill.socketio.engine;

/**
 * Reason for the end of a socket or a session. The constants are stable; {@link #text} is the
 * wording of the reference server.
 */
public enum CloseReason {
  /** The client or the network closed the transport. */
  TRANSPORT_CLOSE("transport close", true),
  /** The transport failed, or the client broke its rules (overlapping polls, a cancelled poll). */
  TRANSPORT_ERROR("transport error", true),
  /** No pong came within the ping timeout. */
  PING_TIMEOUT("ping timeout", true),
  /** The client left this namespace. */
  CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect", false),
  /** The application removed the socket from this namespace. */
  SERVER_NAMESPACE_DISCONNECT("server namespace disconnect", false),
  /** The server is closing. */
  SERVER_SHUTTING_DOWN("server shutting down", true),
  /** The client sent something that is not a packet. */
  PARSE_ERROR("parse error", false),
  /** The server ended the session, for example because no CONNECT packet came in time. */
  FORCED_CLOSE("forced close", true),
  /** The client did not read what was sent to it, and its outbox was full. */
  SLOW_CONSUMER("slow consumer", true),
  /** The client sent more packets or bytes than its budget allows. */
  OVER_BUDGET("over budget", false),
  /** Memory was short, and the session was among the newest that were not kept. */
  MEMORY_SHORT("memory short", true);

  private final String text;
  private final boolean recoverable;

  CloseReason(String text, boolean recoverable) {
    this.text = text;
    this.recoverable = recoverable;
  }

  /** Returns the reason in the words of Socket.IO servers. */
  public String text() {
    return text;
  }

  /**
   * Returns whether connection state recovery keeps the state of a socket that ended for this
   * reason.
   */
  public boolean recoverable() {
    return recoverable;
  }

  @Override
  public String toString() {
    return text;
  }
}
