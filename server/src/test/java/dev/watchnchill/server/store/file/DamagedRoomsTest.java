package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.codec.RoomScripts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage of every kind stops the start with the files as they are, or it costs no room. */
final class DamagedRoomsTest {
  private static final long NOW_MS = RoomScripts.START_MS;
  private static final int ROOMS = 12;

  @TempDir private Path dir;
  private final Map<RoomId, Room> rooms = new HashMap<>();
  private Path file;
  private byte[] whole;

  private FileRoomStore open(boolean repair) {
    return FileRoomStore.open(dir, () -> NOW_MS, 1_000_000, 10_000, repair);
  }

  /** Rooms that were made and changed after a start, as in life: the start found none of them. */
  @BeforeEach
  void live() throws IOException {
    file = dir.resolve("rooms.mv");
    try (FileRoomStore store = open(false)) {
      for (int i = 0; i < ROOMS; i++) {
        Room room = Scribbler.room(Scribbler.id(i), NOW_MS);
        assertThat(store.create(room).join()).isTrue();
        rooms.put(room.id(), room);
      }
      for (int i = 0; i < 60; i++) {
        Room room = Objects.requireNonNull(rooms.get(Scribbler.id(i * 7 % ROOMS)));
        Decision said = Scribbler.next(room, NOW_MS);
        assertThat(store.commit(room, said.next(), said.events()).join()).isTrue();
        rooms.put(room.id(), said.next());
      }
    }
    whole = Files.readAllBytes(file);
  }

  /** Whether the start was refused; else every room is as it was. */
  private boolean refusedOrWhole(byte[] content, Object how) throws IOException {
    byte[] synced = Files.readAllBytes(dir.resolve("synced"));
    Files.write(file, content);
    String refusal = null;
    try (FileRoomStore store = open(false)) {
      assertThat(store.active().join()).as("%s", how).isEqualTo(rooms.keySet());
      rooms
          .values()
          .forEach(room -> assertThat(store.load(room.id()).join()).as("%s", how).isEqualTo(room));
    } catch (DataFileException e) {
      refusal = e.getMessage();
    }
    if (refusal != null) {
      assertThat(refusal).contains(file.toString()).contains("--repair").doesNotContain("\n");
      assertThat(file).as("%s", how).hasBinaryContent(content);
    }
    Files.write(dir.resolve("synced"), synced);
    return refusal != null;
  }

  @Test
  void SF1_file_cut_at_any_place_is_rejected_or_has_lost_nothing() throws IOException {
    var random = new Random(41);
    var cuts = new TreeSet<>(List.of(0, 1, whole.length / 4, whole.length / 2, whole.length - 1));
    for (int i = 0; i < 60; i++) {
      cuts.add(random.nextInt(whole.length));
      cuts.add(random.nextInt(whole.length / 4_096) * 4_096);
    }
    int refused = 0;
    for (int cut : cuts) {
      refused += refusedOrWhole(Arrays.copyOf(whole, cut), "cut at " + cut) ? 1 : 0;
    }
    assertThat(refusedOrWhole(Arrays.copyOf(whole, whole.length / 4), "a quarter")).isTrue();
    assertThat(refused).isGreaterThan(cuts.size() / 2);
  }

  @Test
  void SF1_file_with_a_byte_changed_at_any_place_is_rejected_or_has_lost_nothing()
      throws IOException {
    var random = new Random(42);
    int refused = 0;
    for (int i = 0; i < 250; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      int length = Math.min(whole.length - at, i % 3 == 0 ? 1 << random.nextInt(15) : 1);
      for (int k = at; k < at + length; k++) {
        damaged[k] = (byte) (damaged[k] ^ (1 + random.nextInt(255)));
      }
      refused += refusedOrWhole(damaged, length + " bytes at " + at) ? 1 : 0;
    }
    assertThat(refused).isBetween(5, 249);
  }

  @Test
  void SF1_older_copy_of_the_file_is_rejected() throws IOException {
    Room room = Objects.requireNonNull(rooms.get(Scribbler.id(1)));
    try (FileRoomStore store = open(false)) {
      Decision said = Scribbler.next(room, NOW_MS);
      assertThat(store.commit(room, said.next(), said.events()).join()).isTrue();
    }
    Files.write(file, whole);
    assertThatThrownBy(() -> open(false))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("The file " + file + " is older than what was last written");
    assertThat(file).hasBinaryContent(whole);
  }

