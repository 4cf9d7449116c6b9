package dev.watchnchill.server.media.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.index.LibraryFolders;
import dev.watchnchill.server.media.probe.PlayDecision.Play;
import dev.watchnchill.server.media.probe.PlayDecision.Reason;
import dev.watchnchill.server.media.tool.ToolInputs;
import dev.watchnchill.server.media.tool.ToolRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real films of every container and codec, and hostile files and programs (rule LB10). */
final class FilmProbeTest {
  @TempDir Path films;
  @TempDir Path work;

  private final ToolRuns runs = new ToolRuns("test-probe", 1, 10);

  @AfterEach
  void close() {
    runs.close();
  }

  private FilmProbe probe(Path program, ToolRuns.Bounds bounds) {
    return new FilmProbe(MadeFilms.TOOLS, program, runs, new ToolInputs(work), bounds);
  }

  private Examination examine(IndexedFilm film) {
    Path ffprobe = Objects.requireNonNull(MadeFilms.TOOLS.ffprobe(), "ffprobe is there");
    return probe(ffprobe, new ToolRuns.Bounds(20, 1 << 20)).probe(film).examination();
  }

  private FilmStreams streams(String name) {
    return ((Examination.Known) examine(LibraryFolders.film(films, name))).streams();
  }

  private void assertDecision(String name, Play play, @Nullable Reason reason) {
    assertThat(PlayDecision.of(streams(name), name)).isEqualTo(new PlayDecision(play, reason));
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp4, -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac, DIRECT,",
    "a.m4v, -f mp4 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a libmp3lame, DIRECT,",
    "a.mp4, -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p -c:a libopus, DIRECT,",
    "a.mp4, -c:v libsvtav1 -preset 12 -pix_fmt yuv420p -c:a aac, DIRECT,",
    "a.mp4, -c:v libx264 -preset ultrafast -pix_fmt yuv422p -c:a aac, CONVERT, VIDEO",
    "a.mp4, -c:v libx264 -preset ultrafast -pix_fmt yuv420p10le -c:a aac, CONVERT, VIDEO",
    "a.mp4, -c:v libx265 -preset ultrafast -x265-params log-level=none -c:a aac, CONVERT, VIDEO",
    "a.mp4, -c:v mpeg4 -c:a aac, CONVERT, VIDEO",
    "a.mp4, -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a ac3, CONVERT, AUDIO",
    "a.mkv, -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac, CONVERT, CONTAINER",
    "a.mkv, -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a ac3, CONVERT, AUDIO",
    "a.mkv, -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a eac3, CONVERT, AUDIO",
    "a.mkv, -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a dca -strict -2, CONVERT, AUDIO",
    "a.mkv, -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a pcm_s16le, CONVERT, AUDIO",
    "a.mkv, -c:v libx265 -preset ultrafast -x265-params log-level=none -c:a aac, CONVERT, VIDEO",
    "a.mkv, -c:v mpeg2video -c:a mp2, CONVERT, VIDEO",
    "a.mkv, -c:v libvpx-vp9 -deadline realtime -pix_fmt yuv420p -c:a libopus, CONVERT, AUDIO",
    "a.webm, -c:v libvpx -deadline realtime -pix_fmt yuv420p -c:a libvorbis, DIRECT,",
    "a.webm, -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p -c:a libopus,DIRECT,",
    "a.avi, -c:v mpeg4 -c:a libmp3lame, CONVERT, VIDEO",
    "a.avi, -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac, CONVERT, CONTAINER",
    "a.mov, -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac, CONVERT, CONTAINER",
    "a.ogv, -c:v libtheora -c:a libvorbis, CONVERT, VIDEO",
  })
  void LB10_decision_for_films(String name, String options, Play play, @Nullable Reason reason) {
    MadeFilms.film(films, name, options);
    assertDecision(name, play, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp3, -c:a libmp3lame, DIRECT,",
    "a.m4a, -c:a aac, DIRECT,",
    "a.m4a, -c:a alac, CONVERT, AUDIO",
    "a.aac, -c:a aac, DIRECT,",
    "a.flac, -c:a flac, DIRECT,",
    "a.opus, -c:a libopus, DIRECT,",
    "a.ogg, -c:a libvorbis, DIRECT,",
    "a.oga, -c:a flac, DIRECT,",
    "a.webm, -c:a libopus, DIRECT,",
    "a.wav, -c:a pcm_s16le, DIRECT,",
    "a.wav, -c:a adpcm_ms, CONVERT, AUDIO",
    "a.mkv, -c:a aac, CONVERT, CONTAINER",
  })
  void LB10_decision_for_files_with_sound_alone(
      String name, String options, Play play, @Nullable Reason reason) {
    MadeFilms.sound(films, name, options);
    assertDecision(name, play, reason);
    assertThat(streams(name).video()).isNull();
  }

  @Test
  void LB10_silent_film_is_played() {
    MadeFilms.silent(films, "a.mp4", MadeFilms.H264);
    assertDecision("a.mp4", Play.DIRECT, null);
  }

  @Test
  void LB10_streams_are_read() {
    MadeFilms.withTracks(films, "a.mkv");
    FilmStreams found = streams("a.mkv");
    assertThat(found.duration()).isBetween(1.9, 2.2);
    assertThat(found.container()).isEqualTo("matroska,webm");
    FilmStreams.Video video = Objects.requireNonNull(found.video());
    assertThat(List.of(video.codec(), video.pixelFormat())).containsExactly("h264", "yuv420p");
    assertThat(List.of(video.width(), video.height(), video.rate(), video.rateScale()))
        .containsExactly(160, 120, 10, 1);
    assertThat(found.audio())
        .containsExactly(
            new FilmStreams.Audio(1, "aac", 1, "de", "", true),
            new FilmStreams.Audio(2, "ac3", 1, "und", "Director", false));
    assertThat(found.subtitles())
        .containsExactly(
            new FilmStreams.Subtitles(3, "subrip", "en", "", true),
            new FilmStreams.Subtitles(4, "ass", "fr", "Signs", true));
    assertThat(PlayDecision.of(found, "a.mkv").reason()).isEqualTo(Reason.AUDIO);
  }

  @Test
  void LB10_several_audio_tracks_are_converted() {
    MadeFilms.run(
        films,
        " -f lavfi -i testsrc=s=160x120:r=10:d=1 -f lavfi -i sine=d=1",
        "-map 0 -map 1 -map 1 -c:a aac " + MadeFilms.H264,
        "a.mp4");
    assertDecision("a.mp4", Play.CONVERT, Reason.TRACKS);
  }

  @Test
  void LB10_cover_of_a_song_is_no_picture() {
    MadeFilms.run(
        films,
        " -f lavfi -i sine=d=1 -f lavfi -i testsrc=s=64x64:r=1:d=1",
        "-map 0 -map 1 -c:a libmp3lame -c:v mjpeg -disposition:v attached_pic",
        "a.mp3");
    FilmStreams found = streams("a.mp3");
    assertThat(found.video()).isNull();
    assertThat(found.cover()).isEqualTo(1);
    assertDecision("a.mp3", Play.DIRECT, null);
  }

  @Test
  void LB10_playlist_with_the_name_of_a_film_opens_nothing() throws IOException {
    MadeFilms.film(films, "secret.mp4", MadeFilms.H264 + "-c:a aac");
    Path secret = films.resolve("secret.mp4");
    for (String text :
        List.of(
            "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://" + secret + "\n#EXT-X-ENDLIST\n",
            "#EXTM3U\n#EXTINF:2,\n" + secret + "\n",
            "ffconcat version 1.0\nfile '" + secret + "'\n",
            "<?xml version=\"1.0\"?><MPD><Period><BaseURL>" + secret + "</BaseURL></Period></MPD>",
            "v=0\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n")) {
      for (String name : List.of("list.mp4", "list.mkv", "list.aac")) {
        Files.writeString(films.resolve(name), text);
        Examination result = examine(LibraryFolders.film(films, name));
        assertThat(result).as("%s: %s", name, text).isInstanceOf(Examination.Unreadable.class);
      }
    }
  }

  @Test
  void LB10_broken_files_are_unreadable() throws IOException {
    MadeFilms.film(films, "whole.mp4", MadeFilms.H264 + "-c:a aac");
    byte[] whole = Files.readAllBytes(films.resolve("whole.mp4"));
    Files.write(films.resolve("cut.mp4"), java.util.Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(films.resolve("text.mkv"), "This is no film.\n".repeat(1_000));
    Files.write(films.resolve("empty.mp4"), new byte[0]);
    for (String name : List.of("cut.mp4", "text.mkv", "empty.mp4")) {
      assertThat(examine(LibraryFolders.film(films, name)))
          .as(name)
          .isInstanceOf(Examination.Unreadable.class);
    }
    assertThat(examine(LibraryFolders.film(films, "whole.mp4")))
        .isInstanceOf(Examination.Known.class);
  }

  @Test
  void LB10_name_may_have_any_bytes() {
    MadeFilms.film(films, "plain.mp4", MadeFilms.H264 + "-c:a aac");
    LibraryFolders.shell(
        films,
        "cp plain.mp4 \"$(printf 'line\\nend.mp4')\"; cp plain.mp4 ./-i.mp4;"
            + " cp plain.mp4 \"$(printf 'caf\\351 %%d.mp4')\"; cp plain.mp4 'http:__x.mp4';"
            + " cp plain.mp4 \"a'b\\\"c|d.mp4\"; rm plain.mp4");
    List<IndexedFilm> all = LibraryFolders.films(films);
    assertThat(all).hasSize(5);
    for (IndexedFilm film : all) {
      assertThat(examine(film)).as(film.name()).isInstanceOf(Examination.Known.class);
    }
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void LB10_film_that_has_become_a_link_is_not_opened() throws IOException {
    MadeFilms.film(films, "a.mp4", MadeFilms.H264 + "-c:a aac");
    IndexedFilm film = LibraryFolders.film(films, "a.mp4");
    Files.move(films.resolve("a.mp4"), work.resolve("elsewhere.mp4"));
    Files.createSymbolicLink(films.resolve("a.mp4"), work.resolve("elsewhere.mp4"));
    assertThat(examine(film)).isInstanceOf(Examination.Unknown.class);
  }

  private Path program(String text) throws IOException {
    Path program = work.resolve("program");
    Files.writeString(program, "#!/bin/sh\n" + text + "\n", StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  @ParameterizedTest
  @CsvSource({
    "sleep 600",
    "yes",
    "echo nonsense",
    "echo '[]'",
    "echo '{\"format\":7}'",
    "exit 1",
    "kill -9 $$"
  })
  void LB10_program_that_misbehaves_is_ended(String text) throws IOException {
    LibraryFolders.createFiles(films, "a.mp4");
    IndexedFilm film = LibraryFolders.film(films, "a.mp4");
    FilmProbe probe = probe(program(text), new ToolRuns.Bounds(1, 1 << 16));
    assertThat(probe.probe(film).examination()).isInstanceOf(Examination.Unreadable.class);
    assertThat(probe.failedCount()).isEqualTo(1);
    await()
        .untilAsserted(() -> {
          try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
            assertThat(children.filter(ProcessHandle::isAlive).map(ProcessHandle::info)).isEmpty();
          }
        });
  }
}
