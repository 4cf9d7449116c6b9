package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.codec.RoomScripts;
import dev.watchnchill.server.store.memory.MemoryRooms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was committed, a process that ends between two commits loses nothing of it. */
final class CommitSequenceTest {
  private static final long LIFE_MS = 1_000_000;
  private static final int CRASHES = 8;

  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void AT1_file_holds_the_rooms_of_memory_between_any_two_commits(long seed) throws IOException {
    var random = new Random(seed);
    Path path = dir.resolve("rooms.mv");
    Path crashed = Files.createDirectory(dir.resolve("crashed"));
    RoomFile.create(path, Map.of(), 1);
    int most = 0;
    try (RoomFile file = RoomFile.open("", path, 1, _ -> {})) {
      var memory =
          new MemoryRooms(() -> RoomScripts.START_MS, LIFE_MS, new DirectPersistence(file));
      var sequence = new CommitSequence(seed, 5, memory);
      for (int i = 0; i < CRASHES; i++) {
        for (int k = random.nextInt(60); k >= 0; k--) {
          sequence.commit();
        }
        Files.write(crashed.resolve("rooms.mv"), Files.readAllBytes(path));
        Files.deleteIfExists(crashed.resolve("synced"));
        assertThat(roomsIn(crashed)).as("after crash %d", i).isEqualTo(sequence.rooms());
        assertThat(roomsIn(crashed)).as("written anew").isEqualTo(sequence.rooms());
        most = Math.max(most, sequence.rooms().size());
      }
    }
    assertThat(most).isGreaterThan(2);
  }

  private static Map<RoomId, Room> roomsIn(Path directory) {
    var rooms = new HashMap<RoomId, Room>();
    try (FileRoomStore store =
        FileRoomStore.open(directory, () -> RoomScripts.START_MS, LIFE_MS, 10_000, false)) {
      for (RoomId id : store.active().join()) {
        Room room = store.load(id).join();
        if (room != null) {
          rooms.put(id, room);
        }
      }
    }
    return rooms;
  }
}
