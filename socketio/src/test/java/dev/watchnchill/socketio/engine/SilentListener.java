package dev.watchnchill.socketio.engine;

/** A listener that ignores everything. */
final class SilentListener implements EngineListener {
  @Override
  public void onText(String message) {}

  @Override
  public void onBinary(byte[] message) {}

  @Override
  public void onClose(CloseReason reason) {}

  @Override
  public boolean onServerShutdown() {
    return true;
  }
}
