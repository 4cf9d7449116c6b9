package dev.watchnchill.server.media.hls;

import dev.watchnchill.server.media.FilmStreamer;
import dev.watchnchill.server.media.StreamAnswer;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.probe.FilmStreams;
import dev.watchnchill.server.media.probe.PlayDecision;
import dev.watchnchill.server.media.tool.FilmTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts films to HLS with ffmpeg, from the places where people watch (rule LB12). */
public final class HlsStreamer implements FilmStreamer {
  private static final Logger log = LoggerFactory.getLogger(HlsStreamer.class);

  /** A job that nobody has needed for this time ends. */
  private static final long JOB_REST_MS = 60_000;

  /** A film that nobody has asked for in this time is removed from the disk. */
  private static final long FILM_REST_MS = 10 * 60_000;

  private static final long LOOK_SECONDS = 5;
  private static final int FILMS_MAX = 32;
  private static final int PREPARED_AT_ONCE = 2;
  private static final int WAITING_MAX = 64;
  private static final StreamAnswer BUSY = new StreamAnswer.Busy(2);

  private final FilmTools tools;
  private final Path ffmpeg;
  private final SegmentFiles files;
  private final JobSlots slots;
  private final LongSupplier nowMs;
  private final ThreadPoolExecutor preparing;
  private final ScheduledThreadPoolExecutor looking;

  /** Films by the version of their file, the one asked for longest ago first. */
  private final Map<String, Entry> films = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  /** A film, which may still be prepared. */
  private static final class Entry {
    final Path folder;
    final CompletableFuture<@Nullable ConvertedFilm> film;
    long usedMs;

    Entry(Path folder, CompletableFuture<@Nullable ConvertedFilm> film) {
      this.folder = folder;
      this.film = film;
    }
  }

  /**
   * @param tools with ffmpeg
   * @param folder a folder for segments alone; what is in it is removed
   * @param jobs runs of ffmpeg that encode video at once
   * @param bytesMax bound of the finished segments on the disk
   * @param nowMs a clock, ms
   * @throws IllegalStateException with a message for the operator when the folder cannot be written
   */
  public HlsStreamer(FilmTools tools, Path folder, int jobs, long bytesMax, LongSupplier nowMs) {
    this(tools, files(folder, bytesMax), jobs, nowMs);
  }

  HlsStreamer(FilmTools tools, SegmentFiles files, int jobs, LongSupplier nowMs) {
    this.tools = tools;
    this.ffmpeg = Objects.requireNonNull(tools.ffmpeg(), "ffmpeg");
    this.nowMs = nowMs;
    this.files = files;
    slots = new JobSlots(jobs, nowMs);
    preparing =
        new ThreadPoolExecutor(
            PREPARED_AT_ONCE,
            PREPARED_AT_ONCE,
            LOOK_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            task -> Thread.ofPlatform().daemon().name("film-preparation").unstarted(task));
    preparing.allowCoreThreadTimeOut(true);
    looking =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("film-conversion-end").unstarted(task));
    var _ =
        looking.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private static SegmentFiles files(Path folder, long bytesMax) {
    try {
      return new SegmentFiles(folder, bytesMax);
    } catch (IOException e) {
      throw new IllegalStateException("the folder of segments cannot be written: " + e, e);
    }
  }

  @Override
  public CompletableFuture<StreamAnswer> answer(
      IndexedFilm film, FilmStreams streams, String rest) {
    Entry entry = entry(film, streams);
    return entry == null
        ? CompletableFuture.completedFuture(BUSY)
        : entry.film.thenCompose(converted ->
            converted == null
                ? CompletableFuture.completedFuture(
                    new StreamAnswer.Failed("it has no length, or nothing to show"))
                : converted.answer(rest));
  }

  @Override
  public boolean hasPlaceFor(IndexedFilm film, FilmStreams streams) {
    FilmStreams.Video video = streams.video();
    synchronized (this) {
      if (films.containsKey(film.id() + version(film))) {
        return true;
      }
    }
    return slots.hasPlace(video != null && !PlayDecision.copiesVideo(video));
  }

  /** Returns how many runs of ffmpeg there are now. */
  public int jobs() {
    return slots.running();
  }

  /** Returns the size of the segments on the disk, in bytes. */
  public long bytes() {
    return files.bytes();
  }

  /** Returns how many runs of ffmpeg have failed. */
  public long failures() {
    return slots.failures();
  }

  private synchronized @Nullable Entry entry(IndexedFilm film, FilmStreams streams) {
    String version = version(film);
    Entry entry = films.get(film.id() + version);
    if (entry == null) {
      if (closed) {
        return null;
      }
      Path folder = files.root().resolve(film.id() + "-" + version);
      try {
        entry =
            new Entry(
                folder,
                CompletableFuture.supplyAsync(
                    () -> prepare(film, streams, version, folder), preparing));
      } catch (RejectedExecutionException _) {
        return null;
      }
      films.put(film.id() + version, entry);
      forgetIfUnprepared(film.id(), film.id() + version, entry);
      if (films.size() > FILMS_MAX) {
        remove(films.entrySet().iterator().next());
      }
    }
    entry.usedMs = nowMs.getAsLong();
    return entry;
  }

