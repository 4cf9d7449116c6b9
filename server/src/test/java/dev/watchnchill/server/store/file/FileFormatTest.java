package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.Votes;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.server.store.codec.ChatSamples;
import dev.watchnchill.server.store.codec.OlderRooms;
import dev.watchnchill.server.store.codec.QueueSamples;
import dev.watchnchill.server.store.codec.RoomCodec;
import dev.watchnchill.server.store.codec.RoomScripts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of the formats before this one are read, and those of a later one are refused. */
final class FileFormatTest {
  /** The two copies of the header that MVStore begins a file with. */
  private static final int HEADERS_BYTES = 2 * 4_096;

  private static final SubtitleTrack TRACK = OlderRooms.TRACK;

  @TempDir private Path dir;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = dir.resolve("rooms.mv");
  }

  /** Copies the files that a server wrote which stored each room as one record. */
  private void copyFormat1() throws IOException {
    copyFormat(1);
  }

  private void copyFormat(int format) throws IOException {
    for (String name : new String[] {"rooms.mv", "synced"}) {
      String path = "format-" + format + "/" + name;
      try (@Nullable InputStream old = getClass().getResourceAsStream(path)) {
        Files.write(dir.resolve(name), Objects.requireNonNull(old).readAllBytes());
      }
    }
  }

  private Map<RoomId, Room> roomsOfFormat1() throws IOException {
    RoomFile.Content content = RoomFile.read(file, false);
    assertThat(content.format()).isEqualTo(1);
    var rooms = new HashMap<RoomId, Room>();
    for (byte[] record : content.records().values()) {
      Room room = RoomCodec.readRoom(record);
      rooms.put(room.id(), room);
    }
    return rooms;
  }

  private Map<RoomId, Room> opened(boolean repair) {
    var rooms = new HashMap<RoomId, Room>();
    try (FileRoomStore store =
        FileRoomStore.open(dir, () -> RoomScripts.START_MS, 100_000_000, 10_000, repair)) {
      for (RoomId id : store.active().join()) {
        rooms.put(id, Objects.requireNonNull(store.load(id).join()));
      }
    }
    return rooms;
  }

  private void loseHeaders() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 0, HEADERS_BYTES, (byte) 0);
    Files.write(file, bytes);
    assertThatThrownBy(() -> opened(false)).isInstanceOf(DataFileException.class);
  }

  @Test
  void SF6_file_of_format_1_is_read_and_written_anew_in_format_6() throws IOException {
    copyFormat1();
    Map<RoomId, Room> rooms = roomsOfFormat1();
    assertThat(rooms).hasSize(12);
    assertThat(rooms.values()).anyMatch(room -> room.members().size() > 2);
    assertThat(rooms.values()).anyMatch(room -> room.chat().messages().size() > 2);
    assertThat(rooms.values()).anyMatch(room -> room.media() != null);
    assertThat(opened(false)).isEqualTo(rooms);
    assertThat(RoomFile.read(file, false).format()).isEqualTo(6);
    assertThat(opened(false)).isEqualTo(rooms);
  }

  static Stream<Arguments> formatsOfRecords() {
    var queued = new HashMap<>(OlderRooms.guardedById());
    queued.compute(
        OlderRooms.FULL.id(), (_, room) -> QueueSamples.queued(Objects.requireNonNull(room)));
    var subtitled = new HashMap<>(queued);
    subtitled.compute(
        OlderRooms.FULL.id(),
        (_, room) ->
            Objects.requireNonNull(room).changed(room.lastWriteMs()).withSubtitles(List.of(TRACK)));
    return Stream.of(
        Arguments.of(2, OlderRooms.byId()),
        Arguments.of(3, OlderRooms.guardedById()),
        Arguments.of(4, queued),
        Arguments.of(5, subtitled),
        Arguments.of(6, OlderRooms.discussedById()));
  }

  @ParameterizedTest
  @MethodSource("formatsOfRecords")
  void SF6_file_of_an_older_format_is_read_and_written_anew_in_format_6(
      int format, Map<RoomId, Room> rooms) throws IOException {
    copyFormat(format);
    assertThat(RoomFile.read(file, false).format()).isEqualTo(format);
    assertReadAndWrittenAnew(rooms);
  }

  private void assertReadAndWrittenAnew(Map<RoomId, Room> rooms) throws IOException {
    assertThat(opened(false)).isEqualTo(rooms);
    assertThat(RoomFile.read(file, false).format()).isEqualTo(6);
    assertThat(opened(false)).isEqualTo(rooms);
  }

  @Test
  void SF6_texts_of_format_6_are_found_beside_their_room() throws IOException {
    copyFormat(6);
    Room room = OlderRooms.discussed();
    assertThat(room.chat().messages()).anyMatch(message -> message.deleted());
    assertThat(room.voice().silenced()).isNotEmpty();
    try (FileRoomStore store =
        FileRoomStore.open(dir, () -> RoomScripts.START_MS, 100_000_000, 10_000, false)) {
      assertThat(store.text(room.id(), TRACK.id()).join()).isEqualTo(OlderRooms.text());
    }
  }

  @Test
  void SF6_room_of_format_3_goes_on_with_a_queue() throws IOException {
    copyFormat(3);
    Room before = OlderRooms.guarded(OlderRooms.FULL);
    Room next = QueueSamples.large(before, 20, 40);
    try (FileRoomStore store =
        FileRoomStore.open(dir, () -> RoomScripts.START_MS, 100_000_000, 10_000, false)) {
      assertThat(store.commit(before, next, List.of()).join()).isTrue();
    }
    Map<RoomId, Room> rooms = Map.of(next.id(), next, OlderRooms.BARE.id(), OlderRooms.BARE);
    assertThat(opened(false)).isEqualTo(rooms);
    loseHeaders();
    assertThat(opened(true)).isEqualTo(rooms);
  }

  @Test
  void SF6_room_of_format_5_goes_on_with_changed_messages_and_reactions() throws IOException {
    copyFormat(5);
    Room before = Objects.requireNonNull(opened(false).get(OlderRooms.FULL.id()));
    Room next = ChatSamples.discussed(before);
    Room last = next;
    try (FileRoomStore store =
        FileRoomStore.open(dir, () -> RoomScripts.START_MS, 100_000_000, 10_000, false)) {
      assertThat(store.commit(before, next, List.of()).join()).isTrue();
      var random = new Random(1);
      for (int step = 0; step < 30; step++) {
        Room changed = ChatSamples.changed(last, random, step);
        assertThat(store.commit(last, changed, List.of()).join()).isTrue();
        last = changed;
      }
    }
    assertThat(opened(false)).containsEntry(last.id(), last);
    assertThat(opened(false)).containsEntry(last.id(), last);
  }

  @Test
  void SF3_repair_finds_edited_and_deleted_messages_as_they_are() throws IOException {
    Room first = OlderRooms.BARE;
    Room next = ChatSamples.discussed(first);
    try (FileRoomStore store =
        FileRoomStore.open(dir, () -> RoomScripts.START_MS, 100_000_000, 10_000, false)) {
      assertThat(store.create(first).join()).isTrue();
      assertThat(store.commit(first, next, List.of()).join()).isTrue();
    }
    loseHeaders();
    assertThat(opened(true)).containsEntry(next.id(), next);
  }

  @Test
  void SF3_repair_brings_back_no_item_of_a_list_that_is_empty() throws IOException {
    Room first = OlderRooms.BARE;
    Room listed = QueueSamples.large(first, 3, 20);
    Queue queue = listed.queue();
    var none =
        new Queue(List.of(), queue.current(), true, queue.played(), queue.mode(), Votes.NONE, null);
    Room cleared = QueueSamples.shown(listed.changed(listed.lastWriteMs()), none);
    try (FileRoomStore store =
        FileRoomStore.open(dir, () -> RoomScripts.START_MS, 100_000_000, 10_000, false)) {
      assertThat(store.create(first).join()).isTrue();
      assertThat(store.commit(first, listed, List.of()).join()).isTrue();
      assertThat(store.commit(listed, cleared, List.of()).join()).isTrue();
    }
    loseHeaders();
    Room found = Objects.requireNonNull(opened(true).get(first.id()));
    assertThat(found.queue().items()).isEmpty();
    assertThat(found.queue().current()).isEqualTo(queue.current());
    assertThat(found.queue().played()).isEqualTo(queue.played());
  }

  @ParameterizedTest
  @MethodSource("formatsOfRecords")
  void SF3_repair_finds_the_rooms_of_a_damaged_file_of_an_older_format(
      int format, Map<RoomId, Room> rooms) throws IOException {
    copyFormat(format);
    loseHeaders();
    assertThat(opened(true)).isEqualTo(rooms);
    assertThat(opened(false)).isEqualTo(rooms);
  }

  @Test
  void SB5_texts_are_found_by_the_next_server_and_by_repair() throws IOException {
    copyFormat(4);
    byte[] text = OlderRooms.text();
    Room before = QueueSamples.queued(OlderRooms.guarded(OlderRooms.FULL));
    Room next = before.changed(before.lastWriteMs()).withSubtitles(List.of(TRACK));
    try (FileRoomStore store =
        FileRoomStore.open(dir, () -> RoomScripts.START_MS, 100_000_000, 10_000, false)) {
      assertThat(store.commit(before, next, List.of(OlderRooms.texts(next))).join()).isTrue();
    }
    for (boolean damaged : new boolean[] {false, true, false}) {
      if (damaged) {
        loseHeaders();
      }
      try (FileRoomStore store =
          FileRoomStore.open(dir, () -> RoomScripts.START_MS, 100_000_000, 10_000, damaged)) {
        assertThat(store.load(next.id()).join()).isEqualTo(next);
        assertThat(store.text(next.id(), TRACK.id()).join()).isEqualTo(text);
      }
    }
  }

  @Test
  void SF6_room_of_format_2_goes_on_with_settings_and_entry_control() throws IOException {
    copyFormat(2);
    Room before = OlderRooms.FULL;
    Room next = OlderRooms.guarded(before);
    try (FileRoomStore store =
        FileRoomStore.open(dir, () -> RoomScripts.START_MS, 100_000_000, 10_000, false)) {
      assertThat(store.commit(before, next, List.of()).join()).isTrue();
    }
    assertThat(opened(false))
        .isEqualTo(Map.of(next.id(), next, OlderRooms.BARE.id(), OlderRooms.BARE));
    loseHeaders();
    assertThat(opened(true)).containsEntry(next.id(), next);
  }

  @Test
  void SF6_file_of_format_1_that_is_older_than_its_mark_is_refused() throws IOException {
    copyFormat1();
    byte[] old = Files.readAllBytes(file);
    opened(false);
    Files.write(file, old);
    assertThatThrownBy(() -> opened(false))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("The file " + file + " is older than what was last written");
    assertThat(file).hasBinaryContent(old);
  }

  @Test
  void SF3_repair_finds_the_rooms_of_a_damaged_file_of_format_1() throws IOException {
    copyFormat1();
    Map<RoomId, Room> rooms = roomsOfFormat1();
    loseHeaders();
    assertThat(opened(true)).isEqualTo(rooms);
    assertThat(opened(false)).isEqualTo(rooms);
  }

  @Test
  void SF3_repair_puts_rooms_together_from_their_records() throws IOException {
    copyFormat1();
    Map<RoomId, Room> rooms = opened(false);
    assertThat(RoomFile.read(file, false).records()).hasSizeGreaterThan(3 * rooms.size());
    loseHeaders();
    assertThat(opened(true)).isEqualTo(rooms);
    assertThat(opened(false)).isEqualTo(rooms);
  }

  @Test
  void SF6_file_of_a_newer_format_is_refused_in_one_line_and_stays_as_it_is() throws IOException {
    opened(false);
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).open()) {
      store.setStoreVersion(7);
    }
    byte[] content = Files.readAllBytes(file);
    for (boolean repair : new boolean[] {false, true}) {
      assertThatThrownBy(() -> opened(repair))
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("The file " + file + " has format 7, and this server reads up to")
          .hasMessageNotContaining("\n");
      assertThat(file).hasBinaryContent(content);
    }
  }
}
