package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.CloseReason;

/** What lives on top of a session. All calls are on the session's event loop. */
public interface EngineListener {
  /** A text message arrived. */
  void onText(String message);

  /** A binary message arrived. */
  void onBinary(byte[] message);

  /** The session has ended. Called once; nothing follows. */
  void onClose(CloseReason reason);

  /**
   * The server is closing: says goodbye to the client, or not. {@link #onClose} follows.
   *
   * @return whether goodbye was said; a websocket then ends with a close frame, else as if the
   *     network had failed, after which every client comes back by itself. With a close frame alone
   *     the stock Java client would not notice the end before its ping timeout
   */
  boolean onServerShutdown();
}