  @Test
  void SF1_missing_file_and_damaged_mark_are_rejected() throws IOException {
    Files.delete(file);
    Files.delete(dir.resolve("alive"));
    assertThatThrownBy(() -> open(false))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("The file " + file + " is missing");
    Files.write(file, whole);
    Path synced = dir.resolve("synced");
    Files.write(synced, new byte[(int) Files.size(synced)]);
    assertThatThrownBy(() -> open(false))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("The file " + synced + " is damaged");
  }

  @Test
  void SF1_mark_whose_last_write_was_cut_still_counts() throws IOException {
    Path synced = dir.resolve("synced");
    byte[] mark = Files.readAllBytes(synced);
    Checkpoint last = SyncedMark.read(synced);
    int torn = 0;
    for (int place = 0; place < 2; place++) {
      byte[] cut = mark.clone();
      Arrays.fill(cut, place * 4_096 + 5, place * 4_096 + 12, (byte) 0xff);
      Files.write(synced, cut);
      torn += last != null && !last.equals(SyncedMark.read(synced)) ? 1 : 0;
    }
    assertThat(torn).isEqualTo(1);
    try (FileRoomStore store = open(false)) {
      assertThat(store.active().join()).hasSize(ROOMS);
    }
  }

  @Test
  void SF3_repair_saves_intact_rooms_and_keeps_the_damaged_file_aside() throws IOException {
    var random = new Random(43);
    int most = 0;
    for (int round = 0; round < 20; round++) {
      byte[] damaged = Arrays.copyOf(whole, whole.length / 4 + random.nextInt(whole.length / 2));
      byte[] synced = Files.readAllBytes(dir.resolve("synced"));
      if (!refusedOrWhole(damaged, round)) {
        continue;
      }
      Files.write(file, damaged);
      Files.write(dir.resolve("synced"), synced);
      try (FileRoomStore store = open(true)) {
        most = Math.max(most, store.active().join().size());
        for (RoomId id : store.active().join()) {
          assertThat(rooms).containsKey(id);
        }
      }
      Path aside = onlyAside("rooms.mv.damaged-");
      assertThat(aside).hasBinaryContent(damaged);
      assertThat(Files.getPosixFilePermissions(aside))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      open(false).close();
      Files.delete(aside);
      Files.delete(onlyAside("synced.damaged-"));
      Files.write(dir.resolve("synced"), synced);
    }
    assertThat(most).isEqualTo(ROOMS);
  }

  private Path onlyAside(String prefix) throws IOException {
    try (var files = Files.list(dir)) {
      List<Path> aside =
          files.filter(one -> one.getFileName().toString().startsWith(prefix)).toList();
      assertThat(aside).hasSize(1);
      assertThat(aside.getFirst().getFileName().toString()).matches(prefix + "\\d{8}T\\d{6}Z");
      return aside.getFirst();
    }
  }

  @Test
  void SF3_repair_of_a_healthy_directory_changes_nothing() throws IOException {
    try (FileRoomStore store = open(true)) {
      rooms.values().forEach(room -> assertThat(store.load(room.id()).join()).isEqualTo(room));
    }
    try (var files = Files.list(dir)) {
      assertThat(files.map(one -> one.getFileName().toString()))
          .containsExactlyInAnyOrder("rooms.mv", "synced", "alive", "lock");
    }
  }

  @Test
  void SF3_repair_continues_without_a_missing_file() throws IOException {
    Files.delete(file);
    try (FileRoomStore store = open(true)) {
      assertThat(store.active().join()).isEmpty();
    }
    try (FileRoomStore store = open(false)) {
      assertThat(store.active().join()).isEmpty();
    }
  }

  @Test
  void SF6_file_of_a_server_without_marks_is_loaded() throws IOException {
    try (@Nullable InputStream old = getClass().getResourceAsStream("rooms-format-1.mv")) {
      Files.write(file, Objects.requireNonNull(old).readAllBytes());
    }
    Files.delete(dir.resolve("synced"));
    try (FileRoomStore store = open(false)) {
      assertThat(store.active().join()).hasSize(3);
      Room room = Objects.requireNonNull(store.load(Scribbler.id(2)).join());
      assertThat(room.chat().messages().getLast().text()).isEqualTo("number 5");
      assertThat(room.members().list().getFirst().name()).hasToString("Ann");
    }
    assertThat(SyncedMark.read(dir.resolve("synced"))).isNotNull();
  }
}
