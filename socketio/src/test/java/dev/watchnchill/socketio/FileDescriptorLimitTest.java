package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.FewDescriptorsServer;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A process without free file descriptors. */
class FileDescriptorLimitTest {
  private static final int DESCRIPTORS = 160;
  private static final int IDLE = 150;

  private record Server(Process process, int port, Queue<String> log) implements AutoCloseable {
    private static Server start(int connectionsMax) throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      Process process =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  "ulimit -n " + DESCRIPTORS + " && exec \"$@\"",
                  "bash",
                  java,
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  FewDescriptorsServer.class.getName(),
                  Integer.toString(connectionsMax))
              .redirectErrorStream(true)
              .start();
      BufferedReader out = process.inputReader();
      String line = out.readLine();
      while (line != null && !line.startsWith("port ")) {
        line = out.readLine();
      }
      assertThat(line).as("first line of the server").isNotNull();
      var log = new ConcurrentLinkedQueue<String>();
      Thread.ofVirtual().start(() -> out.lines().forEach(log::add));
      return new Server(process, Integer.parseInt(line.substring(5)), log);
    }

    private boolean serves() {
      try (var http = new RawHttp(port)) {
        return http.get(EngineIoRequests.POLLING).status() == 200;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** Runs a server whose connection limit is above the number of descriptors. */
  @Test
  void RL15_new_clients_are_served_when_idle_connections_hold_every_descriptor() throws Exception {
    try (Server server = Server.start(100_000);
        RawWebSocket member = RawWebSocket.connect(server.port())) {
      // Classes that lie in a folder take a descriptor to load; those of a jar do not.
      assertThat(server.serves()).isTrue();
      List<RawHttp> idle = takeEverything(server.port());
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(server.serves()).as("%s", server.log()).isTrue());
      assertThat(server.log()).as("log").hasSizeLessThan(4);
      assertThat(server.log()).noneMatch(line -> line.strip().startsWith("at "));
      assertThat(server.log()).anyMatch(line -> line.contains("no connection can be accepted"));
      member.sendText("2");
      for (RawHttp one : idle) {
        one.close();
      }
    }
  }

  /** Runs a server that derives its connection limit from the number of descriptors. */
  @Test
  void RL15_descriptor_limit_of_the_process_is_known_and_kept() throws Exception {
    try (Server server = Server.start(0)) {
      List<RawHttp> idle = takeEverything(server.port());
      await().atMost(Duration.ofSeconds(60)).until(server::serves);
      assertThat(server.log()).noneMatch(line -> line.contains("no connection can be accepted"));
      for (RawHttp one : idle) {
        one.close();
      }
      await().atMost(Duration.ofSeconds(60)).until(server::serves);
    }
  }

  private static List<RawHttp> takeEverything(int port) throws IOException {
    var idle = new ArrayList<RawHttp>();
    for (int i = 0; i < IDLE; i++) {
      idle.add(new RawHttp(port));
    }
    return idle;
  }
}
