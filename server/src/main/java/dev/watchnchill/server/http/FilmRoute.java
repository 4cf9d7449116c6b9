package dev.watchnchill.server.http;

import dev.watchnchill.socketio.http.HttpResponses;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for films of the media library and what belongs to them, below {@code /media/}
 * (rules LB8, LB9, LB11 to LB14).
 */
public final class FilmRoute {
  static final String PATH = "/media/";

  private static final int BUSY_SECONDS = 10;

  private static final Logger log = LoggerFactory.getLogger(FilmRoute.class);

  /** The form of a date in a header (RFC 9110, section 5.6.7). */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Opens films. */
  @FunctionalInterface
  public interface Source {
    /**
     * Opens what a link leads to; never waits. The answer may come on any thread.
     *
     * @param path behind {@link #PATH}, as it was sent
     */
    CompletableFuture<Opening> open(String path);
  }

  /** The result of opening a film. */
  public sealed interface Opening permits Film, Body, Later, Rejected {}

  /** A short text in memory, such as a playlist; its bytes are never changed. */
  @SuppressWarnings("ArrayRecordComponent") // handed over to the network, and never compared
  public record Body(String contentType, byte[] content) implements Opening {}

  /** The answer comes later: the client should ask again after so many seconds. */
  public record Later(int seconds) implements Opening {}

  /** The reason why a film is not sent. */
  public enum Rejected implements Opening {
    /** The link was not made here, has expired, or its member is not in the room. */
    VOID,
    /** The file is gone. */
    GONE,
    /** Too many films are open. */
    BUSY,
    /** The film cannot be converted. */
    FAILED;

    FullHttpResponse response() {
      return switch (this) {
        case VOID ->
            HttpResponses.text(HttpResponseStatus.FORBIDDEN, "this link is not valid (any more)");
        case GONE -> HttpResponses.text(HttpResponseStatus.NOT_FOUND, "not found");
        case BUSY -> later("too many films are being sent", BUSY_SECONDS);
        case FAILED ->
            HttpResponses.text(
                HttpResponseStatus.INTERNAL_SERVER_ERROR, "this film cannot be converted");
      };
    }
  }

  /** A film whose file is open. */
  public non-sealed interface Film extends Opening {
    /** Returns the open file. */
    FileChannel channel();

    /** Returns its size when it was opened, in bytes. */
    long size();

    /** Returns when it was changed last. */
    Instant modified();

    /** Returns its strong tag, in quotes. */
    String etag();

    /** Returns its content type. */
    String contentType();

    /** Returns the policy of caches, or null for none. */
    @Nullable String cacheControl();

    /** Counts bytes that were sent. */
    void sent(long bytes);

    /** Returns whether the file is the same, and the link's member is in the room; never waits. */
    CompletableFuture<Boolean> stillValid();

    /** Closes the file; again without effect. */
    void close();
  }

  /** The headers of a request that decide which bytes it gets. */
  private record Wanted(
      boolean head,
      @Nullable String range,
      @Nullable String ifRange,
      @Nullable String ifNoneMatch,
      @Nullable String ifModifiedSince) {
    static Wanted of(HttpRequest request) {
      HttpHeaders headers = request.headers();
      return new Wanted(
          request.method().equals(HttpMethod.HEAD),
          RequestHeaders.bounded(headers, HttpHeaderNames.RANGE),
          RequestHeaders.bounded(headers, HttpHeaderNames.IF_RANGE),
          RequestHeaders.bounded(headers, HttpHeaderNames.IF_NONE_MATCH),
          RequestHeaders.bounded(headers, HttpHeaderNames.IF_MODIFIED_SINCE));
    }

    boolean hasAlready(Film film) {
      return ifNoneMatch != null
          ? EntityTags.match(ifNoneMatch, film.etag())
          : ifModifiedSince != null && !laterThan(film, ifModifiedSince);
    }

    /** Returns whether a film has changed since a date; true for what is no date. */
    private static boolean laterThan(Film film, String date) {
      try {
        long since = DATE.parse(date, Instant::from).getEpochSecond();
        return film.modified().getEpochSecond() > since;
      } catch (DateTimeParseException _) {
        return true;
      }
    }

    /** Returns the range that is wanted; of another version of the film all is (RFC 9110). */
    @Nullable String rangeOf(Film film) {
      // A date is a weak mark: a film may change twice in one second.
      return head || (ifRange != null && !ifRange.equals(film.etag())) ? null : range;
    }
  }

  private static FullHttpResponse later(String text, int seconds) {
    FullHttpResponse response = HttpResponses.text(HttpResponseStatus.SERVICE_UNAVAILABLE, text);
    response.headers().set(HttpHeaderNames.RETRY_AFTER, Integer.toString(seconds));
    return response;
  }

  private final Source source;
  private final @Nullable RequestLimit limit;

