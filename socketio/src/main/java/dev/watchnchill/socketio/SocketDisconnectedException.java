package dev.watchnchill.socketio;

/** The socket left its namespace before the client answered. */
public final class SocketDisconnectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reason the socket ended. */
  private final CloseReason reason;

  SocketDisconnectedException(CloseReason reason) {
    super("the socket has disconnected: " + reason.text());
    this.reason = reason;
  }

  /** Why the socket ended. */
  public CloseReason reason() {
    return reason;
  }
}
