package dev.watchnchill.socketio.conformance;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.engine.EncodedFrame;
import dev.watchnchill.socketio.engine.EngineListener;
import dev.watchnchill.socketio.engine.EngineSession;

/** An Engine.IO listener that sends every message back. */
record EngineEcho(EngineSession session) implements EngineListener {
  @Override
  public void onText(String message) {
    send(EncodedFrame.text("4" + message));
  }

  @Override
  public void onBinary(byte[] message) {
    send(EncodedFrame.binary(message));
  }

  private void send(EncodedFrame frame) {
    session.connected();
    session.send(frame, false, 0);
    frame.release();
  }

  @Override
  public void onClose(CloseReason reason) {}

  @Override
  public boolean onServerShutdown() {
    return true;
  }
}
