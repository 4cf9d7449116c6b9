package dev.watchnchill.socketio;

/** Receives one kind of event of one socket. */
@FunctionalInterface
public interface EventListener {
  /** Handles an event. Called on the socket's event loop; must not block. */
  void on(EventArgs args, Ack ack);
}
