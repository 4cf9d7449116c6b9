package dev.watchnchill.socketio.engine;

/** A transport of Engine.IO. */
public enum Transport {
  /** HTTP long-polling. */
  POLLING,
  /** WebSocket. */
  WEBSOCKET
}
