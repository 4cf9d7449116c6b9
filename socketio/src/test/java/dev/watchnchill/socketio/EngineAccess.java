package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EngineServer;

/** Gives tests of other packages access to the engine of a server. */
public final class EngineAccess {
  private EngineAccess() {}

  public static EngineServer of(SocketIoServer server) {
    return server.engine();
  }
}
