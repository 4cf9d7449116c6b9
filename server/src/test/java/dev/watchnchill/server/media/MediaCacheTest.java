package dev.watchnchill.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory for what is made of films (decision 33). */
final class MediaCacheTest {
  private static final long NOW_MS = 1_800_000_000_000L;

  @TempDir Path parent;

  private MediaCache temporary() {
    return MediaCache.temporary(parent, () -> NOW_MS);
  }

  private Path leftover(String name) throws IOException {
    Path left = Files.createDirectories(parent.resolve("watchnchill-media-" + name));
    Files.writeString(Files.createDirectories(left.resolve("hls")).resolve("1.m4s"), "old");
    Path lock = Files.createFile(left.resolve("lock"));
    Files.setLastModifiedTime(lock, FileTime.fromMillis(NOW_MS - 3_600_000));
    return left;
  }

  @Test
  void LB10_temporary_directory_is_private_and_removed_at_the_end() throws IOException {
    MediaCache cache = temporary();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.root())))
        .isEqualTo("rwx------");
    Files.writeString(cache.folder("hls").resolve("a"), "b");
    assertThat(cache.folder("hls")).isEqualTo(cache.folder("hls")).isDirectory();
    Path outside = Files.createFile(parent.resolve("outside"));
    Files.createSymbolicLink(cache.folder("work").resolve("input-1"), outside);
    cache.close();
    assertThat(cache.root()).doesNotExist();
    assertThat(outside).exists();
  }

  @Test
  void LB10_leftovers_of_killed_processes_are_removed() throws IOException {
    Path left = leftover("dead");
    try (MediaCache other = temporary()) {
      assertThat(left).doesNotExist();
      Files.setLastModifiedTime(other.root().resolve("lock"), FileTime.fromMillis(0));
      try (MediaCache cache = temporary()) {
        assertThat(other.root()).as("that of a running process").exists();
        assertThat(cache.root()).isNotEqualTo(other.root());
      }
    }
  }

  @Test
  void LB10_what_is_no_leftover_is_kept() throws IOException {
    Path starting = leftover("starting");
    Files.setLastModifiedTime(starting.resolve("lock"), FileTime.fromMillis(NOW_MS - 1_000));
    Path strange = Files.createDirectories(parent.resolve("watchnchill-media-strange"));
    Path elsewhere = Files.createDirectories(parent.resolve("elsewhere"));
    Files.createFile(elsewhere.resolve("lock"));
    Files.setLastModifiedTime(elsewhere.resolve("lock"), FileTime.fromMillis(0));
    Files.createSymbolicLink(parent.resolve("watchnchill-media-link"), elsewhere);
    temporary().close();
    assertThat(starting).exists();
    assertThat(strange).exists();
    assertThat(elsewhere.resolve("lock")).exists();
  }

  @Test
  void LB10_chosen_directory_stays_and_has_one_user() throws IOException {
    Path chosen = parent.resolve("my/cache");
    MediaCache cache = MediaCache.in(chosen);
    assertThatThrownBy(() -> MediaCache.in(chosen))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another process uses it")
        .hasMessageContaining("MEDIA_CACHE");
    Files.writeString(cache.folder("posters").resolve("a"), "b");
    cache.close();
    assertThat(chosen.resolve("posters/a")).exists();
    MediaCache.in(chosen).close();
  }

  @Test
  void LB10_directory_that_cannot_be_written_stops_the_start() throws IOException {
    Path file = Files.createFile(parent.resolve("a\nfile"));
    assertThatThrownBy(() -> MediaCache.in(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void LB13_oldest_files_go_above_a_bound() throws IOException {
    var folder = new BoundedFolder(parent, 100);
    for (int i = 0; i < 5; i++) {
      Path written = folder.put("file" + i, new byte[30]);
      Files.setLastModifiedTime(written, FileTime.fromMillis(NOW_MS + i));
    }
    assertThat(folder.find("file0")).isNull();
    assertThat(folder.find("file4")).isNotNull();
    assertThat(parent.toFile().listFiles()).hasSizeLessThanOrEqualTo(3);
  }
}
