package dev.watchnchill.server.media.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.media.StreamAnswer;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.index.LibraryFolders;
import dev.watchnchill.server.media.probe.MadeFilms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films that ffmpeg converts while they are watched (rule LB12), with real files. */
final class HlsStreamerTest {
  private static final long DISK = 1L << 30;

  private static @TempDir Path library;

  private @TempDir Path folder;
  private final AtomicLong clockMs = new AtomicLong();
  private HlsStreamer streamer;

  @BeforeAll
  static void make() throws Exception {
    WatchedFilm.make(
        library,
        "copied.mkv",
        "-c:v libx264 -preset ultrafast -bf 2 -g 120 -c:a dca -strict -2 -ac 2");
    WatchedFilm.make(library, "encoded.mkv", "-c:v mpeg4 -q:v 5 -c:a ac3");
    WatchedFilm.make(
        library, "vp9.mkv", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 120 -c:a ac3");
  }

  @BeforeEach
  void open() {
    streamer = open(1, DISK);
  }

  @AfterEach
  void close() {
    streamer.close();
  }

  private WatchedFilm watch(String name, String codec) {
    return new WatchedFilm(streamer, LibraryFolders.film(library, name), codec);
  }

  private HlsStreamer open(int jobs, long bytesMax) {
    return new HlsStreamer(MadeFilms.TOOLS, folder.resolve("hls"), jobs, bytesMax, clockMs::get);
  }

  private static byte[] withHead(WatchedFilm watched, String rendition, int number)
      throws IOException {
    byte[] head =
        ((StreamAnswer.Text) watched.answer(watched.version() + "/" + rendition + "/init.mp4"))
            .body();
    byte[] segment = watched.segment(rendition, number);
    var both = Arrays.copyOf(head, head.length + segment.length);
    System.arraycopy(segment, 0, both, head.length, segment.length);
    return both;
  }

  /** Returns the samples of a segment of sound as ffmpeg decodes them. */
  private short[] sound(WatchedFilm watched, String rendition, int number) throws Exception {
    Path file = folder.resolve("sound.mp4");
    Files.write(file, withHead(watched, rendition, number));
    Process decoder =
        new ProcessBuilder(
                "ffmpeg", "-v", "error", "-i", file.toString(), "-f", "s16be", "-ac", "1", "-")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] decoded = decoder.getInputStream().readAllBytes();
    assertThat(decoder.waitFor()).isZero();
    var samples = new short[decoded.length / 2];
    ByteBuffer.wrap(decoded).asShortBuffer().get(samples);
    return samples;
  }

  /** Returns when a segment begins by its own boxes, s. */
  private static double begins(WatchedFilm watched, String rendition, int number)
      throws IOException {
    byte[] both = withHead(watched, rendition, number);
    var reader = new FragmentReader(new ByteArrayInputStream(both));
    assertThat(reader.readHead()).isNotEmpty();
    FragmentReader.Fragment first = Objects.requireNonNull(reader.nextFragment());
    reader.copySamples(OutputStream.nullOutputStream());
    return (double) first.decodeTime() / reader.timescale();
  }

  private void beginsAsThePlaylistSays(WatchedFilm watched) throws IOException {
    for (String rendition : List.of("video", "audio-0", "audio-1")) {
      List<Double> starts = watched.starts(rendition);
      int segments = starts.size() - 1;
      assertThat(starts.getLast()).isCloseTo(WatchedFilm.SECONDS, within(0.1));
      // A jump to the last third, then from the start, as two viewers do.
      for (int number : new int[] {segments * 2 / 3, segments - 1, 0, 1, segments / 2}) {
        assertThat(begins(watched, rendition, number))
            .as("%s %s", rendition, number)
            .isCloseTo(starts.get(number), within(0.000_1));
      }
    }
  }

  @Test
  void LB12_copied_video_begins_at_each_segment_exactly_as_the_playlist_says() throws IOException {
    var watched = watch("copied.mkv", "h264");
    assertThat(watched.starts("video").get(1)).isCloseTo(5.005, within(0.001));
    beginsAsThePlaylistSays(watched);
  }

  @Test
  void LB12_copied_video_of_another_codec_begins_so_too() throws IOException {
    var watched = watch("vp9.mkv", "vp9");
    assertThat(watched.starts("video").get(1)).isCloseTo(5.005, within(0.001));
    beginsAsThePlaylistSays(watched);
  }

  @Test
  void LB12_encoded_video_begins_at_each_segment_exactly_as_the_playlist_says() throws IOException {
    var watched = watch("encoded.mkv", "mpeg4");
    assertThat(watched.starts("video").get(1)).isCloseTo(3.003, within(0.000_001));
    beginsAsThePlaylistSays(watched);
  }

  @Test
  void LB12_playlist_names_each_track_and_quotes_its_title() {
    assertThat(watch("copied.mkv", "h264").text("index.m3u8"))
        .contains("NAME=\"en\",LANGUAGE=\"en\",DEFAULT=YES")
        .contains("NAME=\"Kommentar  neu\",LANGUAGE=\"de\",DEFAULT=NO")
        .contains("RESOLUTION=320x180,AUDIO=\"audio\"");
  }

