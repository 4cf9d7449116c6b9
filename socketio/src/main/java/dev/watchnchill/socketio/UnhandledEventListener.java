package dev.watchnchill.socketio;

/** Receives the events of a socket that no other listener handles. */
@FunctionalInterface
public interface UnhandledEventListener {
  /** Handles an event. Called on the socket's event loop; must not block. */
  void on(String event, EventArgs args, Ack ack);
}
