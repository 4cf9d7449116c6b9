package dev.watchnchill.socketio.conformance;

import dev.watchnchill.socketio.EventArgs;
import dev.watchnchill.socketio.Middleware;
import dev.watchnchill.socketio.MiddlewareDecision;
import dev.watchnchill.socketio.Namespace;
import dev.watchnchill.socketio.Socket;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoServer;
import dev.watchnchill.socketio.engine.EngineServer;
import dev.watchnchill.socketio.engine.EngineSession;
import dev.watchnchill.socketio.http.CorsPolicy;
import dev.watchnchill.socketio.http.ResponseHeaders;
import dev.watchnchill.socketio.http.TransportRequest;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server for the tests of the official Java clients: {@code eio} for engine.io-client-java,
 * {@code sio} and a namespace for socket.io-client-java. It stands in for the {@code server.js} of
 * their repositories, and listens on the port of the environment variable {@code PORT}, 3000 by
 * default.
 */
public final class JavaClientSuiteServer {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private JavaClientSuiteServer() {}

  /** Runs until the process is ended. */
  public static void main(String[] args) throws IOException {
    String given = System.getenv("PORT");
    int port = given == null ? 3000 : Integer.parseInt(given);
    int bound =
        args[0].equals("eio")
            ? startEngineIo(port)
            : startSocketIo(port, args.length > 1 ? args[1] : "/");
    System.out.println("fixture listens on port " + bound);
  }

  private static SocketIoConfig.Builder config(Duration pingInterval, ResponseHeaders headers) {
    return SocketIoConfig.builder()
        .pingInterval(pingInterval)
        .maxPayloadBytes(1_000_000)
        .cors(CorsPolicy.any())
        .responseHeaders(headers);
  }

  private static int startEngineIo(int port) throws IOException {
    ResponseHeaders headers =
        new ResponseHeaders() {
          @Override
          public void each(HttpHeaders response, TransportRequest request) {
            String value = request.headers().get("X-EngineIO");
            if (value != null) {
              response.add("X-EngineIO", List.of("hi", value));
            }
          }
        };
    SocketIoConfig config = config(Duration.ofMillis(500), headers).path("/engine.io").build();
    return new EngineServer(config.engine(), (session, request) -> greeting(session))
        .start("0.0.0.0", port);
  }

  /** Returns an echo that sends a greeting when the session has opened. */
  private static EngineEcho greeting(EngineSession session) {
    var echo = new EngineEcho(session);
    session.loopContext().post(() -> echo.onText("hi"));
    return echo;
  }

  private static int startSocketIo(int port, String namespace) throws IOException {
    ResponseHeaders headers =
        new ResponseHeaders() {
          @Override
          public void each(HttpHeaders response, TransportRequest request) {
            String value = request.headers().get("X-SocketIO");
            if (value != null) {
              response.set("X-SocketIO", value);
            }
          }
        };
    SocketIoServer server = SocketIoServer.create(config(Duration.ofSeconds(2), headers).build());
    for (String name : List.of("/", "/foo", "/timeout_socket", "/valid", "/asd")) {
      var _ = server.namespace(name);
    }
    server
        .namespace("/foo")
        .on("room", (socket, args, ack) -> toItself(socket, args.list().toArray()));
    server
        .namespace("/abc")
        .onConnection(socket -> socket.emit("handshake", ClientSuiteServer.handshake(socket)));
    server
        .namespace("/no")
        .use(
            Middleware.of(handshake ->
                MiddlewareDecision.reject(
                    "auth failed", JsonMapper.shared().valueToTree(Map.of("a", "b", "c", 3)))));
    install(server.namespace(namespace));
    return server.start("0.0.0.0", port);
  }

  private static void install(Namespace namespace) {
    var _ =
        namespace
            .onConnection(socket -> socket.emit("message", "hello client"))
            .on("message", (socket, args, ack) -> socket.emit("message", args.list().toArray()))
            .on("echo", (socket, args, ack) -> socket.emit("echoBack", args.list().toArray()))
            .on("ack", (socket, args, ack) -> ack.send(args.list().toArray()))
            .on("callAck", (socket, args, ack) -> askBack(socket))
            .on("callAckBinary", (socket, args, ack) -> askBack(socket))
            .on(
                "getAckBinary",
                (socket, args, ack) -> ack.send("huehue".getBytes(StandardCharsets.UTF_8)))
            .on("getAckDate", (socket, args, ack) -> ack.send(Instant.now()))
            .on(
                "broadcast",
                (socket, args, ack) ->
                    socket.broadcast().emit("broadcastBack", args.list().toArray()))
            .on("room", (socket, args, ack) -> toItself(socket, first(args)))
            .on("requestDisconnect", (socket, args, ack) -> socket.disconnect())
            .on(
                "getHandshake",
                (socket, args, ack) -> ack.send(ClientSuiteServer.handshake(socket)));
  }

  private static @Nullable Object first(EventArgs args) {
    return args.size() == 0 ? null : args.get(0);
  }

  private static void toItself(Socket socket, @Nullable Object... args) {
    socket.namespace().to(socket.id()).emit("roomBack", args);
  }

  private static void askBack(Socket socket) {
    var _ =
        socket
            .emitWithAck(ANSWER_TIMEOUT, "ack")
            .thenAccept(values -> socket.emit("ackBack", values.toArray()));
  }
}
