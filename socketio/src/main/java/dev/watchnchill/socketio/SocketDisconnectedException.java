package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.CloseReason;

/** Signals that a socket ended before its client acknowledged an event. */
public final class SocketDisconnectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final CloseReason reason;

  SocketDisconnectedException(CloseReason reason) {
    super("the socket has disconnected: " + reason.text());
    this.reason = reason;
  }

  /** Returns why the socket ended. */
  public CloseReason reason() {
    return reason;
  }
}
