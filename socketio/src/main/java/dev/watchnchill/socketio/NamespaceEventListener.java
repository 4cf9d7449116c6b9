package dev.watchnchill.socketio;

/** Receives one kind of event of every socket of a namespace, without memory per socket. */
@FunctionalInterface
public interface NamespaceEventListener {
  /** Handles an event. Called on the socket's event loop; must not block. */
  void on(Socket socket, EventArgs args, Ack ack);
}
