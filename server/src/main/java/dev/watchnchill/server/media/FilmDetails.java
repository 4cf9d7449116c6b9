package dev.watchnchill.server.media;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.media.FilmLinks.Pass;
import dev.watchnchill.server.media.FilmLinks.Purpose;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.probe.Examination;
import dev.watchnchill.server.media.probe.FilmExaminer;
import dev.watchnchill.server.media.probe.FilmPosters;
import dev.watchnchill.server.media.probe.FilmStreams;
import dev.watchnchill.server.media.probe.PlayDecision;
import dev.watchnchill.server.media.probe.PlayDecision.Play;
import dev.watchnchill.server.media.probe.PlayDecision.Reason;
import dev.watchnchill.server.media.probe.SubtitleTracks;
import dev.watchnchill.server.media.tool.FilmTools;
import dev.watchnchill.server.media.tool.ToolInputs;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.wire.FilmInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes films beyond their names and links to them (rules LB10, LB11): their tracks, and how
 * this server sends them.
 */
public final class FilmDetails implements AutoCloseable {
  /** The longest wait for films that are being examined: less than a reply may take. */
  private static final long PATIENCE_MS = 1_500;

  /** Within this time the links to a poster are the same, so that browsers keep the picture. */
  private static final long POSTER_PERIOD_MS = 6 * 3_600_000L;

  private static final int WAITING_MAX = 64;
  private static final long IDLE_SECONDS = 10;

  private final FilmExaminer examiner;
  private final FilmPosters posters;
  private final SubtitleTracks subtitles;
  private final FilmStreamer streamer;
  private final FilmLinks links;
  private final LinkRenewals renewals;
  private final String url;
  private final LongSupplier nowMs;

  /** Looks for files beside films, which may wait for a disk. */
  private final ThreadPoolExecutor disk;

  /**
   * @param cache for what is made of films
   * @param streamer converts films
   * @param url what stands before the token in a link
   * @param nowMs a clock
   */
  public FilmDetails(
      FilmTools tools,
      MediaCache cache,
      FilmStreamer streamer,
      FilmLinks links,
      String url,
      LongSupplier nowMs) {
    var inputs = new ToolInputs(cache.folder("work"));
    examiner = new FilmExaminer(tools, inputs, cache.folder("probe"), nowMs);
    posters = new FilmPosters(tools, inputs, cache.folder("posters"));
    subtitles = new SubtitleTracks(tools, inputs, cache.folder("subtitles"));
    this.streamer = streamer;
    this.links = links;
    this.renewals = new LinkRenewals(links);
    this.url = url;
    this.nowMs = nowMs;
    disk =
        new ThreadPoolExecutor(
            2,
            2,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            task -> Thread.ofPlatform().daemon().name("film-details").unstarted(task));
    disk.allowCoreThreadTimeOut(true);
  }

  /** Describes films for a member, those that are known within {@link #PATIENCE_MS}. */
  CompletableFuture<FilmLibrary.Infos> describe(RoomId room, UserId user, List<IndexedFilm> films) {
    List<CompletableFuture<Examination>> examined = films.stream().map(examiner::examine).toList();
    return CompletableFuture.allOf(examined.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, PATIENCE_MS, TimeUnit.MILLISECONDS)
        .thenCompose(_ ->
            onDisk(
                () -> describeExamined(room, user, films, examined),
                () ->
                    new FilmLibrary.Infos(
                        List.of(), films.stream().map(IndexedFilm::id).toList())));
  }

  private FilmLibrary.Infos describeExamined(
      RoomId room,
      UserId user,
      List<IndexedFilm> films,
      List<CompletableFuture<Examination>> examined) {
    var found = new ArrayList<FilmInfo>();
    var pending = new ArrayList<String>();
    for (int i = 0; i < films.size(); i++) {
      IndexedFilm film = films.get(i);
      Examination result = examined.get(i).getNow(new Examination.Unknown());
      if (result instanceof Examination.Unknown) {
        pending.add(film.id());
      } else {
        found.add(info(room, user, film, result));
      }
    }
    return new FilmLibrary.Infos(found, pending);
  }

  private FilmInfo info(RoomId room, UserId user, IndexedFilm film, Examination result) {
    FilmStreams streams = streams(result);
    FilmStreams.Video video = streams == null ? null : streams.video();
    PlayDecision decision = decision(film, result);
    Reason reason = decision.reason();
    return new FilmInfo(
        film.id(),
        streams == null ? 0 : streams.duration(),
        video == null ? 0 : video.width(),
        video == null ? 0 : video.height(),
        decision.play().wireName(),
        reason == null ? null : reason.wireName(),
        video == null || video.codec().isEmpty() ? null : video.codec(),
        streams == null ? List.of() : streams.audio().stream().map(FilmDetails::shown).toList(),
        subtitles.of(film, streams).stream()
            .map(each ->
                new FilmInfo.Subtitles(each.label(), each.language(), each.format(), each.usable()))
            .toList(),
        streams != null && posters.mayHave(film, streams) ? poster(room, user, film) : null);
  }

