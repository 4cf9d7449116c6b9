package dev.watchnchill.socketio.support;

import dev.watchnchill.socketio.Namespace;
import dev.watchnchill.socketio.SocketIoServer;
import java.util.List;

/** Listeners for protocol tests, in {@code /} and in {@code /custom}. */
public final class EchoListeners {
  private EchoListeners() {}

  public static void install(SocketIoServer server) {
    for (String name : List.of("/", "/custom")) {
      install(server.namespace(name));
    }
  }

  private static void install(Namespace namespace) {
    namespace
        .on("echo", (socket, args, ack) -> socket.emit("echoed", args.list().toArray()))
        .on("ask", (socket, args, ack) -> ack.send(args.list().toArray()))
        .on("fail", (socket, args, ack) -> explode())
        .on("leave-me", (socket, args, ack) -> socket.disconnect())
        .on("hang-up", (socket, args, ack) -> socket.disconnect(true))
        .on("join", (socket, args, ack) -> socket.join(args.get(0).asString()));
  }

  private static void explode() {
    throw new IllegalStateException("this listener fails on purpose");
  }
}
