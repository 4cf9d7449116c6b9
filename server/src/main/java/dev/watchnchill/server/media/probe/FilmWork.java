package dev.watchnchill.server.media.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.tool.ToolRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes things of films, each once at a time however many ask for it. What could not be made is not
 * tried again for a while.
 *
 * @param <T> what is made
 */
final class FilmWork<T> {
  private static final Logger log = LoggerFactory.getLogger(FilmWork.class);
  private static final int FAILED_MAX = 20_000;
  private static final Duration FAILED_LIFE = Duration.ofMinutes(1);

  private final ToolRuns runs;
  private final ConcurrentMap<String, CompletableFuture<T>> underWay = new ConcurrentHashMap<>();
  private final Cache<String, IOException> failed =
      Caffeine.newBuilder()
          .maximumSize(FAILED_MAX)
          .expireAfterWrite(FAILED_LIFE)
          .executor(Runnable::run)
          .build();

  FilmWork(ToolRuns runs) {
    this.runs = runs;
  }

  /** The making of a thing. */
  @FunctionalInterface
  interface Making<T> {
    /**
     * Makes it; may wait.
     *
     * @throws IOException when that is not possible
     */
    T make() throws IOException;
  }

  /** Returns the name of a file that is made of a film as it is now. */
  static String name(IndexedFilm film, String ending) {
    return "%s-%x-%x%s".formatted(film.id(), film.size(), film.modified(), ending);
  }

  /** Makes the thing of that name; never waits. The future fails when that is not possible. */
  CompletableFuture<T> once(String name, Making<T> making) {
    IOException before = failed.getIfPresent(name);
    if (before != null) {
      return CompletableFuture.failedFuture(before);
    }
    var mine = new CompletableFuture<T>();
    CompletableFuture<T> others = underWay.putIfAbsent(name, mine);
    if (others != null) {
      return others.copy();
    }
    var _ =
        runs.submit(() -> make(name, making))
            .whenComplete((made, failure) -> {
              underWay.remove(name);
              if (failure == null) {
                mine.complete(made);
              } else {
                mine.completeExceptionally(failure);
              }
            });
    return mine.copy();
  }

  private T make(String name, Making<T> making) {
    try {
      return making.make();
    } catch (IOException e) {
      failed.put(name, e);
      log.debug("{} cannot be made: {}", name, e.getMessage());
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether the thing of that name could not be made lately. */
  boolean hasFailed(String name) {
    return failed.getIfPresent(name) != null;
  }
}