  /**
   * Creates the route of a library.
   *
   * @param limit of requests for films, or null for none (development)
   */
  public FilmRoute(Source source, @Nullable RequestLimit limit) {
    this.source = source;
    this.limit = limit;
  }

  /** Returns the limit of requests for films: a film takes many, and a page of posters too. */
  @Nullable RequestLimit limit() {
    return limit;
  }

  /**
   * Answers later; the request may be released at once.
   *
   * @param path begins with {@link #PATH}
   * @param more adds the headers of every response
   */
  void answer(
      ChannelHandlerContext ctx, HttpRequest request, String path, Consumer<HttpHeaders> more) {
    Wanted wanted = Wanted.of(request);
    var _ =
        source
            .open(path.substring(PATH.length()))
            .whenComplete((opening, failure) -> {
              if (failure != null) {
                log.error("A film could not be opened", failure);
              }
              ctx.executor().execute(() -> begin(ctx, wanted, opening, more));
            });
  }

  private static void begin(
      ChannelHandlerContext ctx,
      Wanted wanted,
      @Nullable Opening opening,
      Consumer<HttpHeaders> more) {
    switch (opening) {
      case Film film -> {
        if (ctx.channel().isActive()) {
          begin(ctx, wanted, film, more);
        } else {
          film.close();
        }
      }
      case Body(String contentType, byte[] content) ->
          sendWhole(ctx, response(contentType, content, wanted.head()), more);
      case Later(int seconds) -> sendWhole(ctx, later("not ready yet", seconds), more);
      case Rejected no -> sendWhole(ctx, no.response(), more);
      case null ->
          sendWhole(
              ctx,
              HttpResponses.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal server error"),
              more);
    }
  }

  private static FullHttpResponse response(String contentType, byte[] content, boolean head) {
    FullHttpResponse response =
        HttpResponses.of(
            HttpResponseStatus.OK,
            contentType,
            head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(content));
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
    SecurityHeaders.film(response.headers());
    return response;
  }

  private static void begin(
      ChannelHandlerContext ctx, Wanted wanted, Film film, Consumer<HttpHeaders> more) {
    long size = film.size();
    if (wanted.hasAlready(film)) {
      FullHttpResponse unchanged = HttpResponses.empty(HttpResponseStatus.NOT_MODIFIED);
      unchanged.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
      sendWithout(ctx, unchanged, film, more);
      return;
    }
    switch (ByteRange.of(wanted.rangeOf(film), size)) {
      case ByteRange.Outcome.Unsatisfiable _ -> {
        FullHttpResponse none =
            HttpResponses.empty(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
        none.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + size);
        sendWithout(ctx, none, film, more);
      }
      case ByteRange.Outcome.Whole _ when wanted.head() || size == 0 -> {
        FullHttpResponse head = HttpResponses.empty(HttpResponseStatus.OK);
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(size));
        sendWithout(ctx, head, film, more);
      }
      case ByteRange.Outcome.Whole _ ->
          send(ctx, HttpResponseStatus.OK, film, new ByteRange(0, size - 1), more);
      case ByteRange.Outcome.Part(ByteRange part) ->
          send(ctx, HttpResponseStatus.PARTIAL_CONTENT, film, part, more);
    }
  }

  private static void send(
      ChannelHandlerContext ctx,
      HttpResponseStatus status,
      Film film,
      ByteRange part,
      Consumer<HttpHeaders> more) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
    head.headers().set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(part.length()));
    if (status.equals(HttpResponseStatus.PARTIAL_CONTENT)) {
      head.headers()
          .set(
              HttpHeaderNames.CONTENT_RANGE,
              "bytes " + part.start() + "-" + part.end() + "/" + film.size());
    }
    describe(head.headers(), film, more);
    new FilmTransfer(ctx, film, part).begin(head);
  }

  private static void sendWithout(
      ChannelHandlerContext ctx, FullHttpResponse response, Film film, Consumer<HttpHeaders> more) {
    film.close();
    describe(response.headers(), film, more);
    HttpResponses.send(ctx, response);
  }

  private static void sendWhole(
      ChannelHandlerContext ctx, FullHttpResponse response, Consumer<HttpHeaders> more) {
    more.accept(response.headers());
    SecurityHeaders.every(response.headers());
    HttpResponses.send(ctx, response);
  }

  private static void describe(HttpHeaders headers, Film film, Consumer<HttpHeaders> more) {
    headers.set(HttpHeaderNames.CONTENT_TYPE, film.contentType());
    headers.set(HttpHeaderNames.ACCEPT_RANGES, "bytes");
    headers.set(HttpHeaderNames.ETAG, film.etag());
    headers.set(HttpHeaderNames.LAST_MODIFIED, DATE.format(film.modified()));
    String policy = film.cacheControl();
    if (policy != null) {
      headers.set(HttpHeaderNames.CACHE_CONTROL, policy);
    }
    more.accept(headers);
    SecurityHeaders.film(headers);
    SecurityHeaders.every(headers);
  }
}
