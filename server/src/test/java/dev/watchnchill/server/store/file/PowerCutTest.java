package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.codec.RoomCodec;
import dev.watchnchill.server.store.codec.RoomScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a power cut leaves of the room file, the newest mark beside it is no reason to refuse.
 */
final class PowerCutTest {
  private static final int CUTS = 150;

  @TempDir private Path dir;

  @Test
  void SF2_power_cut_at_any_moment_leaves_a_file_that_starts_with_what_was_synced()
      throws IOException {
    var random = new Random(44);
    Path path = dir.resolve("rooms.mv");
    Path cut = Files.createDirectory(dir.resolve("cut"));
    var rooms = new LinkedHashMap<String, Room>();
    var synced = new AtomicReference<Map<String, Long>>(Map.of());
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
                  synced.set(seqs(rooms));
                })) {
      assertThat(disk.getScheme()).isEqualTo("cut");
      for (int i = 0; i < CUTS; i++) {
        for (int k = random.nextInt(6); k >= 0; k--) {
          change(file, rooms, random);
        }
        if (random.nextInt(4) == 0) {
          file.tidy();
        }
        Files.write(cut.resolve("rooms.mv"), CutDisk.afterPowerCut(random));
        Files.copy(
            dir.resolve("synced"), cut.resolve("synced"), StandardCopyOption.REPLACE_EXISTING);
        assertStarts(cut, synced.get(), rooms, i);
      }
    }
  }

  private static Map<String, Long> seqs(Map<String, Room> rooms) {
    var seqs = new HashMap<String, Long>();
    rooms.forEach((id, room) -> seqs.put(id, room.seq()));
    return seqs;
  }

  private static void change(RoomFile file, Map<String, Room> rooms, Random random)
      throws IOException {
    String id = Scribbler.id(random.nextInt(20)).value();
    Room room = rooms.get(id);
    var changes = new HashMap<String, byte @Nullable []>();
    Room next;
    if (room == null) {
      next = Scribbler.room(Scribbler.id(Integer.parseInt(id.substring(4))), RoomScripts.START_MS);
    } else {
      Decision said = Scribbler.next(room, RoomScripts.START_MS);
      next = said.next();
    }
    changes.put(id, RoomCodec.room(next));
    rooms.put(id, next);
    file.write(changes);
  }

  private static void assertStarts(
      Path cut, Map<String, Long> synced, Map<String, Room> newest, int round) {
    try (FileRoomStore store =
        FileRoomStore.open(cut, () -> RoomScripts.START_MS, 1_000_000, 10_000, false)) {
      synced.forEach((id, seq) -> {
        Room room = Objects.requireNonNull(store.load(new RoomId(id)).join());
        assertThat(room.seq())
            .as("room %s after cut %d", id, round)
            .isBetween(seq, Objects.requireNonNull(newest.get(id)).seq());
      });
    }
  }
}
