package dev.watchnchill.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.index.LibraryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The looks at the files of films that are being sent (rule LB9). */
final class FilmOpenerTest {
  @TempDir Path dir;

  private final AtomicLong nanos = new AtomicLong();
  private final FilmOpener opener = new FilmOpener(nanos::get);

  private OpenFile open(IndexedFilm film, String holder) {
    return ((FilmOpener.Opened) opener.open(film, holder).join()).file();
  }

  @Test
  void LB9_one_look_at_a_file_counts_for_all_its_readers_for_three_seconds() throws IOException {
    LibraryFolders.createFiles(dir, "a.mp4", "b.mp4");
    IndexedFilm film = LibraryFolders.films(dir).getFirst();
    try (opener;
        OpenFile one = open(film, "one");
        OpenFile two = open(film, "two");
        OpenFile other = open(LibraryFolders.films(dir).getLast(), "one")) {
      assertThat(opener.unchanged(one).join()).isTrue();
      Files.delete(dir.resolve("a.mp4"));
      Files.delete(dir.resolve("b.mp4"));

      assertThat(opener.unchanged(two).join()).as("looked at a moment ago").isTrue();
      assertThat(opener.unchanged(other).join()).as("never looked at").isFalse();
      nanos.addAndGet(FilmOpener.LOOK_NANOS);
      assertThat(opener.unchanged(two).join()).isFalse();
      assertThat(opener.unchanged(one).join()).as("a look in vain counts for nobody").isFalse();
    }
  }

  @Test
  void LB9_another_version_of_a_file_is_looked_at_anew() throws IOException {
    LibraryFolders.createFiles(dir, "a.mp4");
    IndexedFilm film = LibraryFolders.films(dir).getFirst();
    try (opener;
        OpenFile before = open(film, "one")) {
      Files.writeString(dir.resolve("a.mp4"), "another version");
      try (OpenFile after = open(film, "two")) {
        assertThat(opener.unchanged(after).join()).isTrue();
        assertThat(opener.unchanged(before).join()).isFalse();
      }
    }
  }
}
