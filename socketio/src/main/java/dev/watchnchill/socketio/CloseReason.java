package dev.watchnchill.socketio;

/**
 * Why a socket or a session has ended. Constants are stable; {@link #text} is the reference
 * server's wording.
 */
public enum CloseReason {
  /** The client, or the network, closed the transport. */
  TRANSPORT_CLOSE("transport close", true),
  /** The transport failed, or the client broke its rules (overlapping polls, a cancelled poll). */
  TRANSPORT_ERROR("transport error", true),
  /** No pong came within the ping timeout. */
  PING_TIMEOUT("ping timeout", true),
  /** The client left this namespace. */
  CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect", false),
  /** The embedding program removed the socket from this namespace. */
  SERVER_NAMESPACE_DISCONNECT("server namespace disconnect", false),
  /** The server is closing. */
  SERVER_SHUTTING_DOWN("server shutting down", true),
  /** The client sent something that is no packet. */
  PARSE_ERROR("parse error", false),
  /** The server ended the session, for example because no CONNECT packet came in time. */
  FORCED_CLOSE("forced close", true),
  /** The client did not read what was sent to it, and its outbox was full. */
  SLOW_CONSUMER("slow consumer", true),
  /** The client sent more packets or bytes than its budget allows. */
  OVER_BUDGET("over budget", false),
  /** Memory was short, and the session was among the newest that could go. */
  MEMORY_SHORT("memory short", true);

  private final String text;
  private final boolean recoverable;

  CloseReason(String text, boolean recoverable) {
    this.text = text;
    this.recoverable = recoverable;
  }

  /** The reason in words, as Socket.IO servers report it. */
  public String text() {
    return text;
  }

  /** Whether connection state recovery keeps the state of a socket that ended for this reason. */
  boolean recoverable() {
    return recoverable;
  }

  @Override
  public String toString() {
    return text;
  }
}
