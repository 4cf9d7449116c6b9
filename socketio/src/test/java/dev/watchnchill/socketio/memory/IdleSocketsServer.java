package dev.watchnchill.socketio.memory;

import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoServer;
import dev.watchnchill.socketio.limit.ConnectionSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures the memory of an idle websocket. {@link IdleSocketsClient} opens sockets from a second
 * process, and this program prints the growth of its own resident memory per socket.
 *
 * <p>Arguments: the number of sockets, default 10000. Runs only on Linux, because it reads {@code
 * /proc/self/status}.
 */
public final class IdleSocketsServer {
  private static final int WARM_UP_SOCKETS = 500;

  private IdleSocketsServer() {}

  /** Runs one measurement. */
  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    try (SocketIoServer server =
        SocketIoServer.create(
            SocketIoConfig.builder()
                .eventLoops(2)
                .connections(ConnectionSettings.DEFAULT.withConnections(1_000_000, 0))
                .build())) {
      var _ = server.namespace("/").on("x", (socket, values, ack) -> ack.send());
      int port = server.start("127.0.0.1", 0);
      Process warmUp = openSockets(port, WARM_UP_SOCKETS, server);
      warmUp.destroy();
      await().until(() -> server.metrics().sessions() == 0);
      long before = residentKb();
      Process client = openSockets(port, count, server);
      long after = residentKb();
      System.out.printf(
          "%d idle websockets: %d kB before, %d kB after, %.2f kB per socket%n",
          count, before, after, (after - before) / (double) count);
      client.destroy();
    }
  }

  private static Process openSockets(int port, int count, SocketIoServer server)
      throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                IdleSocketsClient.class.getName(),
                Integer.toString(port),
                Integer.toString(count))
            .redirectErrorStream(true)
            .start();
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    if (!"open".equals(line) || server.namespace("/").socketCount() != count) {
      throw new IOException("the client failed: " + line);
    }
    return process;
  }

  private static long residentKb() throws IOException {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }
}