  @Test
  void LB12_sound_of_a_segment_is_the_same_from_whichever_place_it_is_made() throws Exception {
    var watched = watch("encoded.mkv", "mpeg4");
    for (int number = 0; number < 4; number++) {
      watched.segment("audio-1", number);
    }
    short[] inOneRun = sound(watched, "audio-1", 3);
    streamer.close();
    streamer = open(1, DISK);
    short[] alone = sound(watch("encoded.mkv", "mpeg4"), "audio-1", 3);
    assertThat(alone).hasSameSizeAs(inOneRun);
    // Matroska rounds times to milliseconds, so two runs may begin that far apart.
    double closest = Double.MAX_VALUE;
    for (int lag = -48; lag <= 48; lag++) {
      closest = Math.min(closest, difference(inOneRun, alone, lag));
    }
    assertThat(closest).isLessThan(0.05);
  }

  /** Returns the difference of two sounds, one of them moved, as a part of their loudness. */
  private static double difference(short[] one, short[] other, int lag) {
    double difference = 0;
    double loudness = 0;
    // The first frames overlap what was before them, which a decoder has not heard.
    for (int sample = 4 * 1_024; sample < one.length - 100; sample++) {
      difference += Math.pow(other[sample + lag] - one[sample], 2);
      loudness += Math.pow(one[sample], 2);
    }
    return Math.sqrt(difference / loudness);
  }

  @Test
  void LB12_what_is_no_part_of_the_film_is_not_found() {
    var watched = watch("copied.mkv", "h264");
    for (String rest :
        List.of(
            "video.m3u8",
            "00000000/video.m3u8",
            watched.version() + "/video/10000.m4s",
            watched.version() + "/video/999999.m4s",
            watched.version() + "/video/-1.m4s",
            watched.version() + "/audio-2.m3u8",
            watched.version() + "/../input",
            watched.version() + "/video/0.m4s.part",
            "input")) {
      assertThat(watched.answer(rest)).as(rest).isInstanceOf(StreamAnswer.NotFound.class);
    }
  }

  @Test
  void LB12_jobs_end_when_nobody_needs_them_and_the_disk_is_freed() throws IOException {
    var watched = watch("encoded.mkv", "mpeg4");
    watched.segment("video", 0);
    clockMs.addAndGet(11 * 60_000);
    await().atMost(30, TimeUnit.SECONDS).until(() -> streamer.jobs() == 0 && streamer.bytes() == 0);
    assertThat(folder.resolve("hls")).isEmptyDirectory();
    assertThat(watched.segment("video", 1)).isNotEmpty();
  }

  @Test
  void LB12_second_film_waits_for_a_free_job() throws IOException {
    var first = watch("encoded.mkv", "mpeg4");
    first.segment("video", 0);
    IndexedFilm waits = LibraryFolders.film(library, "copied.mkv");
    assertThat(streamer.hasPlaceFor(waits, WatchedFilm.streams("mpeg4"))).isFalse();
    assertThat(streamer.hasPlaceFor(waits, WatchedFilm.streams("h264"))).isTrue();
    var second = watch("copied.mkv", "mpeg4");
    assertThat(second.answer(second.version() + "/video/0.m4s"))
        .isInstanceOf(StreamAnswer.Busy.class);
    clockMs.addAndGet(10_000);
    assertThat(streamer.hasPlaceFor(waits, WatchedFilm.streams("mpeg4"))).isTrue();
    assertThat(second.segment("video", 0)).isNotEmpty();
  }

  @Test
  void LB12_segments_on_the_disk_are_bounded() throws IOException {
    streamer.close();
    streamer = open(1, 300_000);
    var watched = watch("encoded.mkv", "mpeg4");
    for (int number = 0; number < 13; number++) {
      assertThat(watched.segment("video", number)).isNotEmpty();
      assertThat(streamer.bytes()).isLessThan(600_000);
    }
    assertThat(watched.segment("video", 0)).isNotEmpty();
  }

  @Test
  void LB12_film_whose_disk_comes_back_is_prepared_again() throws IOException {
    Path elsewhere = library.resolveSibling(library.getFileName() + "-away");
    IndexedFilm film = LibraryFolders.film(library, "copied.mkv");
    Files.move(library, elsewhere);
    try {
      assertThat(
              streamer
                  .answer(film, WatchedFilm.streams("h264"), "index.m3u8")
                  .handle((_, e) -> e)
                  .join())
          .isNotNull();
    } finally {
      Files.move(elsewhere, library);
    }
    await()
        .untilAsserted(() ->
            assertThat(
                    streamer
                        .answer(film, WatchedFilm.streams("h264"), "index.m3u8")
                        .handle((answer, _) -> answer)
                        .join())
                .isInstanceOf(StreamAnswer.Text.class));
  }

  @Test
  void LB12_file_that_is_no_film_fails_and_ends_nothing() throws IOException {
    Files.writeString(library.resolve("text.mkv"), "no film");
    try {
      var watched = watch("text.mkv", "mpeg4");
      for (int attempt = 0; attempt < 3; attempt++) {
        watched.answer(watched.version() + "/video/0.m4s");
      }
      assertThat(watched.answer(watched.version() + "/video/0.m4s"))
          .isInstanceOf(StreamAnswer.Failed.class);
      assertThat(watch("copied.mkv", "h264").segment("video", 0)).isNotEmpty();
    } finally {
      Files.delete(library.resolve("text.mkv"));
    }
  }
}
