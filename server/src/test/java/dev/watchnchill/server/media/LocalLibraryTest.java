package dev.watchnchill.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.media.index.LibraryFolders;
import dev.watchnchill.server.media.tool.FilmTools;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library that follows what happens on the disk (rule LB6). */
final class LocalLibraryTest {
  private static final LocalLibrary.Pace NEVER_AGAIN =
      new LocalLibrary.Pace(3_600_000, 3_600_000, 1);
  private static final LocalLibrary.Pace OFTEN = new LocalLibrary.Pace(20, 20, 1);

  @TempDir Path dir;

  @TempDir Path cacheParent;

  private LocalLibrary open(Path films, LocalLibrary.Pace pace) {
    LongSupplier nowMs = () -> System.nanoTime() / 1_000_000;
    var details =
        new FilmDetails(
            FilmTools.NONE,
            MediaCache.temporary(cacheParent, nowMs),
            FilmStreamer.NONE,
            new FilmLinks(new byte[16]),
            "/media/",
            nowMs);
    return new LocalLibrary(List.of(films), nowMs, pace, details);
  }

  private static void awaitFilms(LocalLibrary library, int films) {
    await().untilAsserted(() -> assertThat(library.films()).isEqualTo(films));
  }

  @Test
  void LB6_changes_are_found_as_the_system_reports_them() throws IOException {
    LibraryFolders.createFiles(dir, "a.mp4");
    try (LocalLibrary library = open(dir, NEVER_AGAIN)) {
      awaitFilms(library, 1);
      LibraryFolders.createFiles(dir, "new/b.mp4");
      awaitFilms(library, 2);
      LibraryFolders.createFiles(dir, "new/c.mp4");
      awaitFilms(library, 3);
      Files.delete(dir.resolve("a.mp4"));
      awaitFilms(library, 2);
    }
  }

  @Test
  void LB6_directory_that_disappears_and_returns_is_found_by_a_periodic_scan() throws IOException {
    Path disk = dir.resolve("disk");
    LibraryFolders.createFiles(disk, "a.mp4");
    try (LocalLibrary library = open(disk, OFTEN)) {
      awaitFilms(library, 1);
      Files.move(disk, dir.resolve("elsewhere"));
      awaitFilms(library, 0);
      assertThat(library.failures()).isPositive();
      Files.move(dir.resolve("elsewhere"), disk);
      awaitFilms(library, 1);
    }
  }

  @Test
  void LB4_queries_beyond_a_bound_are_busy_and_none_waits_on_its_caller() {
    LibraryFolders.createFiles(dir, "a.mp4");
    try (LocalLibrary library = open(dir, NEVER_AGAIN)) {
      awaitFilms(library, 1);
      var answers = new ArrayList<CompletableFuture<FilmLibrary.Answer>>();
      for (int i = 0; i < 2_000; i++) {
        answers.add(library.find(new FilmLibrary.Query(null, "a", null)));
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
      assertThat(answers)
          .extracting(CompletableFuture::join)
          .hasAtLeastOneElementOfType(FilmLibrary.Found.class)
          .allMatch(each -> each instanceof FilmLibrary.Found || each instanceof FilmLibrary.Busy);
    }
  }
}
