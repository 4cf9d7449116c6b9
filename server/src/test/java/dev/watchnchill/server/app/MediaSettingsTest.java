package dev.watchnchill.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of the folders of a library (rule LB5). */
final class MediaSettingsTest {
  @TempDir Path dir;

  private Path folder(String name) throws IOException {
    return Files.createDirectories(dir.resolve(name));
  }

  private static MediaSettings of(String list) {
    return MediaSettings.of(list, "", "ffmpeg", "ffprobe", new MediaSettings.Conversion(1, 64));
  }

  private static void rejected(String list, String... parts) {
    assertThatThrownBy(() -> of(list))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts)
        .hasMessageStartingWith("the media library (--media, MEDIA_DIR): ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void LB5_folders_are_separated_as_in_PATH() throws IOException {
    Path films = folder("films");
    Path music = folder("music");
    assertThat(of(films + File.pathSeparator + " " + music).directories())
        .containsExactly(films, music);
    assertThat(of("").directories()).isEmpty();
  }

  @Test
  void LB5_what_is_no_readable_folder_stops_the_start_with_one_line() throws IOException {
    rejected(dir.resolve("gone").toString(), "gone", "is not a folder that can be read");
    Path file = Files.createFile(dir.resolve("film.mp4"));
    rejected(file.toString(), "film.mp4", "is not a folder that can be read");
    rejected("two\nlines", "two?lines");
    rejected("nul\0", "a path has a character");
  }

  @Test
  void LB5_no_folder_is_given_twice_or_inside_of_another() throws IOException {
    Path films = folder("films");
    Path old = folder("films/old");
    rejected(films + File.pathSeparator + old, "is inside of");
    rejected(films + File.pathSeparator + films, "or the same");
  }

  @Test
  void LB5_command_line_precedes_the_environment() throws IOException {
    Path films = folder("films");
    Path music = folder("music");
    var option =
        new Config.CommandLineOptions("", -1, false, "", "", false, "", films.toString(), "");
    assertThat(Config.from(Map.of("MEDIA_DIR", music.toString()), option).media().directories())
        .containsExactly(films);
    var none = new Config.CommandLineOptions("", -1, false, "", "");
    Config cached = Config.from(Map.of("MEDIA_CACHE", music.toString()), none);
    assertThat(cached.media().cache()).isEqualTo(music);
    var chosen = new Config.CommandLineOptions("", -1, false, "", "", false, "", "", "films");
    assertThat(Config.from(Map.of("MEDIA_CACHE", music.toString()), chosen).media().cache())
        .isEqualTo(Path.of("films").toAbsolutePath());
    assertThat(Config.from(Map.of(), none).media().cache()).isNull();
    assertThat(Config.from(Map.of("MEDIA_DIR", music.toString()), none).media().directories())
        .containsExactly(music);
  }
}
