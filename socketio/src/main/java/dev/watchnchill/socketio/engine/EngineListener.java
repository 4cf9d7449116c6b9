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

  /** The server is closing: says goodbye to the client. {@link #onClose} follows. */
  void onServerShutdown();
}
