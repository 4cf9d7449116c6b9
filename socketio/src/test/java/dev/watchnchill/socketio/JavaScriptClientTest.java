package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.watchnchill.socketio.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official JavaScript client, unmodified, in Node: see {@code src/test/js}. */
class JavaScriptClientTest {
  private static final Path FOLDER = Path.of("src", "test", "js");
  private static final String NO_NODE =
      "Node.js 18 or newer with npm is needed for this test: install it (Debian: apt-get install nodejs npm)";

  @Test
  void CLIENT_javascript_client_passes_all_its_cases() throws Exception {
    installWhenStale();
    // The client's process ends without waiting for its last words: whom the server has not heard
    // of, it gives up when the next pong is missing.
    Duration ping = Duration.ofSeconds(3);
    try (TestServer server =
        TestServer.start(builder -> builder.pingInterval(ping).pingTimeout(ping))) {
      String output = run("node", "client-test.mjs", server.url());
      JsonNode verdict = JsonMapper.shared().readTree(output.lines().toList().getLast());
      assertThat(verdict.get("failed")).as(output).isEmpty();
      assertThat(verdict.get("passed")).hasSize(6);
      server.awaitSessions(0);
    }
  }

  private static void installWhenStale() throws Exception {
    Path installed = FOLDER.resolve("node_modules").resolve(".installed-lock");
    String lock = Files.readString(FOLDER.resolve("package-lock.json"));
    if (!Files.exists(installed) || !Files.readString(installed).equals(lock)) {
      String _ = run("npm", "ci", "--no-audit", "--no-fund", "--silent");
      var _ = Files.writeString(installed, lock);
    }
  }

  private static String run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .directory(FOLDER.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
      return output;
    } catch (IOException e) {
      return fail(NO_NODE, e);
    }
  }
}