  private static FilmInfo.Audio shown(FilmStreams.Audio track) {
    return new FilmInfo.Audio(track.label(), track.language(), track.codec(), track.channels());
  }

  private String poster(RoomId room, UserId user, IndexedFilm film) {
    long expiresAtMs = (nowMs.getAsLong() / POSTER_PERIOD_MS + 2) * POSTER_PERIOD_MS;
    return url
        + "poster/"
        + links.token(new Pass(Purpose.POSTER, expiresAtMs, room, user, film.id()));
  }

  private static @Nullable FilmStreams streams(Examination result) {
    return result instanceof Examination.Known(FilmStreams streams) ? streams : null;
  }

  /** Returns how this server sends a film. */
  PlayDecision decision(IndexedFilm film, Examination result) {
    PlayDecision decision =
        switch (result) {
          case Examination.Known(FilmStreams streams) ->
              PlayDecision.of(streams, film.raw().toString());
          case Examination.Unreadable _, Examination.Unknown _ ->
              PlayDecision.no(Reason.UNREADABLE);
          case Examination.NoProgram _ -> PlayDecision.ofName(film.raw().toString());
        };
    return decision.play() == Play.CONVERT && !streamer.converts()
        ? PlayDecision.no(Reason.NO_FFMPEG)
        : decision;
  }

  /** Returns a link to a film for a member; {@code NotExamined} when that takes longer. */
  CompletableFuture<FilmLibrary.LinkAnswer> link(RoomId room, UserId user, IndexedFilm film) {
    return examiner
        .examine(film)
        .completeOnTimeout(new Examination.Unknown(), PATIENCE_MS, TimeUnit.MILLISECONDS)
        .thenCompose(result ->
            result instanceof Examination.Unknown
                ? CompletableFuture.completedFuture(new FilmLibrary.NotExamined())
                : onDisk(() -> link(room, user, film, result), FilmLibrary.NotExamined::new));
  }

  private FilmLibrary.LinkAnswer link(
      RoomId room, UserId user, IndexedFilm film, Examination result) {
    PlayDecision decision = decision(film, result);
    Reason reason = decision.reason();
    if (decision.play() == Play.NO && reason != null) {
      return new FilmLibrary.NotPlayable(reason.wireName(), text(reason));
    }
    boolean converted = decision.play() == Play.CONVERT;
    FilmStreams known = streams(result);
    if (converted && known != null && !streamer.hasPlaceFor(film, known)) {
      return new FilmLibrary.NotExamined();
    }
    LinkRenewals.Valid valid = renewals.token(room, user, film.id(), nowMs.getAsLong());
    String path = url + valid.token();
    List<FilmInfo.Linked> usable =
        subtitles.of(film, known).stream()
            .filter(SubtitleTracks.Track::usable)
            .map(each ->
                new FilmInfo.Linked(
                    each.label(), each.language(), path + "/subtitles/" + each.key()))
            .toList();
    return new FilmLibrary.Link(
        converted ? path + "/index.m3u8" : path, valid.expiresAtMs(), converted, usable);
  }

  private static String text(Reason reason) {
    return switch (reason) {
      case UNREADABLE -> "The server cannot read this film";
      case NO_TRACKS -> "This file has neither picture nor sound";
      case NO_FFMPEG, CONTAINER, VIDEO, AUDIO, TRACKS ->
          "Browsers cannot play this film, and this server cannot convert it";
    };
  }

  private <T> CompletableFuture<T> onDisk(Supplier<T> work, Supplier<T> otherwise) {
    try {
      return CompletableFuture.supplyAsync(work, disk);
    } catch (RejectedExecutionException _) {
      return CompletableFuture.completedFuture(otherwise.get());
    }
  }

  /** Returns what examines films. */
  public FilmExaminer examiner() {
    return examiner;
  }

  /** Returns the posters. */
  public FilmPosters posters() {
    return posters;
  }

  /** Returns the subtitles. */
  public SubtitleTracks subtitles() {
    return subtitles;
  }

  /** Returns what converts films. */
  public FilmStreamer streamer() {
    return streamer;
  }

  /** Returns the links that are being used. */
  public LinkRenewals renewals() {
    return renewals;
  }

  /** Whether a film is converted while it is watched. */
  public boolean isConverted(IndexedFilm film, Examination result) {
    return decision(film, result).play() == Play.CONVERT;
  }

  @Override
  public void close() {
    disk.shutdownNow();
    streamer.close();
    examiner.close();
    posters.close();
    subtitles.close();
  }
}
