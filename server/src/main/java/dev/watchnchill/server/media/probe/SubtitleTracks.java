package dev.watchnchill.server.media.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.watchnchill.server.media.BoundedFolder;
import dev.watchnchill.server.media.OpenFile;
import dev.watchnchill.server.media.OpenFilm;
import dev.watchnchill.server.media.OpenPart;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.index.Sidecar;
import dev.watchnchill.server.media.tool.FilmTools;
import dev.watchnchill.server.media.tool.ToolInputs;
import dev.watchnchill.server.media.tool.ToolRuns;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The subtitles inside of films and beside them (rule LB14). Text inside is copied out once, by
 * ffmpeg, and kept in the cache; files are sent as they are, as the page reads all their formats.
 */
public final class SubtitleTracks implements AutoCloseable {
  /** The type of files whose encoding is not known. */
  private static final String FILE_TYPE = "text/plain";

  private static final String TEXT_TYPE = "text/vtt; charset=utf-8";
  private static final long CACHE_BYTES_MAX = 64L << 20;
  private static final int FILMS_MAX = 20_000;
  private static final int WAITING_MAX = 20;
  private static final Duration FILES_LIFE = Duration.ofSeconds(60);

  /** A whole film has to be read for them, which takes minutes on a slow disk. */
  private static final ToolRuns.Bounds BOUNDS = new ToolRuns.Bounds(600, (int) Sidecar.BYTES_MAX);

  private final FilmTools tools;
  private final ToolInputs inputs;
  private final ToolRuns runs = new ToolRuns("film-subtitles", 1, WAITING_MAX);
  private final BoundedFolder cache;
  private final FilmWork<Path> work;
  private final Cache<String, List<Sidecar>> files =
      Caffeine.newBuilder()
          .maximumSize(FILMS_MAX)
          .expireAfterWrite(FILES_LIFE)
          .executor(Runnable::run)
          .build();

  /**
   * A track that a film has.
   *
   * @param key behind {@code /subtitles/} in its address
   * @param label for a person
   * @param language a BCP 47 tag, {@code und} when unknown
   * @param usable whether the server can send it
   */
  public record Track(String key, String label, String language, String format, boolean usable) {}

  /**
   * @param inputs links to films
   * @param folder for texts that were copied out
   */
  public SubtitleTracks(FilmTools tools, ToolInputs inputs, Path folder) {
    this.tools = tools;
    this.inputs = inputs;
    cache = new BoundedFolder(folder, CACHE_BYTES_MAX);
    work = new FilmWork<>(runs);
  }

  /** Returns the tracks of a film, those inside first; may wait for the disk. */
  public List<Track> of(IndexedFilm film, @Nullable FilmStreams streams) {
    var tracks = new ArrayList<Track>();
    if (streams != null) {
      for (FilmStreams.Subtitles each : streams.subtitles()) {
        tracks.add(
            new Track(
                each.index() + ".vtt",
                label(each.title(), each.language(), List.of()),
                each.language(),
                format(each.codec()),
                each.text() && tools.ffmpeg() != null));
      }
    }
    for (Sidecar each : sidecars(film)) {
      String language = LanguageTags.of(each.language());
      tracks.add(
          new Track(each.key(), label("", language, each.marks()), language, each.format(), true));
    }
    return tracks;
  }

  private List<Sidecar> sidecars(IndexedFilm film) {
    List<Sidecar> kept = files.getIfPresent(film.id());
    if (kept != null) {
      return kept;
    }
    List<Sidecar> found;
    try {
      found = Sidecar.of(film);
    } catch (IOException | SecurityException _) {
      found = List.of();
    }
    files.put(film.id(), found);
    return found;
  }

  private static String label(String title, String language, List<String> marks) {
    String name = title.isEmpty() ? LanguageTags.name(language) : title;
    String more =
        marks.stream()
            .filter(mark -> !mark.equals("default"))
            .map(mark -> mark.equals("forced") ? mark : mark.toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return (name.isEmpty() ? "Subtitles" : name) + (more.isEmpty() ? "" : " (" + more + ")");
  }

  private static String format(String codec) {
    return switch (codec) {
      case "subrip" -> "srt";
      case "webvtt" -> "vtt";
      case "hdmv_pgs_subtitle" -> "pgs";
      case "dvd_subtitle" -> "vobsub";
      case "dvb_subtitle" -> "dvb";
      default -> codec;
    };
  }

  /** Copies the text of a track out of a film when it is not there yet; never waits. */
  public CompletableFuture<Path> prepare(IndexedFilm film, FilmStreams streams, String key) {
    FilmStreams.Subtitles track = inside(streams, key);
    Path ffmpeg = tools.ffmpeg();
    if (track == null || !track.text() || ffmpeg == null) {
      return CompletableFuture.failedFuture(new FileNotFoundException("no such track"));
    }
    String name = FilmWork.name(film, "-" + track.index() + ".vtt");
    return work.once(
        name,
        () -> {
          Path kept = cache.find(name);
          return kept != null ? kept : cache.put(name, text(ffmpeg, film, track.index()));
        });
  }

  private byte[] text(Path ffmpeg, IndexedFilm film, int index) throws IOException {
    try (OpenFilm file = OpenFilm.open(film);
        ToolInputs.Input input = inputs.link(film.path())) {
      var arguments = new ArrayList<>(List.of("-v", "error", "-nostdin"));
      arguments.addAll(FilmTools.INPUT_LIMITS);
      arguments.addAll(input.options());
      arguments.addAll(List.of("-map", "0:" + index, "-c:s", "webvtt", "-f", "webvtt", "pipe:1"));
      byte[] text = runs.run(tools.command(ffmpeg, arguments), inputs.folder(), BOUNDS);
      if (!file.unchanged()) {
        throw new IOException("the film has changed");
      }
      return text;
    }
  }

  private static FilmStreams.@Nullable Subtitles inside(FilmStreams streams, String key) {
    return streams.subtitles().stream()
        .filter(each -> key.equals(each.index() + ".vtt"))
        .findFirst()
        .orElse(null);
  }

  /** Whether a key is that of a track inside of a film. */
  public static boolean isInside(@Nullable FilmStreams streams, String key) {
    return streams != null && inside(streams, key) != null;
  }

  /**
   * Opens a text that was copied out.
   *
   * @throws IOException when it was removed meanwhile
   */
  public static OpenFile openPrepared(Path text) throws IOException {
    return OpenPart.ofCache(text, TEXT_TYPE);
  }

  /**
   * Opens a file beside a film; may wait for the disk.
   *
   * @throws IOException when there is none of that key
   */
  public OpenFile openBeside(IndexedFilm film, String key) throws IOException {
    for (Sidecar each : sidecars(film)) {
      if (each.key().equals(key)) {
        return OpenPart.of(each.open(film), FILE_TYPE);
      }
    }
    throw new FileNotFoundException("no such subtitles");
  }

  @Override
  public void close() {
    runs.close();
  }
}
