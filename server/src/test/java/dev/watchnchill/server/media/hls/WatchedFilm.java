package dev.watchnchill.server.media.hls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.media.StreamAnswer;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.probe.FilmStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A film of the library, and what is asked of its conversion. */
final class WatchedFilm {
  /** Length of the films that are made here. */
  static final double SECONDS = 80;

  private static final Pattern LENGTH = Pattern.compile("#EXTINF:([0-9.]+),");

  private final HlsStreamer streamer;
  private final IndexedFilm film;
  private final FilmStreams streams;
  private final String version;

  WatchedFilm(HlsStreamer streamer, IndexedFilm film, String codec) {
    this.streamer = streamer;
    this.film = film;
    streams = streams(codec);
    String master = text("index.m3u8");
    version = master.replaceAll("(?s).*\\n([0-9a-f]{8})/video\\.m3u8\\n.*", "$1");
  }

  StreamAnswer answer(String rest) {
    return streamer.answer(film, streams, rest).orTimeout(40, TimeUnit.SECONDS).join();
  }

  String text(String rest) {
    assertThat(answer(rest)).isInstanceOf(StreamAnswer.Text.class);
    return new String(((StreamAnswer.Text) answer(rest)).body(), UTF_8);
  }

  /** Returns the starts of the segments as a player computes them. */
  List<Double> starts(String rendition) {
    List<Double> starts = new ArrayList<>(List.of(0.0));
    LENGTH
        .matcher(text(version + "/" + rendition + ".m3u8"))
        .results()
        .forEach(each -> starts.add(starts.getLast() + Double.parseDouble(each.group(1))));
    return starts;
  }

  byte[] segment(String rendition, int number) throws IOException {
    StreamAnswer answer = answer(version + "/" + rendition + "/" + number + ".m4s");
    assertThat(answer).isInstanceOf(StreamAnswer.FileBody.class);
    return Files.readAllBytes(((StreamAnswer.FileBody) answer).file());
  }

  String version() {
    return version;
  }

  /** Makes one with two tracks of sound. */
  static void make(Path library, String name, String options) throws Exception {
    var command = new ArrayList<String>(List.of("ffmpeg", "-v", "error", "-y"));
    for (String input :
        List.of("testsrc2=s=320x180:r=24000/1001", "sine=f=440:r=48000", "sine=f=880:r=44100")) {
      command.addAll(List.of("-f", "lavfi", "-t", "" + (int) SECONDS, "-i", input));
    }
    command.addAll(List.of("-map", "0", "-map", "1", "-map", "2"));
    command.addAll(List.of(options.split(" ")));
    command.add(library.resolve(name).toString());
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  static FilmStreams streams(String codec) {
    var video = new FilmStreams.Video(0, codec, "High", "yuv420p", 320, 180, 24_000, 1_001);
    List<FilmStreams.Audio> audio =
        List.of(
            new FilmStreams.Audio(1, "dts", 2, "en", "", true),
            new FilmStreams.Audio(2, "dts", 2, "de", "Kommentar \"neu\"", false));
    return new FilmStreams(SECONDS, "matroska,webm", video, audio, List.of(), -1);
  }
}
