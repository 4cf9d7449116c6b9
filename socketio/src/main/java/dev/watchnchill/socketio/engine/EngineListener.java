package dev.watchnchill.socketio.engine;

/** Receives the messages and the end of one session, on the session's event loop. */
public interface EngineListener {
  /** Handles a text message. */
  void onText(String message);

  /** Handles a binary message. */
  void onBinary(byte[] message);

  /** Handles the end of the session. Called once, after all messages. */
  void onClose(CloseReason reason);

  /**
   * Handles the closing of the server, before {@link #onClose}. May send a last packet.
   *
   * <p>The stock Java client ignores a close frame and would notice the end only by its ping
   * timeout. So a client that is to learn of the end needs a packet.
   *
   * @return whether a last packet was sent. A websocket then ends with a close frame; otherwise it
   *     ends as after a network failure, and clients reconnect
   */
  boolean onServerShutdown();
}
