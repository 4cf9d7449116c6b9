package dev.watchnchill.server.media.probe;

import dev.watchnchill.server.json.BoundedJson;
import dev.watchnchill.server.media.OpenFilm;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.tool.FilmTools;
import dev.watchnchill.server.media.tool.ToolInputs;
import dev.watchnchill.server.media.tool.ToolRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Examines films with ffprobe, one after the other (rule LB10, decision 33). */
final class FilmProbe {
  private static final Logger log = LoggerFactory.getLogger(FilmProbe.class);

  private static final ToolRuns.Bounds BOUNDS = new ToolRuns.Bounds(10, 1 << 20);

  private final FilmTools tools;
  private final Path ffprobe;
  private final ToolRuns runs;
  private final ToolInputs inputs;
  private final ToolRuns.Bounds bounds;
  private final AtomicLong run = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  FilmProbe(FilmTools tools, Path ffprobe, ToolRuns runs, ToolInputs inputs) {
    this(tools, ffprobe, runs, inputs, BOUNDS);
  }

  FilmProbe(
      FilmTools tools, Path ffprobe, ToolRuns runs, ToolInputs inputs, ToolRuns.Bounds bounds) {
    this.tools = tools;
    this.ffprobe = ffprobe;
    this.runs = runs;
    this.inputs = inputs;
    this.bounds = bounds;
  }

  /**
   * A film that was examined, and the output of ffprobe.
   *
   * @param json null when it cannot read the film
   */
  record Probed(Examination examination, @Nullable JsonNode json) {}

  /** Examines a film; waits for the program. */
  Probed probe(IndexedFilm film) {
    // Opened first, which follows no link below the DIR. Its path is checked again afterwards: the
    // program opens the file by its path.
    try (OpenFilm file = OpenFilm.open(film)) {
      JsonNode json = json(film);
      if (!file.unchanged()) {
        return new Probed(new Examination.Unknown(), null);
      }
      FilmStreams streams = json == null ? null : StreamsJson.read(json);
      if (streams == null) {
        failed.incrementAndGet();
        return new Probed(new Examination.Unreadable(), null);
      }
      return new Probed(new Examination.Known(streams), json);
    } catch (IOException | SecurityException _) {
      return new Probed(new Examination.Unknown(), null); // the film is gone
    }
  }

  private @Nullable JsonNode json(IndexedFilm film) {
    run.incrementAndGet();
    try (ToolInputs.Input input = inputs.link(film.path())) {
      var arguments = new ArrayList<>(StreamsJson.options());
      arguments.addAll(FilmTools.INPUT_LIMITS);
      arguments.addAll(input.options());
      List<String> command = tools.command(ffprobe, arguments);
      return BoundedJson.object(runs.run(command, inputs.folder(), bounds));
    } catch (IOException e) {
      log.debug("ffprobe fails for film {}: {}", film.id(), e.getMessage());
      return null;
    }
  }

  /** Returns how often ffprobe was run. */
  long runCount() {
    return run.get();
  }

  /** Returns how many films it could not read. */
  long failedCount() {
    return failed.get();
  }
}
