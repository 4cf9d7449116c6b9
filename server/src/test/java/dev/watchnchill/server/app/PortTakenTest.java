package dev.watchnchill.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails, in a process of its own. */
final class PortTakenTest {
  @TempDir Path films;
  @TempDir Path temporary;

  @Test
  void LB5_start_at_a_taken_port_ends_with_one_line_and_leaves_no_cache_behind() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process server = start(taken.getLocalPort());
      var said = new String(server.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isEqualTo(1);
      assertThat(said.lines().filter(line -> line.startsWith("watchnchill: "))).hasSize(1);
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(each -> each.getFileName().toString()))
          .noneMatch(name -> name.startsWith("watchnchill-media-"));
    }
  }

  private Process start(int port) throws IOException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--media",
                films.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    // A setting of the tests, such as that of another store or cache.
    builder.environment().keySet().removeIf(name -> name.matches("MEDIA_.*|REDIS_URL|DATA_DIR"));
    return builder.start();
  }
}
