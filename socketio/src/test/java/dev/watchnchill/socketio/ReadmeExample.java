package dev.watchnchill.socketio;

import java.io.IOException;

/** The example of README.md, unchanged. {@link ReadmeTest} compares and runs it. */
final class ReadmeExample {
  private ReadmeExample() {}

  // README
  static SocketIoServer chat(int port) throws IOException {
    SocketIoServer server = SocketIoServer.create(SocketIoConfig.builder().build());
    var _ =
        server
            .namespace("/")
            .onConnection(socket -> {
              socket.join("lobby");
              socket.on("say", (args, ack) -> socket.to("lobby").emit("said", args.get(0)));
              socket.onDisconnect(reason -> socket.to("lobby").emit("left", reason.text()));
            });
    int bound = server.start("127.0.0.1", port);
    System.out.println("listening on port " + bound);
    return server;
  }
  // README
}
