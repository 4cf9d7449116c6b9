package dev.watchnchill.socketio.conformance;

import dev.watchnchill.socketio.Ack;
import dev.watchnchill.socketio.EventArgs;
import dev.watchnchill.socketio.Socket;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoServer;
import dev.watchnchill.socketio.engine.EngineServer;
import dev.watchnchill.socketio.http.CorsPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The server for the official protocol test suites: {@code eio4} is an echo server on {@code
 * /engine.io}, {@code sio5} the event fixture on {@code /socket.io}.
 *
 * <p>The environment variable {@code PORT} sets the port, 3000 by default. {@code --loops N} sets
 * the number of event loops.
 */
public final class ConformanceServer {
  private static final String USAGE = "usage: conformance (eio4 | sio5) [--loops N]";

  private ConformanceServer() {}

  /** Runs until the process is ended. */
  public static void main(String[] args) throws IOException {
    String suite = args.length > 0 ? args[0] : "";
    int loops = 2;
    if (args.length == 3 && args[1].equals("--loops")) {
      loops = Integer.parseInt(args[2]);
    } else if (args.length != 1) {
      throw new IllegalArgumentException(USAGE);
    }
    String given = System.getenv("PORT");
    int port = given == null ? 3000 : Integer.parseInt(given);
    int bound =
        switch (suite) {
          case "eio4" -> {
            ServerWarmUp.run(startEngineIo(0, loops), "/engine.io");
            yield startEngineIo(port, loops);
          }
          case "sio5" -> {
            ServerWarmUp.run(startSocketIo(0, loops), "/socket.io");
            yield startSocketIo(port, loops);
          }
          default -> throw new IllegalArgumentException(USAGE);
        };
    System.out.printf("%s fixture listens on port %d with %d event loops%n", suite, bound, loops);
  }

  private static SocketIoConfig config(String path, int loops) {
    return SocketIoConfig.builder()
        .path(path)
        .pingInterval(Duration.ofMillis(300))
        .pingTimeout(Duration.ofMillis(200))
        .maxPayloadBytes(1_000_000)
        .cors(CorsPolicy.any())
        .eventLoops(loops)
        .build();
  }

  private static int startEngineIo(int port, int loops) throws IOException {
    var server =
        new EngineServer(
            config("/engine.io", loops).engine(), (session, request) -> new EngineEcho(session));
    return server.start("0.0.0.0", port);
  }

  private static int startSocketIo(int port, int loops) throws IOException {
    SocketIoServer server = SocketIoServer.create(config("/socket.io", loops));
    for (String name : List.of("/", "/custom")) {
      var _ =
          server
              .namespace(name)
              .onConnection(ConformanceServer::greet)
              .on("message", ConformanceServer::sendBack)
              .on("message-with-ack", (socket, args, ack) -> ack.send(args.list().toArray()));
    }
    return server.start("0.0.0.0", port);
  }

  private static void greet(Socket socket) {
    JsonNode auth = socket.handshake().auth();
    socket.emit("auth", auth.isObject() ? auth : JsonNodeFactory.instance.objectNode());
  }

  private static void sendBack(Socket socket, EventArgs args, Ack ack) {
    socket.emit("message-back", args.list().toArray());
  }
}
