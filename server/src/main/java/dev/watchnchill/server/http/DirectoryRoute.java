package dev.watchnchill.server.http;

import dev.watchnchill.socketio.http.HttpResponses;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers {@code /api/rooms}, the directory of listed rooms (rule EN12). */
public final class DirectoryRoute {
  /** The source of the pages. */
  @FunctionalInterface
  public interface Source {
    /**
     * Returns a page as JSON; may complete later, on any thread.
     *
     * @param after the room id that the page begins after, or null for the first page
     * @param limit most rooms of the page
     */
    CompletableFuture<byte[]> page(@Nullable String after, int limit);
  }

  /** The route of a server without a directory. */
  public static final DirectoryRoute OFF = new DirectoryRoute(null);

  static final String PATH = "/api/rooms";

  private static final int LIMIT_DEFAULT = 20;
  private static final int QUERY_LENGTH_MAX = 256;
  private static final Pattern ROOM_ID = Pattern.compile("[A-Z0-9]{6}");
  private static final Pattern LIMIT = Pattern.compile("[1-9]|[1-4][0-9]|50");
  // As long as the server itself keeps a list.
  private static final String CACHE_POLICY = "public, max-age=2";

  private final @Nullable Source source;

  /** Creates the route of a directory. */
  public static DirectoryRoute of(Source source) {
    return new DirectoryRoute(source);
  }

  private DirectoryRoute(@Nullable Source source) {
    this.source = source;
  }

  /** Returns the page that a request asks for, or what is wrong with its query. */
  CompletableFuture<FullHttpResponse> answer(String uri) {
    Source pages = source;
    if (pages == null) {
      return CompletableFuture.completedFuture(HttpResponses.empty(HttpResponseStatus.NO_CONTENT));
    }
    String after;
    int limit;
    try {
      Map<String, List<String>> query = query(uri);
      after = one(query, "after", ROOM_ID, "after must be a room id");
      String number = one(query, "limit", LIMIT, "limit must be a whole number from 1 to 50");
      limit = number == null ? LIMIT_DEFAULT : Integer.parseInt(number);
    } catch (BadQueryException e) {
      return CompletableFuture.completedFuture(
          HttpResponses.text(HttpResponseStatus.BAD_REQUEST, e.reason));
    }
    return pages.page(after, limit).thenApply(DirectoryRoute::page);
  }

  private static FullHttpResponse page(byte[] json) {
    FullHttpResponse response =
        HttpResponses.of(HttpResponseStatus.OK, "application/json", Unpooled.wrappedBuffer(json));
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, CACHE_POLICY);
    return response;
  }

  private static Map<String, List<String>> query(String uri) throws BadQueryException {
    String query = uri.substring(HttpRoutes.pathOf(uri).length());
    require(
        query.length() <= QUERY_LENGTH_MAX,
        "the query is longer than " + QUERY_LENGTH_MAX + " characters");
    try {
      return new QueryStringDecoder(query, StandardCharsets.UTF_8, true, QUERY_LENGTH_MAX)
          .parameters();
    } catch (IllegalArgumentException e) {
      throw new BadQueryException("the query is malformed");
    }
  }

  /** Returns the value of a parameter, or null when it is absent. */
  private static @Nullable String one(
      Map<String, List<String>> query, String name, Pattern form, String expected)
      throws BadQueryException {
    List<String> values = query.get(name);
    if (values == null) {
      return null;
    }
    require(values.size() == 1, name + " is given more than once");
    require(form.matcher(values.getFirst()).matches(), expected);
    return values.getFirst();
  }

  private static void require(boolean holds, String reason) throws BadQueryException {
    if (!holds) {
      throw new BadQueryException(reason);
    }
  }

  /** A query that cannot be answered; the reason never quotes it. */
  private static final class BadQueryException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    BadQueryException(String reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
