package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.CloseReason;

/** Listens for the end of a socket. */
@FunctionalInterface
public interface DisconnectListener {
  /** Handles the end of the socket. Called once, on the socket's event loop; must not block. */
  void onDisconnect(CloseReason reason);
}
