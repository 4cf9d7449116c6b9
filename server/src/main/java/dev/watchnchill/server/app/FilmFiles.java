package dev.watchnchill.server.app;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.http.FilmRoute;
import dev.watchnchill.server.http.FilmRoute.Opening;
import dev.watchnchill.server.http.FilmRoute.Rejected;
import dev.watchnchill.server.media.FilmDetails;
import dev.watchnchill.server.media.FilmLinks;
import dev.watchnchill.server.media.FilmLinks.Purpose;
import dev.watchnchill.server.media.FilmOpener;
import dev.watchnchill.server.media.LocalLibrary;
import dev.watchnchill.server.media.OpenFile;
import dev.watchnchill.server.media.OpenPart;
import dev.watchnchill.server.media.StreamAnswer;
import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.probe.Examination;
import dev.watchnchill.server.media.probe.FilmPosters;
import dev.watchnchill.server.media.probe.FilmStreams;
import dev.watchnchill.server.media.probe.SubtitleTracks;
import dev.watchnchill.server.runtime.port.FilmLibrary.Membership;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what links to films lead to, for the HTTP server: checks the token, the member and the
 * file.
 */
final class FilmFiles implements FilmRoute.Source, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FilmFiles.class);

  private static final String POSTER = "poster/";
  private static final String SUBTITLES = "subtitles/";

  /** The form of a path behind a token. */
  private static final Pattern REST = Pattern.compile("[A-Za-z0-9._/-]{1,100}");

  private static final String POSTER_POLICY = "private, max-age=86400";

  /** The longest wait of a request for a thing that is being made of a film. */
  private static final long MAKING_SECONDS = 60;

  private static final int RETRY_SECONDS = 5;

  private final LocalLibrary library;
  private final FilmDetails details;
  private final FilmLinks links;
  private final Members members;
  private final LongSupplier nowMs;
  private final FilmOpener opener = new FilmOpener();
  private final LongAdder bytesSent = new LongAdder();
  private volatile String lastFailure = "";

  /** Says who is a member of a room. */
  @FunctionalInterface
  interface Members {
    /** Returns whether a user is a member of a room; never waits. */
    CompletableFuture<Membership> membership(RoomId room, UserId user);
  }

  FilmFiles(LocalLibrary library, FilmLinks links, Members members, LongSupplier nowMs) {
    this.library = library;
    this.details = library.details();
    this.links = links;
    this.members = members;
    this.nowMs = nowMs;
  }

  @Override
  public CompletableFuture<Opening> open(String path) {
    if (path.startsWith(POSTER)) {
      FilmLinks.Pass pass = links.read(path.substring(POSTER.length()), nowMs.getAsLong());
      return pass == null || pass.purpose() != Purpose.POSTER
          ? rejected(Rejected.VOID)
          : checked(pass, film -> poster(pass, film));
    }
    int slash = path.indexOf('/');
    String rest = slash < 0 ? "" : path.substring(slash + 1);
    return details
        .renewals()
        .readAnywhere(slash < 0 ? path : path.substring(0, slash), Purpose.FILM, nowMs.getAsLong())
        .thenCompose(pass ->
            pass == null
                ? rejected(Rejected.VOID)
                : slash >= 0 && !REST.matcher(rest).matches()
                    ? rejected(Rejected.GONE)
                    : checked(pass, film -> open(pass, film, slash < 0 ? null : rest)));
  }

  /**
   * Opens a film, or something that belongs to it.
   *
   * @param rest of the path behind the token, or null for the film itself
   */
  private CompletableFuture<Opening> open(
      FilmLinks.Pass pass, IndexedFilm film, @Nullable String rest) {
    return rest == null
        ? opener.open(film, holder(pass)).thenApply(opened -> sent(opened, pass, null))
        : rest.startsWith(SUBTITLES)
            ? subtitles(pass, film, rest.substring(SUBTITLES.length()))
            : part(pass, film, rest);
  }

  /** Opens something for a pass whose member is in the room. */
  private CompletableFuture<Opening> checked(
      FilmLinks.Pass pass, Function<IndexedFilm, CompletableFuture<Opening>> opening) {
    return members
        .membership(pass.room(), pass.user())
        .thenCompose(membership ->
            switch (membership) {
              case MEMBER -> {
                IndexedFilm film = library.indexed(pass.mediaId());
                yield film == null ? rejected(Rejected.GONE) : opening.apply(film);
              }
              case STRANGER -> rejected(Rejected.VOID);
              case UNKNOWN -> rejected(Rejected.BUSY);
            });
  }

  private static CompletableFuture<Opening> rejected(Rejected why) {
    return CompletableFuture.completedFuture(why);
  }

  private static String holder(FilmLinks.Pass pass) {
    return pass.room() + "/" + pass.user();
  }

  private Opening sent(FilmOpener.Result result, FilmLinks.Pass pass, @Nullable String policy) {
    return switch (result) {
      case FilmOpener.Opened(OpenFile file, Runnable lease) ->
          new SentFile(
              file,
              lease,
              opener,
              () -> members.membership(pass.room(), pass.user()),
              bytesSent,
              policy);
      case FilmOpener.Gone() -> Rejected.GONE;
      case FilmOpener.Busy() -> Rejected.BUSY;
    };
  }

  private CompletableFuture<Opening> poster(FilmLinks.Pass pass, IndexedFilm film) {
    // A page of posters takes nothing of what the member's player may open.
    String holder = holder(pass) + "/posters";
    return whenRead(
        film,
        streams ->
            made(
                details.posters().prepare(film, streams),
                file ->
                    opener
                        .open(() -> FilmPosters.open(file), holder)
                        .thenApply(opened -> sent(opened, pass, POSTER_POLICY))));
  }

  private CompletableFuture<Opening> subtitles(FilmLinks.Pass pass, IndexedFilm film, String key) {
    SubtitleTracks subtitles = details.subtitles();
    return details
        .examiner()
        .examine(film)
        .thenCompose(result -> {
          FilmStreams streams = result instanceof Examination.Known(FilmStreams read) ? read : null;
          return streams != null && SubtitleTracks.isInside(streams, key)
              ? made(
                  subtitles.prepare(film, streams, key),
                  file ->
                      opener
                          .open(() -> SubtitleTracks.openPrepared(file), holder(pass))
                          .thenApply(opened -> sent(opened, pass, null)))
              : opener
                  .open(() -> subtitles.openBeside(film, key), holder(pass))
                  .thenApply(opened -> sent(opened, pass, null));
        });
  }

  private CompletableFuture<Opening> part(FilmLinks.Pass pass, IndexedFilm film, String rest) {
    return whenRead(
        film,
        streams ->
            details.isConverted(film, new Examination.Known(streams))
                ? details
                    .streamer()
                    .answer(film, streams, rest)
                    .thenCompose(answer -> answered(pass, film, answer))
                    .exceptionallyCompose(failure -> failed(film, failure.toString()))
                : rejected(Rejected.GONE));
  }

  private CompletableFuture<Opening> answered(
      FilmLinks.Pass pass, IndexedFilm film, StreamAnswer answer) {
    return switch (answer) {
      case StreamAnswer.Text(String contentType, byte[] body) ->
          CompletableFuture.completedFuture(new FilmRoute.Body(contentType, body));
      case StreamAnswer.FileBody(var file, String contentType) ->
          opener
              .open(() -> OpenPart.ofCache(file, contentType), holder(pass))
              .thenApply(opened -> sent(opened, pass, null));
      case StreamAnswer.NotFound() -> rejected(Rejected.GONE);
      case StreamAnswer.Busy(int seconds) ->
          CompletableFuture.completedFuture(new FilmRoute.Later(seconds));
      case StreamAnswer.Failed(String why) -> failed(film, why);
    };
  }

  private CompletableFuture<Opening> failed(IndexedFilm film, String why) {
    String failure = film.id() + " cannot be converted: " + why;
    // Players ask for the same part again and again.
    if (!failure.equals(lastFailure)) {
      lastFailure = failure;
      log.warn("Film {}", failure);
    }
    return rejected(Rejected.FAILED);
  }

  /** Continues with the streams of a film, when it can be read. */
  private CompletableFuture<Opening> whenRead(
      IndexedFilm film, Function<FilmStreams, CompletableFuture<Opening>> next) {
    return details
        .examiner()
        .examine(film)
        .thenCompose(result ->
            switch (result) {
              case Examination.Known(FilmStreams streams) -> next.apply(streams);
              case Examination.Unknown() ->
                  CompletableFuture.completedFuture(new FilmRoute.Later(RETRY_SECONDS));
              case Examination.Unreadable(), Examination.NoProgram() -> rejected(Rejected.GONE);
            });
  }

  /** Continues with a thing that is made of a film; the making goes on when it takes too long. */
  private static <T> CompletableFuture<Opening> made(
      CompletableFuture<T> making, Function<T, CompletableFuture<Opening>> next) {
    return making
        .<@Nullable T>thenApply(thing -> thing)
        .completeOnTimeout(null, MAKING_SECONDS, TimeUnit.SECONDS)
        .thenCompose(thing ->
            thing == null
                ? CompletableFuture.<Opening>completedFuture(new FilmRoute.Later(RETRY_SECONDS))
                : next.apply(thing))
        .exceptionally(failure -> {
          Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
          return cause instanceof RejectedExecutionException
              ? new FilmRoute.Later(RETRY_SECONDS)
              : Rejected.GONE;
        });
  }

  /** Returns how many bytes of films were sent. */
  long bytesSent() {
    return bytesSent.sum();
  }

  /** Returns the number of files that are open. */
  int openFiles() {
    return opener.openFiles();
  }

  @Override
  public void close() {
    opener.close();
  }
}
