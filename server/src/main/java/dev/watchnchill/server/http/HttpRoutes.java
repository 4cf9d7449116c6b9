package dev.watchnchill.server.http;

import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.socketio.http.HttpHandler;
import dev.watchnchill.socketio.http.HttpResponses;
import dev.watchnchill.socketio.http.PeerAddress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers all HTTP requests that are not Socket.IO: health, metrics, the directory, assets and
 * pages (rules TR6, MX1, EN12, TR7, RL1).
 */
public final class HttpRoutes implements HttpHandler {
  /** Where the files of the page are, whose names change with their content. */
  private static final String PAGE_FILES = "/assets/";

  private static final Logger log = LoggerFactory.getLogger(HttpRoutes.class);

  private final AssetResponses assets;
  private final BasePath basePath;
  private final ClientAddresses addresses;
  private final @Nullable RequestLimit limit;
  private final @Nullable RequestLimit pageFiles;
  private final BooleanSupplier ready;
  private final MetricsRoute metrics;
  private final DirectoryRoute directory;
  private final @Nullable FilmRoute films;

  /**
   * @param origins distinguishes pages over TLS from others
   * @param limit of requests, or null for none (development)
   * @param pageFiles limit of requests for files of the page: each load of it takes dozens
   * @param ready whether rooms can be read and written
   * @param films of the media library, or null for none
   */
  public HttpRoutes(
      Assets assets,
      OwnOrigins origins,
      ClientAddresses addresses,
      @Nullable RequestLimit limit,
      @Nullable RequestLimit pageFiles,
      BooleanSupplier ready,
      MetricsRoute metrics,
      DirectoryRoute directory,
      @Nullable FilmRoute films) {
    this.assets = new AssetResponses(assets, origins);
    this.basePath = assets.basePath();
    this.addresses = addresses;
    this.limit = limit;
    this.pageFiles = pageFiles;
    this.ready = ready;
    this.metrics = metrics;
    this.directory = directory;
    this.films = films;
  }

  /** No route reads a body. */
  @Override
  public int bodyBytesMax(HttpRequest head) {
    return 0;
  }

  @Override
  public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
    var _ =
        answer(ctx, request)
            .whenComplete((response, failure) -> {
              FullHttpResponse answer = response;
              if (failure != null) {
                log.error("A page failed: {} {}", request.method(), request.uri(), failure);
                answer =
                    HttpResponses.text(
                        HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal server error");
              }
              request.release();
              if (answer != null) {
                SecurityHeaders.every(answer.headers());
                HttpResponses.send(ctx, answer);
              }
            });
  }

  /** Returns the response, or null when it is sent later. */
  private CompletableFuture<@Nullable FullHttpResponse> answer(
      ChannelHandlerContext ctx, FullHttpRequest request) {
    try {
      String path = basePath.strip(pathOf(request.uri()));
      boolean reading =
          request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
      if (path.equals("/health")) {
        return CompletableFuture.completedFuture(
            reading ? health(HttpResponseStatus.OK, "heart beating") : notAllowed());
      }
      if (path.equals("/health/ready")) {
        return CompletableFuture.completedFuture(
            ready.getAsBoolean()
                ? health(HttpResponseStatus.OK, "ready")
                : health(HttpResponseStatus.SERVICE_UNAVAILABLE, "the store cannot be reached"));
      }
      InetSocketAddress peer = PeerAddress.of(ctx.channel());
      // A client that may not read it is counted and answered below, as for any unknown path.
      if (reading && path.equals("/metrics") && metrics.allows(peer, request)) {
        metrics.answer(ctx, request);
        return CompletableFuture.completedFuture(null);
      }
      RequestLimit chosen = limitOf(path);
      if (chosen == null) {
        return limited(null, ctx, path, reading, request, peer);
      }
      // The asset is read on the request's event loop, at once when the limit has answered already.
      Executor loop =
          task -> {
            if (ctx.executor().inEventLoop()) {
              task.run();
            } else {
              ctx.executor().execute(task);
            }
          };
      return chosen
          .request(ClientKey.of(addresses.of(peer, request.headers())))
          .toCompletableFuture()
          .thenComposeAsync(verdict -> limited(verdict, ctx, path, reading, request, peer), loop);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private @Nullable RequestLimit limitOf(String path) {
    if (path.startsWith(PAGE_FILES)) {
      return pageFiles;
    }
    FilmRoute route = films;
    return route != null && path.startsWith(FilmRoute.PATH) ? route.limit() : limit;
  }

  /**
   * Returns the response, or null when it is sent later.
   *
   * @param verdict of the limit of requests, or null for none
   */
  private CompletableFuture<@Nullable FullHttpResponse> limited(
      RequestLimit.@Nullable Verdict verdict,
      ChannelHandlerContext ctx,
      String path,
      boolean reading,
      FullHttpRequest request,
      InetSocketAddress peer) {
    FilmRoute route = films;
    if (verdict != null && !verdict.allowed()) {
      FullHttpResponse response = tooMany(verdict);
      count(response.headers(), verdict);
      return CompletableFuture.completedFuture(response);
    }
    if (reading && route != null && path.startsWith(FilmRoute.PATH)) {
      route.answer(ctx, request, path, headers -> count(headers, verdict));
      return CompletableFuture.completedFuture(null);
    }
    return page(path, reading, request, peer)
        .thenApply(response -> {
          count(response.headers(), verdict);
          return response;
        });
  }

  private static void count(HttpHeaders headers, RequestLimit.@Nullable Verdict verdict) {
    if (verdict != null) {
      headers.set("X-RateLimit-Limit", Integer.toString(verdict.limit()));
      headers.set("X-RateLimit-Remaining", Integer.toString(verdict.remaining()));
    }
  }

  private static FullHttpResponse tooMany(RequestLimit.Verdict verdict) {
    FullHttpResponse response =
        HttpResponses.text(HttpResponseStatus.TOO_MANY_REQUESTS, "Too Many Requests");
    response.headers().set(HttpHeaderNames.RETRY_AFTER, Long.toString(verdict.retryAfterSeconds()));
    return response;
  }

  private CompletableFuture<FullHttpResponse> page(
      String path, boolean reading, FullHttpRequest request, InetSocketAddress peer) {
    if (!reading) {
      return CompletableFuture.completedFuture(notAllowed());
    }
    return path.equals(DirectoryRoute.PATH)
        ? directory.answer(request.uri())
        : CompletableFuture.completedFuture(assets.respond(path, request, peer));
  }

  private static FullHttpResponse health(HttpResponseStatus status, String body) {
    FullHttpResponse response = HttpResponses.text(status, body);
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    return response;
  }

  private static FullHttpResponse notAllowed() {
    FullHttpResponse response =
        HttpResponses.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "method not allowed");
    response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    return response;
  }

  static String pathOf(String uri) {
    int end = uri.length();
    for (int i = 0; i < uri.length(); i++) {
      if (uri.charAt(i) == '?' || uri.charAt(i) == '#') {
        end = i;
        break;
      }
    }
    return uri.substring(0, end);
  }
}
