package dev.watchnchill.socketio;

import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** Runs a test body against a server with a configuration and one HTTP connection. */
abstract class HttpScenario {
  interface Body {
    void run(SocketIoTestServer server, RawHttp http) throws IOException;
  }

  static void with(UnaryOperator<SocketIoConfig.Builder> configure, Body body) throws IOException {
    try (SocketIoTestServer server = SocketIoTestServer.start(configure);
        var http = new RawHttp(server.port())) {
      body.run(server, http);
    }
  }
}
