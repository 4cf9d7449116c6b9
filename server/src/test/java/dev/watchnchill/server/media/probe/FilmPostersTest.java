package dev.watchnchill.server.media.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.index.LibraryFolders;
import dev.watchnchill.server.media.tool.FilmTools;
import dev.watchnchill.server.media.tool.ToolInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Posters of real films (rule LB13). */
final class FilmPostersTest {
  private static final FilmStreams SAID =
      new FilmStreams(
          7_200,
          "mp4",
          new FilmStreams.Video(0, "h264", "", "yuv420p", 640, 480, 25, 1),
          List.of(),
          List.of(),
          -1);

  @TempDir Path films;
  @TempDir Path work;
  @TempDir Path kept;

  private FilmPosters posters;

  @BeforeEach
  void open() {
    posters = new FilmPosters(MadeFilms.TOOLS, new ToolInputs(work), kept);
  }

  @AfterEach
  void close() {
    posters.close();
  }

  private Path poster(IndexedFilm film, FilmStreams streams) {
    return posters.prepare(film, streams).orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void assertSize(Path poster, int width, int height) throws IOException {
    var image = ImageIO.read(poster.toFile());
    assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(width, height);
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp4, -vf scale=640:360 -c:v libx264 -preset ultrafast -pix_fmt yuv420p, 320, 180",
    "a.mkv, -c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -x265-params log-level=none,160,120",
    "a.avi, -vf scale=101:51 -c:v mpeg4, 100, 50",
    "a.webm, -c:v libvpx -deadline realtime, 160, 120",
  })
  void LB13_poster_is_at_most_320_pixels_wide(String name, String options, int width, int height)
      throws IOException {
    MadeFilms.silent(films, name, options);
    Path made = poster(LibraryFolders.film(films, name), SAID);
    var image = ImageIO.read(made.toFile());
    assertThat(image.getWidth()).isBetween(width, width + 1);
    assertThat(image.getHeight()).isBetween(height, height + 2);
  }

  @Test
  void LB13_cover_of_a_song_is_its_poster() throws IOException {
    MadeFilms.run(
        films,
        " -f lavfi -i sine=d=1 -f lavfi -i testsrc=s=64x64:r=1:d=1",
        "-map 0 -map 1 -c:a libmp3lame -c:v mjpeg -disposition:v attached_pic",
        "a.mp3");
    var song = new FilmStreams(1, "mp3", null, List.of(), List.of(), 1);
    IndexedFilm film = LibraryFolders.film(films, "a.mp3");
    assertThat(posters.mayHave(film, song)).isTrue();
    assertSize(poster(film, song), 64, 64);
    var silent = new FilmStreams(1, "mp3", null, List.of(), List.of(), -1);
    assertThat(posters.mayHave(film, silent)).isFalse();
  }

  @Test
  void LB13_poster_is_made_once_until_the_film_changes() throws IOException {
    MadeFilms.silent(films, "a.mp4", MadeFilms.H264);
    IndexedFilm film = LibraryFolders.film(films, "a.mp4");
    Path first = poster(film, SAID);
    FileTime time = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(first, time);
    assertThat(poster(film, SAID)).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(time);
    Files.setLastModifiedTime(films.resolve("a.mp4"), time);
    assertThat(poster(LibraryFolders.film(films, "a.mp4"), SAID)).isNotEqualTo(first);
  }

  @Test
  void LB13_file_that_is_no_film_has_none_and_opens_nothing() throws IOException {
    MadeFilms.silent(films, "secret.mp4", MadeFilms.H264);
    Files.writeString(
        films.resolve("list.mp4"), "#EXTM3U\n#EXTINF:2,\n" + films.resolve("secret.mp4") + "\n");
    IndexedFilm film = LibraryFolders.film(films, "list.mp4");
    assertThat(posters.mayHave(film, SAID)).isTrue();
    assertThatThrownBy(() -> poster(film, SAID)).isInstanceOf(CompletionException.class);
    assertThat(posters.mayHave(film, SAID)).as("not tried again at once").isFalse();
    assertThat(kept).isEmptyDirectory();
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void LB13_server_without_ffmpeg_has_none() {
    LibraryFolders.createFiles(films, "a.mp4");
    IndexedFilm film = LibraryFolders.film(films, "a.mp4");
    try (var none = new FilmPosters(FilmTools.NONE, new ToolInputs(work), kept)) {
      assertThat(none.mayHave(film, SAID)).isFalse();
      assertThatThrownBy(() -> none.prepare(film, SAID).join())
          .isInstanceOf(CompletionException.class);
    }
  }
}
