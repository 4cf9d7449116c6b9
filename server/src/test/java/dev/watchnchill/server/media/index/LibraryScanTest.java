package dev.watchnchill.server.media.index;

import static dev.watchnchill.server.media.index.LibraryFolders.createFiles;
import static dev.watchnchill.server.media.index.LibraryFolders.scan;
import static dev.watchnchill.server.media.index.LibraryFolders.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.watchnchill.server.wire.LibraryListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans of a real disk with hostile names and links (rule LB3). */
final class LibraryScanTest {
  @TempDir Path dir;

  private static List<String> all(LibraryIndex index) {
    return Objects.requireNonNull(index.search(null, "mp4", null, null)).films().stream()
        .map(LibraryListing.Film::name)
        .toList();
  }

  private LibraryScan scanOf(Path... roots) {
    return new LibraryScan(List.of(roots), new ScanProgress(), () -> false);
  }

  @Test
  void LB3_films_are_regular_files_with_a_known_ending() {
    createFiles(dir, "a.mp4", "b.MKV", "c.flac", "d.txt", "e.mp4.part", "mp4", ".mp4", "f/g.webm");
    LibraryIndex index = scan(dir);
    assertThat(index.size()).isEqualTo(4);
    LibraryListing page = Objects.requireNonNull(index.list(null, null, null));
    assertThat(page.films())
        .extracting(LibraryListing.Film::name, LibraryListing.Film::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a.mp4", "video"),
            org.assertj.core.groups.Tuple.tuple("b.MKV", "video"),
            org.assertj.core.groups.Tuple.tuple("c.flac", "audio"));
    assertThat(page.films().getFirst().size()).isEqualTo(5);
    assertThat(page.folders()).extracting(LibraryListing.Folder::films).containsExactly(1);
  }

  @Test
  void LB3_hidden_files_and_folders_are_left_out() {
    createFiles(dir, ".hidden.mp4", ".trash/film.mp4", "seen/.git/x.mp4", "seen/film.mp4");
    assertThat(all(scan(dir))).containsExactly("film.mp4");
  }

  @Test
  void LB3_no_link_below_a_directory_is_followed() throws IOException {
    Path outside = Files.createDirectory(dir.resolve("outside"));
    Path library = Files.createDirectory(dir.resolve("library"));
    createFiles(outside, "secret.mp4");
    createFiles(library, "film.mp4");
    Files.createSymbolicLink(library.resolve("file.mp4"), outside.resolve("secret.mp4"));
    Files.createSymbolicLink(library.resolve("folder"), outside);
    Files.createSymbolicLink(library.resolve("cycle"), library);
    Files.createSymbolicLink(library.resolve("zero.mp4"), Path.of("/dev/zero"));
    Files.createSymbolicLink(library.resolve("dangling.mp4"), Path.of("nowhere.mp4"));
    assertThat(all(scan(library))).containsExactly("film.mp4");
  }

  @Test
  void LB3_directory_itself_may_be_a_link() throws IOException {
    createFiles(dir, "disk/film.mp4");
    Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("disk"));
    assertThat(all(scan(link))).containsExactly("film.mp4");
  }

  @Test
  void LB3_pipes_are_no_films() {
    createFiles(dir, "film.mp4");
    shell(dir, "mkfifo pipe.mp4");
    assertThat(all(scan(dir))).containsExactly("film.mp4");
  }

  @Test
  void LB3_names_are_shown_in_one_visible_line() {
    createFiles(
        dir, "two\nlines.mp4", "bell\u0007\u001b[2J.mp4", "right\u202eto left.mp4", "\u200b\n");
    assertThat(all(scan(dir)))
        .containsExactlyInAnyOrder("two lines.mp4", "bell[2J.mp4", "rightto left.mp4");
  }

  @Test
  void LB3_name_that_is_not_utf8_is_shown_with_replacements_and_has_an_id() {
    shell(dir, "touch \"$(printf 'caf\\351.mp4')\" \"$(printf 'caf\\350.mp4')\" café.mp4");
    List<LibraryListing.Film> films =
        Objects.requireNonNull(scan(dir).list(null, null, null)).films();
    assertThat(films)
        .extracting(LibraryListing.Film::name)
        .containsExactlyInAnyOrder("caf\ufffd.mp4", "caf\ufffd.mp4", "café.mp4");
    assertThat(films).extracting(LibraryListing.Film::mediaId).doesNotHaveDuplicates();
  }

  @Test
  void LB3_names_are_the_same_in_a_process_without_a_locale() throws Exception {
    shell(dir, "mkdir été && touch été/café.mp4 été/\"$(printf 'caf\\351.mp4')\"");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ScanInChild.class.getName(),
            dir.toString());
    builder.environment().put("LC_ALL", "C");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process child = builder.start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).isZero();
    assertThat(output).startsWith("ANSI_X3.4-1968\n").isNotEqualTo(ScanInChild.lines(dir));
    assertThat(output.substring(output.indexOf('\n') + 1)).isEqualTo(ScanInChild.lines(dir));
  }

  @Test
  void LB3_folder_without_the_right_to_read_is_a_failure_and_nothing_else() throws IOException {
    createFiles(dir, "film.mp4", "locked/secret.mp4");
    Path locked = dir.resolve("locked");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(locked)).as("root may read everything").isFalse();
      LibraryScan scan = scanOf(dir);
      assertThat(all(scan.run())).containsExactly("film.mp4");
      assertThat(scan.failures()).isEqualTo(1);
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void LB3_folders_are_read_to_a_bounded_depth() {
    var path = new StringBuilder();
    for (int level = 0; level < 100; level++) {
      createFiles(dir, path + "film.mp4");
      path.append("d/");
    }
    LibraryScan scan = scanOf(dir);
    assertThat(scan.run().size()).isEqualTo(LibraryScan.DEPTH_MAX + 1);
    assertThat(scan.failures()).isEqualTo(1);
  }

  @Test
  void LB3_films_beyond_the_bound_are_failures() {
    createFiles(dir, "a.mp4", "b.mp4", "c.mp4");
    var scan = new LibraryScan(List.of(dir), new ScanProgress(), () -> false, 2);
    assertThat(scan.run().size()).isEqualTo(2);
    assertThat(scan.failures()).isEqualTo(1);
  }

  @Test
  void LB3_directory_that_is_gone_is_a_failure_and_others_are_read() {
    createFiles(dir, "a/film.mp4");
    LibraryScan scan = scanOf(dir.resolve("gone"), dir.resolve("a"));
    assertThat(all(scan.run())).containsExactly("film.mp4");
    assertThat(scan.rootFailures()).isEqualTo(1);
  }

  @Test
  void LB2_ids_are_the_same_after_a_new_scan_and_differ_between_directories() {
    createFiles(dir, "a/x/film.mp4", "b/x/film.mp4");
    List<String> first = ids(scan(dir.resolve("a"), dir.resolve("b")));
    createFiles(dir, "a/another.mp4");
    List<String> second = ids(scan(dir.resolve("a"), dir.resolve("b")));
    assertThat(first).hasSize(2).doesNotHaveDuplicates().allMatch(id -> id.length() == 22);
    assertThat(second).hasSize(3).containsAll(first);
  }

  private static List<String> ids(LibraryIndex index) {
    return Objects.requireNonNull(index.search(null, "mp4", null, null)).films().stream()
        .map(LibraryListing.Film::mediaId)
        .toList();
  }
}
