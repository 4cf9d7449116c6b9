package dev.watchnchill.socketio.conformance;

import dev.watchnchill.socketio.EventArgs;
import dev.watchnchill.socketio.Middleware;
import dev.watchnchill.socketio.MiddlewareDecision;
import dev.watchnchill.socketio.Namespace;
import dev.watchnchill.socketio.Socket;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoServer;
import dev.watchnchill.socketio.http.CorsPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The server for the tests of the official JavaScript client. It listens on port 3210, or on the
 * port of the environment variable {@code PORT}.
 */
public final class ClientSuiteServer {
  private ClientSuiteServer() {}

  /** Runs until the process is ended. */
  public static void main(String[] args) throws IOException {
    String given = System.getenv("PORT");
    SocketIoServer server =
        SocketIoServer.create(
            SocketIoConfig.builder()
                .pingInterval(Duration.ofSeconds(2))
                .cors(CorsPolicy.any())
                .connectionStateRecovery(Duration.ofMinutes(2))
                .build());
    server.namespace("/foo").on("getId", (socket, values, ack) -> ack.send(socket.id()));
    for (String name : List.of("/timeout_socket", "/valid", "/asd")) {
      var _ = server.namespace(name);
    }
    server.namespace("/abc").onConnection(socket -> socket.emit("handshake", handshake(socket)));
    server
        .namespace("/no")
        .use(
            Middleware.of(
                handshake -> MiddlewareDecision.reject("Auth failed (custom namespace)")));
    defaultNamespace(server.namespace("/"));
    int port = server.start("0.0.0.0", given == null ? 3210 : Integer.parseInt(given));
    System.out.println("client suite fixture listens on port " + port);
  }

  private static void defaultNamespace(Namespace main) {
    main.use(
            Middleware.of(handshake ->
                handshake.query().containsKey("fail")
                    ? MiddlewareDecision.reject("Auth failed (main namespace)")
                    : MiddlewareDecision.accept()))
        .on("hi", (socket, args, ack) -> socket.emit("hi"))
        .on("echo", (socket, args, ack) -> ack.send(args.get(0)))
        .on("ack", (socket, args, ack) -> askBack(socket))
        .on("getAckDate", (socket, args, ack) -> ack.send(Instant.now()))
        .on("getDate", (socket, args, ack) -> socket.emit("takeDate", Instant.now()))
        .on(
            "getDateObj",
            (socket, args, ack) -> socket.emit("takeDateObj", Map.of("date", Instant.now())))
        .on("getUtf8", (socket, args, ack) -> utf8(socket))
        .on("false", (socket, args, ack) -> socket.emit("false", false))
        .on("doge", (socket, args, ack) -> socket.emit("doge", bytes()))
        .on("getbin", (socket, args, ack) -> socket.emit("takebin", bytes()))
        .on("getHandshake", (socket, args, ack) -> ack.send(handshake(socket)))
        .on("getId", (socket, args, ack) -> ack.send(socket.id()))
        .on("buffa", (socket, args, ack) -> when(args.get(0).isBinary(), socket, "buffack"))
        .on("jsonbuff", (socket, args, ack) -> when(isMixed(args), socket, "jsonbuff-ack"))
        .on("abuff1", (socket, args, ack) -> socket.attach(args.get(0).isBinary()))
        .on("abuff2", (socket, args, ack) -> when(flag(socket), socket, "abuff2-ack"))
        .on("blob", (socket, args, ack) -> when(args.get(0).isBinary(), socket, "back"))
        .on("jsonblob", (socket, args, ack) -> when(isMixed(args), socket, "jsonblob-ack"))
        .on("blob1", (socket, args, ack) -> socket.attach(args.get(0).isBinary()))
        .on(
            "blob2",
            (socket, args, ack) ->
                socket.attach(flag(socket) && "second".equals(args.get(0).asString())))
        .on(
            "blob3",
            (socket, args, ack) ->
                when(flag(socket) && args.get(0).isBinary(), socket, "blob3-ack"));
  }

  private static boolean flag(Socket socket) {
    return Boolean.TRUE.equals(socket.attachment(Boolean.class));
  }

  private static void when(boolean condition, Socket socket, String event) {
    if (condition) {
      socket.emit(event);
    }
  }

  private static boolean isMixed(EventArgs args) {
    JsonNode value = args.get(0);
    return "lol".equals(value.path("hello").asString(""))
        && value.path("message").isBinary()
        && "gotcha".equals(value.path("goodbye").asString(""));
  }

  private static byte[] bytes() {
    return "asdfasdf".getBytes(StandardCharsets.UTF_8);
  }

  private static void askBack(Socket socket) {
    var _ =
        socket
            .emitWithAck(Duration.ofSeconds(5), "ack")
            .thenAccept(values ->
                when(
                    values.get(0).asInt() == 5 && values.get(1).path("test").asBoolean(),
                    socket,
                    "got it"));
  }

  private static void utf8(Socket socket) {
    for (String text :
        List.of("てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string")) {
      socket.emit("takeUtf8", text);
    }
  }

  /** Returns the handshake of a socket as the reference server shows it. */
  static Map<String, Object> handshake(Socket socket) {
    Map<String, String> headers = new HashMap<>();
    socket
        .handshake()
        .headers()
        .forEach(header ->
            headers.put(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue()));
    JsonNode auth = socket.handshake().auth();
    return Map.of(
        "query",
        socket.handshake().query(),
        "headers",
        headers,
        "auth",
        auth.isObject() ? auth : Map.of());
  }
}
