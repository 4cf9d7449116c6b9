package dev.watchnchill.socketio.support;

import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoServer;
import dev.watchnchill.socketio.limit.ConnectionSettings;
import java.io.IOException;

/**
 * A server in its own process with fewer file descriptors than its limit of connections, so that
 * accepting fails. Prints its port, and the metrics for each line that it reads.
 */
public final class FewDescriptorsServer {
  private FewDescriptorsServer() {}

  public static void main(String[] args) throws IOException {
    var server =
        SocketIoServer.create(
            SocketIoConfig.builder()
                .eventLoops(2)
                .connections(
                    ConnectionSettings.DEFAULT.withConnections(100_000, Integer.parseInt(args[0])))
                .build());
    System.out.println("port " + server.start("127.0.0.1", 0));
    while (System.in.read() >= 0) {
      System.out.println(server.metrics().connections());
    }
    server.close();
  }
}
