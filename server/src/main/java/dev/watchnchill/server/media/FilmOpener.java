package dev.watchnchill.server.media;

import dev.watchnchill.server.media.index.IndexedFilm;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens and checks the files of films, on threads that may wait for a disk (rule LB9). */
public final class FilmOpener implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int WAITING_MAX = 512;
  private static final long IDLE_SECONDS = 10;

  /** Open files of all members. */
  static final int OPEN_MAX = 1_024;

  /** Open files of one member: a player reads at two or three places at once. */
  static final int OPEN_OF_ONE_MAX = 8;

  /** The time for which a look at a file counts for all who read it, ns. */
  static final long LOOK_NANOS = 3_000_000_000L;

  private static final int LOOKS_MAX = 256;

  private final LongSupplier nanos;
  private final Map<Version, Long> looks =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, Long> eldest) {
          return size() > LOOKS_MAX;
        }
      };
  private final ThreadPoolExecutor threads;
  private final Map<String, Integer> open = new HashMap<>();
  private int openInAll;

  /** Creates an opener without threads; they are there when they are needed. */
  public FilmOpener() {
    this(System::nanoTime);
  }

  /** Creates an opener with a clock, ns. */
  FilmOpener(LongSupplier nanos) {
    this.nanos = nanos;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            task -> Thread.ofPlatform().daemon().name("film-files").unstarted(task));
    threads.allowCoreThreadTimeOut(true);
  }

  /** The result of opening a film. */
  public sealed interface Result {}

  /**
   * The file is open.
   *
   * @param lease ends when the file is closed
   */
  public record Opened(OpenFile file, Runnable lease) implements Result {}

  /** There is no such file any more. */
  public record Gone() implements Result {}

  /** Too many films are open, or wait. */
  public record Busy() implements Result {}

  /** The opening of a file; may wait for the disk. */
  @FunctionalInterface
  public interface Opening {
    /**
     * Opens it.
     *
     * @throws IOException when there is no such regular file any more
     */
    OpenFile open() throws IOException;
  }

  /**
   * Opens a film; never waits.
   *
   * @param holder the member in whose name it is opened
   */
  public CompletableFuture<Result> open(IndexedFilm film, String holder) {
    return open(() -> OpenFilm.open(film), holder);
  }

  /**
   * Opens a file; never waits.
   *
   * @param holder the member in whose name it is opened
   */
  public CompletableFuture<Result> open(Opening opening, String holder) {
    if (!take(holder)) {
      return CompletableFuture.completedFuture(new Busy());
    }
    return later(
        () -> {
          try {
            return new Opened(opening.open(), () -> giveBack(holder));
          } catch (IOException | SecurityException _) {
            giveBack(holder);
            return new Gone();
          }
        },
        () -> {
          giveBack(holder);
          return new Busy();
        });
  }

  /**
   * Returns whether an open file is still the same; never waits. One look at the disk is enough for
   * all who read the film within some seconds.
   */
  public CompletableFuture<Boolean> unchanged(OpenFile film) {
    if (lookedAt(film)) {
      return CompletableFuture.completedFuture(true);
    }
    // Without a free thread the film goes on; it is checked again after the next piece.
    return later(
        () -> {
          boolean same = film.unchanged();
          synchronized (this) {
            if (same) {
              looks.put(new Version(film), nanos.getAsLong());
            }
          }
          return same;
        },
        () -> true);
  }

  private synchronized boolean lookedAt(OpenFile film) {
    Long lookedNanos = looks.get(new Version(film));
    return lookedNanos != null && nanos.getAsLong() - lookedNanos < LOOK_NANOS;
  }

  /** A version of a file at a path. */
  private record Version(Object identity, String etag) {
    Version(OpenFile film) {
      this(film.identity(), film.etag());
    }
  }

  private <T> CompletableFuture<T> later(Supplier<T> work, Supplier<T> otherwise) {
    try {
      return CompletableFuture.supplyAsync(work, threads);
    } catch (RejectedExecutionException _) {
      return CompletableFuture.completedFuture(otherwise.get());
    }
  }

  private synchronized boolean take(String holder) {
    int held = open.getOrDefault(holder, 0);
    if (held >= OPEN_OF_ONE_MAX || openInAll >= OPEN_MAX) {
      return false;
    }
    open.put(holder, held + 1);
    openInAll++;
    return true;
  }

  private synchronized void giveBack(String holder) {
    openInAll--;
    open.computeIfPresent(holder, FilmOpener::oneLess);
  }

  private static @Nullable Integer oneLess(String holder, int held) {
    return held <= 1 ? null : held - 1;
  }

  /** Returns the number of open files. */
  public synchronized int openFiles() {
    return openInAll;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