  /** A film whose preparation fails, for example because its disk is gone, is tried again. */
  private void forgetIfUnprepared(String id, String key, Entry entry) {
    var _ =
        entry.film.whenCompleteAsync(
            (_, failure) -> {
              if (failure != null) {
                log.warn("Film {} cannot be converted: {}", id, failure.toString());
                synchronized (this) {
                  films.remove(key, entry);
                }
              }
            },
            looking);
  }

  private static String version(IndexedFilm film) {
    return "%08x".formatted(Objects.hash(film.size(), film.modified()));
  }

  private @Nullable ConvertedFilm prepare(
      IndexedFilm film, FilmStreams streams, String version, Path folder) {
    double duration = streams.duration();
    if (!(duration > 0) || (streams.video() == null && streams.audio().isEmpty())) {
      return null;
    }
    try {
      Path input = input(film, folder);
      Keyframes.Found copied = keyframes(input, streams);
      double origin = copied == null ? 0 : copied.origin();
      List<RenditionSource> sources = new ArrayList<>();
      FilmStreams.Video video = streams.video();
      if (copied != null && video != null) {
        sources.add(new RenditionSource.CopiedVideo(video.index(), copied.times()));
      } else if (video != null) {
        sources.add(RenditionSource.EncodedVideo.of(video.index(), rate(video), duration));
      }
      for (int k = 0; k < streams.audio().size(); k++) {
        sources.add(RenditionSource.Sound.of(k, streams.audio().get(k).index(), duration - origin));
      }
      Rendition.Commands commands =
          (source, segment) ->
              () -> {
                if (!isUnchanged(film)) {
                  throw new IOException("the file has changed, or is gone");
                }
                return tools.conversionCommand(ffmpeg, source.arguments(input, origin, segment));
              };
      List<Rendition> renditions =
          sources.stream()
              .map(source ->
                  new Rendition(
                      source,
                      source instanceof RenditionSource.CopiedVideo ? origin : 0,
                      folder.resolve(source.name()),
                      commands,
                      files,
                      slots,
                      nowMs))
              .toList();
      return new ConvertedFilm(version, renditions, streams, (long) (film.size() * 8 / duration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the server ends", e);
    }
  }

  /** A link in a folder of ours, so that no name of a file is ever an argument of a program. */
  private static Path input(IndexedFilm film, Path folder) throws IOException {
    Path path = film.path().toAbsolutePath();
    if (!isUnchanged(film)) {
      throw new IOException("the file has changed, or is gone");
    }
    Files.createDirectories(folder);
    Path link = folder.resolve("input");
    Files.deleteIfExists(link);
    return Files.createSymbolicLink(link, path);
  }

  /** Returns whether a file is the version that the index has; may wait for the disk. */
  private static boolean isUnchanged(IndexedFilm film) {
    try {
      BasicFileAttributes now =
          Files.readAttributes(film.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return now.isRegularFile()
          && now.size() == film.size()
          && now.lastModifiedTime().to(TimeUnit.NANOSECONDS) == film.modified();
    } catch (IOException _) {
      return false;
    }
  }

  private Keyframes.@Nullable Found keyframes(Path input, FilmStreams streams)
      throws IOException, InterruptedException {
    FilmStreams.Video video = streams.video();
    Path ffprobe = tools.ffprobe();
    return video == null || ffprobe == null || !PlayDecision.copiesVideo(video)
        ? null
        : Keyframes.find(tools, ffprobe, input, video.index(), streams.duration());
  }

  private static FrameRate rate(FilmStreams.Video video) {
    return video.rate() <= 0
        ? FrameRate.USUAL
        : new FrameRate(video.rate(), video.rateScale()).sent();
  }

  private void look() {
    try {
      slots.stopResting(JOB_REST_MS);
      List<Map.Entry<String, Entry>> old;
      synchronized (this) {
        long until = nowMs.getAsLong() - FILM_REST_MS;
        old = films.entrySet().stream().filter(each -> each.getValue().usedMs < until).toList();
        old.forEach(this::remove);
      }
    } catch (RuntimeException e) {
      log.error("resting conversions cannot be ended", e);
    }
  }

  private synchronized void remove(Map.Entry<String, Entry> entry) {
    films.remove(entry.getKey());
    Entry removed = entry.getValue();
    var _ =
        removed.film.whenCompleteAsync(
            (film, _) -> {
              if (film != null) {
                film.close();
              }
              files.removeAll(removed.folder);
            },
            looking);
  }

  @Override
  public void close() {
    List<Entry> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(films.values());
      films.clear();
    }
    for (Entry each : all) {
      ConvertedFilm film =
          each.film.isDone() && !each.film.isCompletedExceptionally()
              ? each.film.getNow(null)
              : null;
      if (film != null) {
        film.close();
      }
      files.removeAll(each.folder);
    }
    preparing.shutdownNow();
    looking.shutdownNow();
  }
}
