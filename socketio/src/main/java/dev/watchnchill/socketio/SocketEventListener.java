package dev.watchnchill.socketio;

/** Receives one kind of event of every socket of a namespace; costs nothing per socket. */
@FunctionalInterface
public interface SocketEventListener {
  /** Called on the socket's event loop; must not block. */
  void on(Socket socket, EventArgs args, Ack ack);
}
