package dev.watchnchill.server.media.probe;

import dev.watchnchill.server.media.BoundedFolder;
import dev.watchnchill.server.media.OpenFile;
import dev.watchnchill.server.media.OpenFilm;
import dev.watchnchill.server.media.OpenPart;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.tool.FilmTools;
import dev.watchnchill.server.media.tool.ToolInputs;
import dev.watchnchill.server.media.tool.ToolRuns;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Pictures of films (rule LB13): one of the first tenth of a film, or the cover of a file with
 * sound alone. They are made one after the other when they are asked for, and kept in the cache.
 */
public final class FilmPosters implements AutoCloseable {
  private static final String TYPE = "image/jpeg";
  private static final String ENDING = ".jpg";
  private static final long CACHE_BYTES_MAX = 64L << 20;
  private static final int WAITING_MAX = 200;
  private static final double PLACE = 0.1;
  private static final ToolRuns.Bounds BOUNDS = new ToolRuns.Bounds(10, 1 << 18);

  /** A picture of 8K has fewer; a hostile one would take gigabytes of memory. */
  private static final String PIXELS_MAX = "40000000";

  private final FilmTools tools;
  private final ToolInputs inputs;
  private final ToolRuns runs = new ToolRuns("film-posters", 1, WAITING_MAX);
  private final BoundedFolder cache;
  private final FilmWork<Path> work;

  /**
   * @param inputs links to films
   * @param folder for the posters
   */
  public FilmPosters(FilmTools tools, ToolInputs inputs, Path folder) {
    this.tools = tools;
    this.inputs = inputs;
    cache = new BoundedFolder(folder, CACHE_BYTES_MAX);
    work = new FilmWork<>(runs);
  }

  /** Whether there may be a poster: the film has a picture, and none could not be made lately. */
  public boolean mayHave(IndexedFilm film, FilmStreams streams) {
    return tools.ffmpeg() != null
        && (streams.video() != null || streams.cover() >= 0)
        && !work.hasFailed(FilmWork.name(film, ENDING));
  }

  /** Makes the poster of a film when it is not there yet; never waits. */
  public CompletableFuture<Path> prepare(IndexedFilm film, FilmStreams streams) {
    Path ffmpeg = tools.ffmpeg();
    if (ffmpeg == null || (streams.video() == null && streams.cover() < 0)) {
      return CompletableFuture.failedFuture(new FileNotFoundException("no picture"));
    }
    String name = FilmWork.name(film, ENDING);
    return work.once(
        name,
        () -> {
          Path kept = cache.find(name);
          return kept != null ? kept : cache.put(name, picture(ffmpeg, film, streams));
        });
  }

  private byte[] picture(Path ffmpeg, IndexedFilm film, FilmStreams streams) throws IOException {
    try (OpenFilm file = OpenFilm.open(film);
        ToolInputs.Input input = inputs.link(film.path())) {
      FilmStreams.Video video = streams.video();
      byte[] picture =
          video == null
              ? run(ffmpeg, input, 0, streams.cover())
              : run(ffmpeg, input, PLACE * streams.duration(), video.index());
      if (picture.length == 0 && video != null) {
        picture = run(ffmpeg, input, 0, video.index()); // the film is shorter than it says
      }
      if (picture.length < 2 || picture[0] != (byte) 0xFF || picture[1] != (byte) 0xD8) {
        throw new IOException("no picture was made");
      }
      if (!file.unchanged()) {
        throw new IOException("the film has changed");
      }
      return picture;
    }
  }

  private byte[] run(Path ffmpeg, ToolInputs.Input input, double seconds, int stream)
      throws IOException {
    var arguments = new ArrayList<>(List.of("-v", "error", "-nostdin", "-threads", "1"));
    if (seconds > 0) {
      arguments.addAll(List.of("-ss", String.format(Locale.ROOT, "%.3f", seconds)));
    }
    arguments.addAll(List.of("-max_pixels", PIXELS_MAX));
    arguments.addAll(FilmTools.INPUT_LIMITS);
    arguments.addAll(input.options());
    arguments.addAll(
        List.of(
            "-map",
            "0:" + stream,
            "-frames:v",
            "1",
            "-vf",
            "scale='min(320,iw)':-2,format=yuvj420p",
            "-q:v",
            "4",
            "-c:v",
            "mjpeg",
            "-threads",
            "1",
            "-f",
            "image2pipe",
            "pipe:1"));
    return runs.run(tools.command(ffmpeg, arguments), inputs.folder(), BOUNDS);
  }

  /**
   * Opens a poster.
   *
   * @throws IOException when it was removed meanwhile
   */
  public static OpenFile open(Path poster) throws IOException {
    return OpenPart.ofCache(poster, TYPE);
  }

  @Override
  public void close() {
    runs.close();
  }
}
