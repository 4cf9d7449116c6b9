package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed at any moment, and what it had acknowledged is there. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KilledTest {
  private static final int ROUNDS = 20;
  private static final int LINES_MAX = 1_500;

  @TempDir private Path dir;

  @Test
  void AT1_every_acknowledged_commit_survives_the_death_of_the_process() throws Exception {
    var random = new Random(9);
    Map<String, Long> acknowledged = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      long total = acknowledged.values().stream().mapToLong(Long::longValue).sum();
      killedAfter(1 + random.nextInt(LINES_MAX), acknowledged);
      assertThat(acknowledged.values().stream().mapToLong(Long::longValue).sum())
          .isGreaterThan(total);
      assertNothingLost(acknowledged);
    }
    assertThat(acknowledged).hasSize(Scribbler.ROOMS);
  }

  private void killedAfter(int lines, Map<String, Long> acknowledged) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                Scribbler.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      for (int i = 0; i < lines; i++) {
        note(Objects.requireNonNull(out.readLine(), "it lives until it is killed"), acknowledged);
      }
      process.destroyForcibly();
      // What it had said before it died counts; the last line may be half of one.
      var rest = new StringBuilder();
      drain(out, rest);
      int end = rest.lastIndexOf("\n");
      if (end > 0) {
        rest.substring(0, end).lines().forEach(line -> note(line, acknowledged));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void drain(BufferedReader out, StringBuilder into) {
    var chunk = new char[8_192];
    try {
      for (int read = out.read(chunk); read >= 0; read = out.read(chunk)) {
        into.append(chunk, 0, read);
      }
    } catch (IOException e) {
      // The pipe broke with the process: there was no more.
    }
  }

  private static void note(String line, Map<String, Long> acknowledged) {
    String[] words = line.split(" ", 2);
    acknowledged.merge(words[0], Long.parseLong(words[1]), Math::max);
  }

  private void assertNothingLost(Map<String, Long> acknowledged) {
    try (var store =
        FileRoomStore.open(dir, System::currentTimeMillis, Scribbler.LIFE_MS, 10_000, false)) {
      assertThat(store.lastSeenMs()).isPositive();
      for (int i = 0; i < Scribbler.ROOMS; i++) {
        Long seq = acknowledged.get(Scribbler.id(i).value());
        if (seq == null) {
          continue; // killed before it could say so
        }
        Room room = Objects.requireNonNull(store.load(Scribbler.id(i)).join(), "it is there");
        // More may have been written than was heard of: what a process says last can be lost with
        // its pipe.
        assertThat(room.seq()).isGreaterThanOrEqualTo(seq);
        if (room.seq() > 1) {
          assertThat(room.chat().messages().getLast().text()).isEqualTo("number " + room.seq());
        }
      }
    }
  }
}
