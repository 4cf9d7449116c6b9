package dev.watchnchill.server.media.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilmToolsTest {
  private static final Path FFMPEG = Path.of("/tools/ffmpeg");

  @Test
  void LB12_a_conversion_gives_way_to_the_server_and_a_poster_to_both() {
    var tools = new FilmTools(FFMPEG, null, Path.of("/tools/nice"));
    List<String> arguments = List.of("-i", "a.mkv");
    assertThat(tools.conversionCommand(FFMPEG, arguments))
        .containsExactly("/tools/nice", "-n", "3", "/tools/ffmpeg", "-i", "a.mkv");
    assertThat(tools.command(FFMPEG, arguments))
        .containsExactly("/tools/nice", "-n", "10", "/tools/ffmpeg", "-i", "a.mkv");
  }

  @Test
  void LB12_without_nice_the_program_runs_as_it_is() {
    var tools = new FilmTools(FFMPEG, null, null);
    assertThat(tools.conversionCommand(FFMPEG, List.of())).containsExactly("/tools/ffmpeg");
  }
}
