package dev.watchnchill.socketio;

/** Receives the events of a socket that no listener of their own name takes. */
@FunctionalInterface
public interface AnyListener {
  /** Called on the socket's event loop; must not block. */
  void on(String event, EventArgs args, Ack ack);
}
