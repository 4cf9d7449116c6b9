package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official JavaScript client, unmodified, in Node (see {@code src/test/js}). */
class JavaScriptClientTest {
  private static final Path FOLDER = Path.of("src", "test", "js");

  /** Long enough for a client on a slow machine. The server closes sessions that are left. */
  private static final Duration PING_TIMEOUT = Duration.ofMinutes(5);

  private static final String NO_NODE =
      "Node.js 18 or newer with npm is needed for this test: install it (Debian: apt-get install nodejs npm)";

  @Test
  void CLIENT1_javascript_client_passes_all_cases() throws Exception {
    installWhenStale();
    try (SocketIoTestServer server =
        SocketIoTestServer.start(builder -> builder.pingTimeout(PING_TIMEOUT))) {
      String output = run("node", "client-test.mjs", server.url());
      JsonNode result = JsonMapper.shared().readTree(output.lines().toList().getLast());
      assertThat(result.get("failed")).as(output).isEmpty();
      assertThat(result.get("passed")).hasSize(6);
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
