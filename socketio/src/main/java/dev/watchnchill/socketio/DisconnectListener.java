package dev.watchnchill.socketio;

/** Is told that a socket has left its namespace. */
@FunctionalInterface
public interface DisconnectListener {
  /** Called once, on the socket's event loop; must not block. */
  void onDisconnect(CloseReason reason);
}
