package dev.watchnchill.socketio.support;

import dev.watchnchill.socketio.EdgeSettings;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoServer;
import java.io.IOException;

/**
 * A server in a process of its own, whose limit of file descriptors is lower than its limit of
 * connections: accepting fails. Prints its port, and the metrics for each line it reads.
 */
public final class CrampedServer {
  private CrampedServer() {}

  public static void main(String[] args) throws IOException {
    var server =
        SocketIoServer.create(
            SocketIoConfig.builder()
                .eventLoops(2)
                .edge(EdgeSettings.DEFAULT.withConnections(100_000, Integer.parseInt(args[0])))
                .build());
    System.out.println("port " + server.start("127.0.0.1", 0));
    while (System.in.read() >= 0) {
      System.out.println(server.metrics().edge());
    }
    server.close();
  }
}
