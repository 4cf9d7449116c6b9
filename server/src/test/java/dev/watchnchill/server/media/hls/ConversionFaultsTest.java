package dev.watchnchill.server.media.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.watchnchill.server.media.StreamAnswer;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.index.LibraryFolders;
import dev.watchnchill.server.media.probe.MadeFilms;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Faults while the real ffmpeg converts films (rule LB12). */
final class ConversionFaultsTest {
  private static final String NAME = "film.mkv";
  private static final long DISK = 1L << 30;

  private static final int KILLS = 4;

  /** A segment that no run makes beforehand. */
  private static final int FAR = 20;

  private static @TempDir Path made;

  private @TempDir Path folder;
  private final AtomicLong clockMs = new AtomicLong();
  private Path library;
  private HlsStreamer streamer;
  private volatile boolean full;

  @BeforeAll
  static void make() throws Exception {
    WatchedFilm.make(made, NAME, "-c:v mpeg4 -q:v 5 -g 12 -c:a ac3");
  }

  @BeforeEach
  void open() throws IOException {
    library = Files.createDirectory(folder.resolve("library"));
    Files.copy(made.resolve(NAME), library.resolve(NAME));
    var files = new SegmentFiles(folder.resolve("hls"), DISK, this::write);
    streamer = new HlsStreamer(MadeFilms.TOOLS, files, 1, clockMs::get);
  }

  @AfterEach
  void nothingIsLeft() {
    streamer.close();
    await().atMost(10, TimeUnit.SECONDS).until(() -> streamer.jobs() == 0);
    nothingRuns();
  }

  private OutputStream write(Path file) throws IOException {
    // The kernel answers each write to this device as a full disk does.
    return Files.newOutputStream(full ? Path.of("/dev/full") : file);
  }

  private void nothingRuns() {
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> {
          assertThat(runs().toList()).isEmpty();
          assertThat(Thread.getAllStackTraces().keySet())
              .extracting(Thread::getName)
              .doesNotContain("film-conversion");
          assertThat(streamer.jobs()).isZero();
        });
  }

  /** Returns the runs of ffmpeg that convert films of this test. */
  private Stream<ProcessHandle> runs() {
    return ProcessHandle.current()
        .descendants()
        .filter(each ->
            Stream.of(each.info().arguments().orElse(new String[0]))
                .anyMatch(word -> word.contains(folder.toString())));
  }

  private IndexedFilm film() {
    return LibraryFolders.film(library, NAME);
  }

  private WatchedFilm watch() {
    return new WatchedFilm(streamer, film(), "mpeg4");
  }

  private static StreamAnswer ask(WatchedFilm watched, String rendition, int number) {
    return watched.answer(watched.version() + "/" + rendition + "/" + number + ".m4s");
  }

  private static void failsInTheEnd(WatchedFilm watched, int number) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> ask(watched, "video", number) instanceof StreamAnswer.Failed);
  }

  private void isWholeAgain(WatchedFilm watched, int number) throws IOException {
    clockMs.addAndGet(31_000);
    assertThat(watched.segment("video", number)).isNotEmpty();
    assertThat(unfinished()).hasSizeLessThanOrEqualTo(1);
  }

  private List<Path> unfinished() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("hls"))) {
      return all.filter(each -> each.toString().endsWith(".part")).toList();
    }
  }

  @Test
  void LB12_disk_that_is_gone_fails_what_is_not_made_and_goes_on_when_it_is_back()
      throws IOException {
    WatchedFilm watched = watch();
    assertThat(watched.segment("video", 0)).isNotEmpty();
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(library, elsewhere);
    assertThat(watched.segment("video", 0)).as("what is made").isNotEmpty();
    clockMs.addAndGet(10_000);
    failsInTheEnd(watched, FAR);
    nothingRuns();
    Files.move(elsewhere, library);
    isWholeAgain(watched, FAR);
  }

  @Test
  void LB12_replaced_file_is_not_mixed_with_the_one_before() throws Exception {
    WatchedFilm before = watch();
    byte[] old = before.segment("video", 0);
    Path other = Files.createDirectory(folder.resolve("other"));
    WatchedFilm.make(other, NAME, "-c:v mpeg4 -q:v 20 -g 12 -c:a ac3");
    Files.move(other.resolve(NAME), library.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    clockMs.addAndGet(10_000);
    failsInTheEnd(before, FAR);
    WatchedFilm after = watch();
    assertThat(after.version()).isNotEqualTo(before.version());
    assertThat(after.answer(before.version() + "/video/0.m4s"))
        .isInstanceOf(StreamAnswer.NotFound.class);
    assertThat(after.answer(before.version() + "/video.m3u8"))
        .isInstanceOf(StreamAnswer.NotFound.class);
    assertThat(after.segment("video", 0)).isNotEqualTo(old);
    assertThat(after.segment("video", FAR)).isNotEmpty();
  }

  @Test
  void LB12_killed_run_leaves_no_cut_segment_and_the_next_request_begins_another()
      throws Exception {
    for (String rendition : List.of("video", "audio-0")) {
      WatchedFilm watched = watch();
      int segments = watched.starts(rendition).size() - 1;
      for (int number = 0; number < KILLS; number++) {
        assertThat(watched.segment(rendition, number)).isNotEmpty();
        runs().forEach(ProcessHandle::destroyForcibly);
        nothingRuns();
        assertThat(unfinished()).isEmpty();
      }
      assertThat(seconds(watched, rendition, segments)).isCloseTo(WatchedFilm.SECONDS, within(0.2));
    }
  }

  /** Returns how long all frames of all segments are, s. */
  private double seconds(WatchedFilm watched, String rendition, int segments) throws Exception {
    Path whole = folder.resolve("whole.mp4");
    String init = watched.version() + "/" + rendition + "/init.mp4";
    try (OutputStream all = Files.newOutputStream(whole)) {
      all.write(((StreamAnswer.Text) watched.answer(init)).body());
      for (int number = 0; number < segments; number++) {
        all.write(watched.segment(rendition, number));
      }
    }
    Process counter =
        new ProcessBuilder(
                "ffprobe",
                "-v",
                "error",
                "-count_packets",
                "-show_entries",
                "stream=nb_read_packets",
                "-of",
                "csv=p=0",
                whole.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String packets = new String(counter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(counter.waitFor()).isZero();
    double frame = rendition.equals("video") ? 1_001 / 24_000.0 : 1_024 / 48_000.0;
    return Integer.parseInt(packets.strip()) * frame;
  }

  @Test
  void LB12_full_disk_is_said_once_and_left_when_there_is_space() throws IOException {
    var lines = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(Rendition.class);
    lines.start();
    logger.addAppender(lines);
    try {
      WatchedFilm watched = watch();
      byte[] first = watched.segment("video", 0);
      full = true;
      clockMs.addAndGet(10_000);
      failsInTheEnd(watched, FAR);
      clockMs.addAndGet(31_000);
      failsInTheEnd(watched, FAR);
      nothingRuns();
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .filteredOn(line -> line.contains("No space left"))
          .hasSize(1);
      assertThat(watched.segment("video", 0)).isEqualTo(first);
      full = false;
      isWholeAgain(watched, FAR);
    } finally {
      logger.detachAppender(lines);
    }
  }
}
