package dev.watchnchill.server.media;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.media.index.FilmFormat;
import dev.watchnchill.server.media.index.FolderWatch;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.index.LibraryIndex;
import dev.watchnchill.server.media.index.LibraryScan;
import dev.watchnchill.server.media.index.ScanProgress;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.title.FileTitle;
import dev.watchnchill.server.wire.LibraryListing;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The films in the DIRs of this server (rules LB1 to LB6). One thread of low priority scans,
 * another one answers queries, so that neither takes time of an event loop.
 */
public final class LocalLibrary implements FilmLibrary {
  /**
   * When folders are scanned again.
   *
   * @param periodMs the longest time without a scan
   * @param missingMs the same while a DIR cannot be read
   * @param quietMs how long a scan waits after a change, so that one finds many changes
   */
  public record Pace(long periodMs, long missingMs, long quietMs) {
    /** The pace of a server. */
    public static final Pace DEFAULT = new Pace(300_000, 30_000, 2_000);
  }

  private static final Logger log = LoggerFactory.getLogger(LocalLibrary.class);

  /** After a scan nothing is scanned for so many times as long as it took. */
  private static final int REST_FACTOR = 10;

  private static final int QUERIES_WAITING_MAX = 64;
  private static final long IDLE_SECONDS = 10;

  private final List<Path> directories;
  private final LongSupplier nowMs;
  private final Pace pace;
  private final FilmDetails details;
  private final FolderWatch watch = new FolderWatch();
  private final ThreadPoolExecutor queries;
  private final Thread scanner;
  private volatile LibraryIndex index = LibraryIndex.empty();
  private volatile @Nullable ScanProgress scanning = new ScanProgress();
  private volatile double lastScanSeconds = Double.NaN;
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean closed;
  private Consumer<Set<String>> scanned = _ -> {};
  private int lastFailures;
  private int lastFilms = -1;
  private boolean partlyWatched;

  /**
   * Begins to scan.
   *
   * @param directories the DIRs
   * @param nowMs a clock
   * @param details of films; closed with the library
   */
  @SuppressWarnings("ThreadPriorityCheck") // films being played go before a scan
  public LocalLibrary(List<Path> directories, LongSupplier nowMs, Pace pace, FilmDetails details) {
    this.directories = List.copyOf(directories);
    this.nowMs = nowMs;
    this.pace = pace;
    this.details = details;
    queries =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUERIES_WAITING_MAX),
            task -> Thread.ofPlatform().daemon().name("library-queries").unstarted(task));
    queries.allowCoreThreadTimeOut(true);
    scanner =
        Thread.ofPlatform()
            .daemon()
            .name("library-scan")
            .priority(Thread.MIN_PRIORITY)
            .start(this::scanAgainAndAgain);
  }

  @Override
  public CompletableFuture<Answer> find(Query query) {
    var answer = new CompletableFuture<Answer>();
    try {
      queries.execute(() -> {
        try {
          answer.complete(look(query));
        } catch (RuntimeException e) {
          log.error("A query of the library failed", e);
          answer.complete(new Busy());
        }
      });
    } catch (RejectedExecutionException _) {
      answer.complete(new Busy());
    }
    return answer;
  }

  private Answer look(Query query) {
    ScanProgress now = scanning;
    LibraryListing.Progress progress =
        now == null ? null : new LibraryListing.Progress(now.done(), now.found());
    String text = query.text();
    LibraryListing page =
        text == null
            ? index.list(query.folder(), query.after(), progress)
            : index.search(query.folder(), text, query.after(), progress);
    return page == null ? new NoSuchFolder() : new Found(page);
  }

  @Override
  public @Nullable Film film(String mediaId) {
    IndexedFilm film = index.film(mediaId);
    return film == null
        ? null
        : new Film(FileTitle.ofName(film.name()), film.format() == FilmFormat.AUDIO);
  }

  @Override
  public CompletableFuture<LinkAnswer> link(RoomId room, UserId user, String mediaId) {
    IndexedFilm film = index.film(mediaId);
    return film == null
        ? CompletableFuture.completedFuture(new NoSuchFilm())
        : details.link(room, user, film);
  }

  @Override
  public CompletableFuture<Infos> describe(RoomId room, UserId user, List<String> mediaIds) {
    LibraryIndex now = index;
    return details.describe(
        room, user, mediaIds.stream().map(now::film).filter(Objects::nonNull).toList());
  }

  /** Returns what is known of films beyond their names. */
  public FilmDetails details() {
    return details;
  }

  /** Returns the place of a film, or null when there is none of that id. */
  public @Nullable IndexedFilm indexed(String mediaId) {
    return index.film(mediaId);
  }

  /** Returns the number of films that are known now. */
  public int films() {
    return index.size();
  }

  /** Returns how long the last scan took, seconds; NaN before the end of the first. */
  public double lastScanSeconds() {
    return lastScanSeconds;
  }

  /** Returns how many files and folders could not be read, in all scans. */
  public long failures() {
    return failures.get();
  }

  private void scanAgainAndAgain() {
    try {
      while (!closed) {
        var progress = new ScanProgress();
        scanning = progress;
        long begunMs = nowMs.getAsLong();
        var scan = new LibraryScan(directories, progress, () -> closed);
        LibraryIndex found = scan.run();
        if (closed) {
          return;
        }
        long tookMs = nowMs.getAsLong() - begunMs;
        index = found;
        scanning = null;
        publish();
        lastScanSeconds = tookMs / 1_000.0;
        failures.addAndGet(scan.failures());
        report(found, scan.failures(), tookMs);
        boolean again = watchFolders(scan.toWatch());
        watch.rest(Math.min(pace.periodMs(), REST_FACTOR * tookMs));
        if (!again && watch.await(scan.rootFailures() > 0 ? pace.missingMs() : pace.periodMs())) {
          watch.rest(pace.quietMs());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Calls a listener with the ids of all films after each scan, and now if there was one. */
  public void onScan(Consumer<Set<String>> listener) {
    synchronized (this) {
      scanned = listener;
    }
    if (scanning == null) {
      publish();
    }
  }

  /** Gives the listener the newest index; one call at a time, so that an older one is not last. */
  private synchronized void publish() {
    scanned.accept(index.ids());
  }

  /** Watches folders; returns whether they have to be read again. */
  private boolean watchFolders(List<Path> folders) {
    FolderWatch.Outcome outcome = watch.watch(folders);
    if (outcome == FolderWatch.Outcome.PARTLY && !partlyWatched && !closed) {
      partlyWatched = true;
      log.info(
          "The system does not report changes of all folders of the library; they are scanned"
              + " every {} s",
          pace.periodMs() / 1_000);
    }
    return outcome == FolderWatch.Outcome.NEW;
  }

  private void report(LibraryIndex found, int failed, long tookMs) {
    if (found.size() != lastFilms) {
      log.info("The library has {} films (scanned in {} ms)", found.size(), tookMs);
      lastFilms = found.size();
    }
    if (failed != lastFailures) {
      if (failed > 0) {
        log.warn("{} files and folders of the library cannot be read", failed);
      }
      lastFailures = failed;
    }
  }

  @Override
  public void close() {
    closed = true;
    watch.close();
    scanner.interrupt();
    queries.shutdownNow();
    details.close();
  }
}
