package dev.watchnchill.server.media.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.tool.FilmTools;
import dev.watchnchill.server.media.tool.ToolInputs;
import dev.watchnchill.server.media.tool.ToolRuns;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Examines films when they are asked for, and remembers the result while size and time of the file
 * stay (rule LB10): in memory, and in a file of the cache.
 */
public final class FilmExaminer implements AutoCloseable {
  private static final int FILMS_MAX = 20_000;
  private static final int WAITING_MAX = 200;
  private static final int MANY_PROCESSORS = 4;

  /** A film that cannot be read is examined again after that time: a busy machine may be why. */
  private static final long UNREADABLE_MS = 60_000;

  private final @Nullable FilmProbe probe;
  private final ToolRuns runs;
  private final StreamsFile file;
  private final LongSupplier nowMs;
  private final Cache<String, Known> known =
      Caffeine.newBuilder().maximumSize(FILMS_MAX).executor(Runnable::run).build();
  private final ConcurrentMap<FilmVersion, CompletableFuture<Examination>> underWay =
      new ConcurrentHashMap<>();

  /** A film as it was at one time. */
  private record FilmVersion(String id, long size, long modified) {
    static FilmVersion of(IndexedFilm film) {
      return new FilmVersion(film.id(), film.size(), film.modified());
    }
  }

  private record Known(FilmVersion version, Examination examination, long untilMs) {}

  /**
   * @param tools programs that are there
   * @param inputs links to films
   * @param folder for the file of what is known
   * @param nowMs a clock
   */
  public FilmExaminer(FilmTools tools, ToolInputs inputs, Path folder, LongSupplier nowMs) {
    this.nowMs = nowMs;
    boolean manyProcessors = Runtime.getRuntime().availableProcessors() > MANY_PROCESSORS;
    runs = new ToolRuns("film-probe", manyProcessors ? 2 : 1, WAITING_MAX);
    Path ffprobe = tools.ffprobe();
    probe = ffprobe == null ? null : new FilmProbe(tools, ffprobe, runs, inputs);
    file = new StreamsFile(folder.resolve("films.jsonl"), FILMS_MAX);
    if (probe != null) {
      var _ = runs.submit(this::load);
    }
  }

  private boolean load() {
    for (StreamsFile.Entry entry : file.load().values()) {
      FilmStreams streams = StreamsJson.read(entry.probe());
      if (streams != null) {
        var version = new FilmVersion(entry.id(), entry.size(), entry.modified());
        remember(version, new Examination.Known(streams), Long.MAX_VALUE);
      }
    }
    return true;
  }

  private void remember(FilmVersion version, Examination examination, long untilMs) {
    known.put(version.id(), new Known(version, examination, untilMs));
  }

  /** Returns the result for a film when it is known already, or null. */
  public @Nullable Examination known(IndexedFilm film) {
    if (probe == null) {
      return new Examination.NoProgram();
    }
    Known found = known.getIfPresent(film.id());
    return found != null
            && found.version().equals(FilmVersion.of(film))
            && found.untilMs() > nowMs.getAsLong()
        ? found.examination()
        : null;
  }

  /** Returns the result for a film. Never waits and never fails. */
  public CompletableFuture<Examination> examine(IndexedFilm film) {
    Examination found = known(film);
    FilmProbe program = probe;
    if (found != null || program == null) {
      return CompletableFuture.completedFuture(found == null ? new Examination.NoProgram() : found);
    }
    var version = FilmVersion.of(film);
    var mine = new CompletableFuture<Examination>();
    CompletableFuture<Examination> others = underWay.putIfAbsent(version, mine);
    if (others != null) {
      return others.copy();
    }
    var _ =
        runs.submit(() -> examineNow(program, film, version))
            .whenComplete((result, failure) -> {
              underWay.remove(version);
              mine.complete(failure == null ? result : new Examination.Unknown());
            });
    return mine.copy();
  }

  private Examination examineNow(FilmProbe program, IndexedFilm film, FilmVersion version) {
    // The file of earlier examinations may have been read since it was asked for.
    Examination found = known(film);
    if (found != null) {
      return found;
    }
    FilmProbe.Probed probed = program.probe(film);
    switch (probed.examination()) {
      case Examination.Known read -> {
        remember(version, read, Long.MAX_VALUE);
        if (probed.json() != null) {
          file.add(
              new StreamsFile.Entry(
                  version.id(), version.size(), version.modified(), probed.json()));
        }
      }
      case Examination.Unreadable none ->
          remember(version, none, nowMs.getAsLong() + UNREADABLE_MS);
      case Examination.Unknown _, Examination.NoProgram _ -> {}
    }
    return probed.examination();
  }

  /** Returns how often ffprobe was run. */
  public long probes() {
    return probe == null ? 0 : probe.runCount();
  }

  /** Returns how many films ffprobe could not read. */
  public long failures() {
    return probe == null ? 0 : probe.failedCount();
  }

  @Override
  public void close() {
    runs.close();
  }
}
