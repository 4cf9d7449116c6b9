package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody but their owner can read rooms. */
final class OwnerOnlyTest {
  @TempDir private Path temp;

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void runOn(Path dir) throws IOException {
    try (FileRoomStore store =
        FileRoomStore.open(dir, System::currentTimeMillis, 1_000_000, 10_000, false)) {
      store.create(Scribbler.room(Scribbler.id(1), System.currentTimeMillis())).join();
      for (String name : new String[] {"rooms.mv", "synced", "alive", "lock"}) {
        assertThat(mode(dir.resolve(name))).as(name).isEqualTo("rw-------");
      }
    }
  }

  @Test
  void SF4_files_of_a_new_directory_and_it_are_their_owners_alone() throws IOException {
    runOn(temp.resolve("new"));
    assertThat(mode(temp.resolve("new"))).isEqualTo("rwx------");
  }

  @Test
  void SF4_so_are_those_of_a_directory_that_was_there_with_files_that_all_could_read()
      throws IOException {
    Path dir = Files.createDirectory(temp.resolve("old"));
    runOn(dir);
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(dir.resolve("rooms.mv.damaged-20260101T000000Z"), "x");
    try (var files = Files.list(dir)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      }
    }
    runOn(dir);
    assertThat(mode(dir.resolve("rooms.mv.damaged-20260101T000000Z"))).isEqualTo("rw-------");
    assertThat(mode(dir)).isEqualTo("rwx------");
  }

  @Test
  void SF4_directory_that_has_other_files_keeps_its_rights_and_so_do_they() throws IOException {
    Path dir = Files.createDirectory(temp.resolve("shared"));
    Files.writeString(dir.resolve("roomservice.txt"), "x");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        dir.resolve("roomservice.txt"), PosixFilePermissions.fromString("rw-r--r--"));
    runOn(dir);
    assertThat(mode(dir)).isEqualTo("rwxr-xr-x");
    assertThat(mode(dir.resolve("roomservice.txt"))).isEqualTo("rw-r--r--");
  }

  @Test
  void SF4_file_is_its_owners_alone_before_anything_is_in_it() throws IOException {
    Path file = temp.resolve("rooms.mv.part");
    OwnerOnly.createFile(file);
    assertThat(mode(file)).isEqualTo("rw-------");
    Checkpoint written = RoomFile.create(temp.resolve("rooms.mv"), java.util.Map.of(), 7);
    assertThat(written.stamp()).isEqualTo(7);
    assertThat(mode(temp.resolve("rooms.mv"))).isEqualTo("rw-------");
  }
}
