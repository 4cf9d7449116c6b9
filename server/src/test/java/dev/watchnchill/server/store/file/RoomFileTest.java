package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the file returns what was written, stays small, and never takes damage for rooms. */
final class RoomFileTest {
  private static final long MB = 1 << 20;

  @TempDir private Path dir;

  private Path path() {
    return dir.resolve("rooms.mv");
  }

  private RoomFile open() throws IOException {
    if (!Files.exists(path())) {
      RoomFile.create(path(), Map.of(), 1);
    }
    return RoomFile.open("", path(), 1, _ -> {});
  }

  private static RecordKey key(String name) {
    return new RecordKey(RecordKey.Kind.STATE, name);
  }

  private static Map<RecordKey, byte @Nullable []> change(String name, byte @Nullable [] record) {
    var changes = new LinkedHashMap<RecordKey, byte @Nullable []>();
    changes.put(key(name), record);
    return changes;
  }

  private static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void records_are_found_again_and_removed_ones_are_not() throws IOException {
    byte[] record = "one".getBytes(StandardCharsets.UTF_8);
    try (RoomFile file = open()) {
      file.write(change("ROOM01", record));
      file.write(change("ROOM02", record));
      file.write(change("ROOM02", null));
      file.write(change("ROOM03", new byte[0]));
    }
    try (RoomFile file = open()) {
      assertThat(file.records()).containsOnlyKeys(key("ROOM01"), key("ROOM03"));
    }
    assertThat(RoomFile.read(path(), false).records())
        .containsOnlyKeys(key("ROOM01"), key("ROOM03"));
    assertThat(RoomFile.read(path(), false).records().get(key("ROOM01"))).isEqualTo(record);
  }

  @Test
  void records_of_all_kinds_are_written_together() throws IOException {
    byte[] record = "one".getBytes(StandardCharsets.UTF_8);
    var all = new LinkedHashMap<RecordKey, byte @Nullable []>();
    all.put(RecordKey.state(Scribbler.id(1)), record);
    all.put(RecordKey.member(Scribbler.id(1), new UserId(new UUID(1, 1))), record);
    all.put(RecordKey.message(Scribbler.id(1), 7), record);
    try (RoomFile file = open()) {
      file.write(all);
    }
    RoomFile.Content content = RoomFile.read(path(), false);
    assertThat(content.records()).containsOnlyKeys(all.keySet());
    assertThat(Objects.requireNonNull(content.checkpoint()).count()).isEqualTo(3);
  }

  @Test
  void commits_without_number_to_one_room_leave_a_small_file() throws IOException {
    var random = new Random(1);
    long largest = 0;
    try (RoomFile file = open()) {
      for (int i = 0; i < 20_000; i++) {
        file.write(change("ROOM01", noise(random, 6_000)));
        if (i % 500 == 0) {
          file.tidy();
          largest = Math.max(largest, Files.size(path()));
        }
      }
    }
    assertThat(largest).isLessThan(32 * MB);
    RoomFile.create(path(), RoomFile.read(path(), false).records(), 1);
    assertThat(Files.size(path())).isLessThan(MB / 10);
  }

  @Test
  void file_of_many_rooms_stays_within_a_few_times_what_is_in_it() throws IOException {
    var random = new Random(2);
    int rooms = 1_000;
    int length = 4_000;
    long largest = 0;
    try (RoomFile file = open()) {
      for (int i = 0; i < 8_000; i++) {
        file.write(change("R" + random.nextInt(rooms), noise(random, length)));
        if (i % 500 == 0) {
          file.tidy();
          largest = Math.max(largest, Files.size(path()));
        }
      }
      assertThat(file.records()).hasSizeGreaterThan(rooms - 10);
      for (int i = 0; i < rooms; i++) {
        file.write(change("R" + i, null));
      }
    }
    assertThat(largest).isLessThan(10L * rooms * length);
  }

  @Test
  void damage_is_reported_or_leaves_a_state_that_was_written() throws IOException {
    var random = new Random(3);
    var written = new HashSet<String>();
    try (RoomFile file = open()) {
      for (int i = 0; i < 200; i++) {
        String key = "R" + i % 50;
        byte[] record = noise(random, 1 + random.nextInt(3_000));
        written.add(key + Arrays.hashCode(record));
        file.write(change(key, record));
      }
    }
    byte[] whole = Files.readAllBytes(path());
    int reported = 0;
    for (int round = 0; round < 120; round++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      int length = Math.min(whole.length - at, 1 << random.nextInt(13));
      System.arraycopy(noise(random, length), 0, damaged, at, length);
      Files.write(path(), damaged);
      try {
        Map<RecordKey, byte[]> records = RoomFile.read(path(), false).records();
        records.forEach((key, record) ->
            assertThat(written.contains(key.name() + Arrays.hashCode(record))).isTrue());
        assertThat(records).hasSizeGreaterThan(40);
      } catch (DataFileException e) {
        assertThat(e).hasMessageContaining(" is damaged (").hasMessageNotContaining("\n");
        reported++;
      }
    }
    assertThat(reported).isBetween(2, 118);
  }

  @Test
  void file_that_is_no_room_file_is_reported_in_one_line() throws IOException {
    for (String content : new String[] {"", "hello", "H:2,block:1,blockSize:1000\n".repeat(999)}) {
      Files.writeString(path(), content);
      assertThatThrownBy(() -> RoomFile.read(path(), false).records())
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining(path().toString())
          .hasMessageContaining("damaged")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void created_file_replaces_an_existing_file_and_the_rest_of_a_killed_start() throws IOException {
    byte[] record = "one".getBytes(StandardCharsets.UTF_8);
    Files.writeString(dir.resolve("rooms.mv.part"), "half");
    RoomFile.create(path(), Map.of(key("ROOM01"), record), 1);
    RoomFile.create(path(), Map.of(key("ROOM02"), record), 2);
    assertThat(RoomFile.read(path(), false).records()).containsOnlyKeys(key("ROOM02"));
    assertThat(dir).isDirectoryContaining(file -> file.equals(path()));
    assertThat(dir.toFile().list()).containsExactly("rooms.mv");
  }
}
