package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EngineServer;

/** Gives tests of other packages the engine below a server. */
public final class Engines {
  private Engines() {}

  public static EngineServer of(SocketIoServer server) {
    return server.engine();
  }
}
