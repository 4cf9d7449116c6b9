package dev.watchnchill.server.app;

import dev.watchnchill.server.media.FilmDetails;
import dev.watchnchill.server.media.FilmLinks;
import dev.watchnchill.server.media.FilmStreamer;
import dev.watchnchill.server.media.LocalLibrary;
import dev.watchnchill.server.media.MediaCache;
import dev.watchnchill.server.media.hls.HlsStreamer;
import dev.watchnchill.server.media.probe.FilmExaminer;
import dev.watchnchill.server.media.tool.FilmTools;
import dev.watchnchill.server.metrics.LibraryMeters;
import dev.watchnchill.server.metrics.Metrics;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The choice of folders whose films members may find (rule LB5), and of what examines and converts
 * films.
 *
 * @param directories absolute, none inside of another; none for a server without a library
 * @param cache directory for what is made of films, or null for a temporary one
 * @param ffmpeg name or path of the program, or {@code off}
 * @param ffprobe name or path of the program, or {@code off}
 * @param conversion how films that browsers cannot play are converted
 */
record MediaSettings(
    List<Path> directories,
    @Nullable Path cache,
    String ffmpeg,
    String ffprobe,
    Conversion conversion) {
  private static final Logger log = LoggerFactory.getLogger(MediaSettings.class);

  private static final int DIRECTORIES_MAX = 32;

  /**
   * The bounds of conversions.
   *
   * @param jobs runs of ffmpeg that encode video at once; 0 for no conversions at all
   * @param diskMb bound of the parts of films on the disk, MB
   */
  record Conversion(int jobs, int diskMb) {
    private static final int DISK_MB = 4_096;

    static Conversion from(Variables in) {
      int processors = Runtime.getRuntime().availableProcessors();
      return new Conversion(
          (int) Math.min(MAX, in.number("TRANSCODE_JOBS", Math.max(1, processors / 2))),
          Math.clamp(in.number("TRANSCODE_DISK_MB", DISK_MB), 64, 1_000_000));
    }

    private static final int MAX = 64;
  }

  MediaSettings {
    directories = List.copyOf(directories);
  }

  /**
   * Reads the settings.
   *
   * @param list the folders, separated as in PATH
   * @param cache a path, or ""
   * @throws IllegalArgumentException with a message for the operator when one of them is no folder
   *     that can be read
   */
  static MediaSettings of(
      String list, String cache, String ffmpeg, String ffprobe, Conversion conversion) {
    var found = new ArrayList<Path>();
    for (String text : list.split(File.pathSeparator, -1)) {
      if (!text.isBlank()) {
        found.add(directory(text.strip()));
      }
    }
    require(
        found.size() <= DIRECTORIES_MAX,
        "more than %d folders are given".formatted(DIRECTORIES_MAX));
    for (int i = 0; i < found.size(); i++) {
      for (int j = 0; j < found.size(); j++) {
        require(
            i == j || !found.get(i).startsWith(found.get(j)),
            "'%s' is inside of '%s', or the same".formatted(found.get(i), found.get(j)));
      }
    }
    return new MediaSettings(
        found, cache.isEmpty() ? null : path(cache), ffmpeg, ffprobe, conversion);
  }

  private static Path directory(String text) {
    Path path = path(text);
    require(
        Files.isDirectory(path) && Files.isReadable(path) && Files.isExecutable(path),
        "'" + text + "' is not a folder that can be read");
    return path;
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException _) {
      throw new IllegalArgumentException(message("a path has a character that no path may have"));
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(message(problem));
    }
  }

  private static String message(String problem) {
    return "the media library (--media, MEDIA_DIR): " + problem.replaceAll("\\p{Cntrl}", "?");
  }

  /** Returns the library, which begins to read its folders, or null without one. */
  @Nullable OpenLibrary open(LongSupplier nowMs, FilmLinks links, String basePath) {
    if (directories.isEmpty()) {
      return null;
    }
    String folders = new ProcessBuilder().environment().getOrDefault("PATH", "");
    FilmTools tools = FilmTools.find(ffmpeg, ffprobe, folders);
    report(tools);
    Path chosen = cache;
    MediaCache opened =
        chosen == null
            ? MediaCache.temporary(Path.of(System.getProperty("java.io.tmpdir")), nowMs)
            : MediaCache.in(chosen);
    try {
      return open(opened, tools, nowMs, links, basePath);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private OpenLibrary open(
      MediaCache opened, FilmTools tools, LongSupplier nowMs, FilmLinks links, String basePath) {
    FilmStreamer streamer = FilmStreamer.NONE;
    if (tools.ffmpeg() != null && tools.ffprobe() != null && conversion.jobs() > 0) {
      streamer =
          new HlsStreamer(
              tools,
              opened.folder("hls"),
              conversion.jobs(),
              (long) conversion.diskMb() << 20,
              nowMs);
    }
    var details = new FilmDetails(tools, opened, streamer, links, basePath + "/media/", nowMs);
    return new OpenLibrary(
        new LocalLibrary(directories, nowMs, LocalLibrary.Pace.DEFAULT, details), opened);
  }

  private void report(FilmTools tools) {
    if (tools.ffprobe() == null && !ffprobe.equals(FilmTools.OFF)) {
      log.info(
          "There is no {}: films are played by their names alone, without lengths and tracks."
              + " The package ffmpeg has it; FFPROBE names another place, FFPROBE=off is silent",
          ffprobe);
    }
    if (tools.ffmpeg() == null && !ffmpeg.equals(FilmTools.OFF)) {
      log.info(
          "There is no {}: films have no posters, subtitles inside of them are not shown, and"
              + " nothing is converted. The package ffmpeg has it; FFMPEG names another place,"
              + " FFMPEG=off is silent",
          ffmpeg);
    }
  }

  /**
   * A library and its cache.
   *
   * @param cache closed after the library
   */
  record OpenLibrary(LocalLibrary library, MediaCache cache) implements AutoCloseable {
    void watchedBy(Metrics metrics, FilmFiles files) {
      LibraryMeters meters = metrics.library();
      meters.watchScans(library::films, library::lastScanSeconds, library::failures);
      meters.watchFilms(files::bytesSent, files::openFiles);
      FilmExaminer examiner = library.details().examiner();
      meters.watchProbes(examiner::probes, examiner::failures);
      if (library.details().streamer() instanceof HlsStreamer conversions) {
        meters.watchConversions(conversions::jobs, conversions::bytes, conversions::failures);
      }
    }

    @Override
    public void close() {
      library.close();
      cache.close();
    }
  }
}
