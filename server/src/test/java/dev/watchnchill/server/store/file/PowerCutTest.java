package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.codec.RoomScripts;
import dev.watchnchill.server.store.memory.MemoryRooms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a power cut leaves of the room file, the newest mark beside it is no reason to refuse.
 */
final class PowerCutTest {
  private static final int CUTS = 150;
  private static final int ROOMS = 20;
  private static final long LIFE_MS = 1_000_000;

  @TempDir private Path dir;

  @Test
  void SF2_power_cut_at_any_moment_leaves_a_file_that_starts_with_what_was_synced()
      throws IOException {
    var random = new Random(44);
    Path path = dir.resolve("rooms.mv");
    Path cut = Files.createDirectory(dir.resolve("cut"));
    var sequence = new AtomicReference<CommitSequence>();
    var synced = new AtomicReference<Map<RoomId, Room>>(Map.of());
    Checkpoint first = RoomFile.create(path, Map.of(), 1);
    try (CutDisk disk = CutDisk.plugIn();
        SyncedMark mark = SyncedMark.create(dir.resolve("synced"), first);
        RoomFile file =
            RoomFile.open(
                CutDisk.SCHEME,
                path,
                1,
                checkpoint -> {
                  mark.write(checkpoint);
                  synced.set(sequence.get().rooms());
                })) {
      assertThat(disk.getScheme()).isEqualTo("cut");
      var persistence = new DirectPersistence(file);
      sequence.set(
          new CommitSequence(
              44, ROOMS, new MemoryRooms(() -> RoomScripts.START_MS, LIFE_MS, persistence)));
      for (int i = 0; i < CUTS; i++) {
        for (int k = random.nextInt(6); k >= 0; k--) {
          sequence.get().commit();
        }
        if (random.nextInt(4) == 0) {
          file.tidy();
        }
        Files.write(cut.resolve("rooms.mv"), CutDisk.afterPowerCut(random));
        Files.copy(
            dir.resolve("synced"), cut.resolve("synced"), StandardCopyOption.REPLACE_EXISTING);
        assertStarts(cut, synced.get(), sequence.get(), i);
      }
    }
  }

  /** Every room is as it was at one of its commits, at the one that was synced or a later one. */
  private static void assertStarts(
      Path cut, Map<RoomId, Room> synced, CommitSequence sequence, int round) {
    try (FileRoomStore store =
        FileRoomStore.open(cut, () -> RoomScripts.START_MS, LIFE_MS, 10_000, false)) {
      for (RoomId id : store.active().join()) {
        Room room = Objects.requireNonNull(store.load(id).join());
        assertThat(room)
            .as("room %s after cut %d", id, round)
            .isEqualTo(sequence.at(id, room.seq()));
      }
      synced.forEach((id, then) -> {
        Room room = store.load(id).join();
        if (room == null) {
          assertThat(sequence.rooms()).as("closed meanwhile").doesNotContainKey(id);
        } else {
          assertThat(room.seq()).isGreaterThanOrEqualTo(then.seq());
        }
      });
    }
  }
}
