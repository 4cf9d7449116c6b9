package dev.watchnchill.socketio;

/** Receives one kind of event of a socket. */
@FunctionalInterface
public interface EventListener {
  /** Called on the socket's event loop; must not block. */
  void on(EventArgs args, Ack ack);
}
