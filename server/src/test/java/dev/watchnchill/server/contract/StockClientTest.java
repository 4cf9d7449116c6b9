package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The stock JavaScript client with its default transports, as a page of the original would use it.
 */
final class StockClientTest {
  private static final Path SCRIPT = Path.of("src/test/js").toAbsolutePath();

  private record Outcome(int exitCode, String output) {}

  private static Outcome run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("contract", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(SCRIPT.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " hangs:\n" + Files.readString(log));
      }
      return new Outcome(process.exitValue(), Files.readString(log));
    } finally {
      Files.delete(log);
    }
  }

  @BeforeAll
  static void modules() throws IOException, InterruptedException {
    try {
      run(List.of("node", "--version"));
    } catch (IOException e) {
      throw new AssertionError(
          "Node is missing: install Node 20 or newer, with npm, and put it on the PATH", e);
    }
    Path lock = SCRIPT.resolve("package-lock.json");
    Path mark = SCRIPT.resolve("node_modules/.installed");
    if (Files.exists(mark) && Files.readString(mark).equals(Files.readString(lock))) {
      return;
    }
    Outcome install = run(List.of("npm", "ci", "--no-progress"));
    assertThat(install.exitCode()).as(install.output()).isZero();
    Files.writeString(mark, Files.readString(lock));
  }

  @Test
  void TR2_client_of_the_original_server_finds_everything_it_expects()
      throws IOException, InterruptedException {
    try (TestServer server = TestServer.with(Map.of())) {
      Outcome outcome = run(List.of("node", "contract.mjs", server.url()));
      assertThat(outcome.output()).contains("VERDICT ok");
      assertThat(outcome.exitCode()).isZero();
    }
  }
}
