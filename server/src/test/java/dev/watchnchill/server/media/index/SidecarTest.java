package dev.watchnchill.server.media.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with subtitles beside films (rule LB14). */
final class SidecarTest {
  private static final String NAME = "My.Film (2020).mkv";

  @TempDir Path films;
  @TempDir Path elsewhere;

  private List<Sidecar> found() throws IOException {
    return Sidecar.of(LibraryFolders.film(films, NAME));
  }

  @Test
  void LB14_files_with_the_name_of_the_film_are_found() throws IOException {
    LibraryFolders.createFiles(
        films,
        NAME,
        "My.Film (2020).srt",
        "My.Film (2020).en.srt",
        "My.Film (2020).pt-BR.forced.SRT",
        "My.Film (2020).ger.sdh.ass",
        "My.Film (2020).default.vtt",
        "Subs/My.Film (2020).fr.ssa",
        "SUBTITLES/My.Film (2020).cc.srt");
    assertThat(found())
        .extracting(each -> each.format() + " " + each.language() + " " + each.marks())
        .containsExactlyInAnyOrder(
            "srt  []",
            "srt en []",
            "srt pt-BR [forced]",
            "ass ger [sdh]",
            "vtt  [default]",
            "ssa fr []",
            "srt  [cc]");
    assertThat(found())
        .extracting(Sidecar::key)
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("[A-Za-z0-9_-]{22}\\.(srt|vtt|ass|ssa)"));
  }

  @Test
  void LB14_other_files_are_left_out() throws IOException {
    LibraryFolders.createFiles(
        films,
        NAME,
        "My.Film (2020).txt",
        "My.Film.srt",
        "My.Film (2020)2.srt",
        "my.film (2020).srt",
        "My.Film (2020).english subtitles.srt",
        "My.Film (2020).a.b.c.d.e.srt",
        ".My.Film (2020).srt",
        "Extras/My.Film (2020).srt",
        "Subs/deeper/My.Film (2020).srt",
        "Subs/Other.srt");
    Path target = Files.writeString(elsewhere.resolve("secret.srt"), "secret");
    Files.createSymbolicLink(films.resolve("My.Film (2020).en.srt"), target);
    Files.createDirectory(films.resolve("My.Film (2020).de.srt"));
    LibraryFolders.shell(films, "mkfifo 'My.Film (2020).fr.srt'");
    Files.writeString(elsewhere.resolve("My.Film (2020).srt"), "secret");
    Files.createSymbolicLink(films.resolve("subtitles"), elsewhere);
    try (var large = new RandomAccessFile(films.resolve("My.Film (2020).es.srt").toFile(), "rw")) {
      large.setLength(Sidecar.BYTES_MAX + 1);
    }
    assertThat(found()).isEmpty();
  }

  @Test
  void LB14_at_most_twenty_are_found() throws IOException {
    LibraryFolders.createFiles(films, NAME);
    for (char c = 'a'; c <= 'z'; c++) {
      LibraryFolders.createFiles(films, "My.Film (2020).e" + c + ".srt");
    }
    assertThat(found()).hasSize(20);
    assertThat(found()).isEqualTo(found());
  }

  @Test
  void LB14_file_is_opened_without_following_links() throws IOException {
    LibraryFolders.createFiles(films, NAME, "Subs/My.Film (2020).en.srt");
    IndexedFilm film = LibraryFolders.film(films, NAME);
    Sidecar sidecar = found().getFirst();
    try (var channel = sidecar.open(film).channel()) {
      assertThat(channel.size()).isEqualTo("Subs/My.Film (2020).en.srt".length());
    }
    Files.move(films.resolve("Subs"), elsewhere.resolve("Subs"));
    Files.createSymbolicLink(films.resolve("Subs"), elsewhere.resolve("Subs"));
    assertThatThrownBy(() -> sidecar.open(film)).isInstanceOf(IOException.class);
  }

  @Test
  void LB14_film_whose_name_is_no_UTF_8_has_its_own() throws IOException {
    LibraryFolders.shell(
        films, "touch \"$(printf 'caf\\351.mkv')\"; echo x > \"$(printf 'caf\\351.en.srt')\"");
    IndexedFilm film = LibraryFolders.films(films).getFirst();
    assertThat(Sidecar.of(film)).hasSize(1);
    try (var channel = Sidecar.of(film).getFirst().open(film).channel()) {
      assertThat(channel.size()).isEqualTo(2);
    }
  }
}
