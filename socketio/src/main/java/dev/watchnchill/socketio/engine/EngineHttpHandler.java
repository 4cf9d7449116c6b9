package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.http.HostHeader;
import dev.watchnchill.socketio.http.HttpHandler;
import dev.watchnchill.socketio.http.HttpResponses;
import dev.watchnchill.socketio.limit.MemoryPressureMonitor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler of an HTTP connection. It checks each request's head, collects its body within
 * the limit, and passes the request to the engine or, outside of the engine's path, to the {@link
 * HttpHandler}.
 */
final class EngineHttpHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(EngineHttpHandler.class);
  private static final int BODY_INITIAL_BYTES = 1024;

  private final EngineServer server;
  private final HttpPipeliningHandler pipelining;
  private EventLoopContext loopContext;
  private @Nullable RequestBodyHandler bodyHandler;
  private @Nullable ByteBuf body;
  private int bodyBytesMax;

  /** Bytes of the body that are counted in the {@link MemoryPressureMonitor}. */
  private int countedBytes;

  private @Nullable PendingHandshake pendingHandshake;
  private @Nullable EngineSession pollingSession;
  private final long acceptedNanos;
  private @Nullable ChannelHandlerContext currentContext;
  private boolean firstRequestSeen;

  EngineHttpHandler(
      EngineServer server,
      HttpPipeliningHandler pipelining,
      EventLoopContext loopContext,
      long acceptedNanos) {
    this.acceptedNanos = acceptedNanos;
    this.server = server;
    this.pipelining = pipelining;
    this.loopContext = loopContext;
  }

  EventLoopContext loopContext() {
    return loopContext;
  }

  HttpPipeliningHandler pipelining() {
    return pipelining;
  }

  /** Moves the handler to another event loop, together with its connection. */
  void moveTo(EventLoopContext target) {
    loopContext = target;
    pipelining.moveTo(target);
  }

  /**
   * Returns the best estimate of the time at which the current request was sent, see {@link
   * HttpExchange#sentNanos}.
   */
  long sentNanos(long nowNanos) {
    long sent = firstRequestSeen ? nowNanos : acceptedNanos;
    firstRequestSeen = true;
    return sent;
  }

  /** Sets the session whose pending poll the current request may become. */
  void setPollingSession(EngineSession session) {
    pollingSession = session;
  }

  /** Sets the handshake that waits for the gate with the current request. */
  void setPendingHandshake(PendingHandshake pending) {
    pendingHandshake = pending;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    try {
      if (msg instanceof HttpRequest request) {
        onHead(ctx, request);
      }
      if (msg instanceof HttpContent content && bodyHandler != null) {
        onContent(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  private void onHead(ChannelHandlerContext ctx, HttpRequest request) {
    pollingSession = null;
    pendingHandshake = null;
    currentContext = ctx;
    if (request.decoderResult().isFailure()) {
      HttpResponses.send(ctx, malformed(request.decoderResult().cause()));
      return;
    }
    if (!HostHeader.isValid(request)) {
      HttpResponses.send(ctx, closing(HttpResponseStatus.BAD_REQUEST, "Bad Request"));
      return;
    }
    boolean engine = server.isEnginePath(request.uri());
    int wantedMax =
        engine
            ? server.config().maxPayloadBytes()
            : Math.clamp(server.httpHandler().bodyBytesMax(request), 0, HttpHandler.BODY_BYTES_MAX);
    if (wantedMax > 0 && HttpUtil.getContentLength(request, 0L) > wantedMax) {
      HttpResponses.send(ctx, tooLarge());
      return;
    }
    RequestBodyHandler accepted =
        engine ? server.route(ctx, this, request) : applicationHandler(ctx, request, wantedMax);
    bodyBytesMax = accepted.bodyBytesMax();
    if (!hasBody(request)) {
      bodyHandler = accepted;
    } else if (bodyBytesMax == 0) {
      accepted.complete(Unpooled.EMPTY_BUFFER);
    } else {
      bodyHandler = accepted;
      loopContext.pendingBodies.add(this, loopContext.nowNanos());
      if (HttpUtil.is100ContinueExpected(request)) {
        ChannelOps.writeAndFlush(
            ctx,
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      }
    }
  }

  /** Returns whether the head announces a body. */
  static boolean hasBody(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || HttpUtil.getContentLength(request, 0L) > 0;
  }

  /** Rejects the current request, because its body has not arrived in time. */
  void bodyTimedOut() {
    ChannelHandlerContext ctx = currentContext;
    if (bodyHandler != null && ctx != null) {
      log.debug("request body has not come in time");
      abort();
      HttpResponses.send(ctx, closing(HttpResponseStatus.REQUEST_TIMEOUT, "Request Timeout"));
    }
  }

  private RequestBodyHandler applicationHandler(
      ChannelHandlerContext ctx, HttpRequest request, int wantedMax) {
    return new RequestBodyHandler() {
      @Override
      public int bodyBytesMax() {
        return wantedMax;
      }

      @Override
      public void complete(ByteBuf whole) {
        passToApplication(ctx, request, whole);
      }
    };
  }

  private void passToApplication(ChannelHandlerContext ctx, HttpRequest request, ByteBuf whole) {
    HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
    var full =
        new DefaultFullHttpRequest(
            request.protocolVersion(),
            request.method(),
            request.uri(),
            whole,
            request.headers(),
            trailers);
    try {
      server.httpHandler().handle(ctx, full);
    } catch (RuntimeException e) {
      log.error("the HTTP handler failed", e);
      HttpResponses.send(
          ctx,
          HttpResponses.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal server error"));
    }
  }

  private void onContent(ChannelHandlerContext ctx, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      abort();
      HttpResponses.send(ctx, malformed(content.decoderResult().cause()));
      return;
    }
    ByteBuf part = content.content();
    ByteBuf collected = body;
    int have = collected == null ? 0 : collected.readableBytes();
    if (part.readableBytes() > bodyBytesMax - have) {
      abort();
      HttpResponses.send(ctx, tooLarge());
      return;
    }
    if (part.isReadable()) {
      if (collected == null) {
        collected = ctx.alloc().buffer(Math.max(BODY_INITIAL_BYTES, part.readableBytes()));
        body = collected;
      }
      if (!(content instanceof LastHttpContent)) {
        countedBytes += part.readableBytes();
        server.memory().add(part.readableBytes());
        loopContext.sheddable.add(this);
      }
      collected.writeBytes(part);
    }
    if (content instanceof LastHttpContent) {
      RequestBodyHandler complete = bodyHandler;
      bodyHandler = null;
      body = null;
      resetCount();
      loopContext.pendingBodies.remove(this);
      if (complete != null) {
        complete.complete(collected == null ? Unpooled.EMPTY_BUFFER : collected);
      }
    }
  }

  private void abort() {
    RequestBodyHandler aborted = bodyHandler;
    ByteBuf collected = body;
    bodyHandler = null;
    body = null;
    resetCount();
    loopContext.pendingBodies.remove(this);
    if (collected != null) {
      collected.release();
    }
    if (aborted != null) {
      aborted.abort();
    }
  }

  private void resetCount() {
    if (countedBytes > 0) {
      loopContext.sheddable.remove(this);
      server.memory().add(-countedBytes);
      countedBytes = 0;
    }
  }

  /**
   * Closes the connection and drops its incomplete body, to free memory; returns false when the
   * session is kept.
   */
  boolean dropBody() {
    RequestBodyHandler waiting = bodyHandler;
    ChannelHandlerContext ctx = pipelining.context();
    if (waiting == null || waiting.isKept()) {
      return false;
    }
    abort();
    ChannelOps.close(ctx);
    return true;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    abort();
    PendingHandshake pending = pendingHandshake;
    if (pending != null) {
      pending.cancel();
    }
    EngineSession session = pollingSession;
    if (session != null) {
      session.loopContext().post(() -> session.pollCancelled(ctx));
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    abort();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("HTTP connection failed", cause);
    ChannelOps.close(ctx);
  }

  private static FullHttpResponse tooLarge() {
    return closing(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "request body too large");
  }

  /** Returns a response after which the connection is closed. */
  private static FullHttpResponse closing(HttpResponseStatus status, String text) {
    FullHttpResponse response = HttpResponses.text(status, text);
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    return response;
  }

  private static FullHttpResponse malformed(Throwable cause) {
    HttpResponseStatus status =
        switch (cause) {
          case TooLongHttpLineException line -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
          case TooLongHttpHeaderException header ->
              HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
          default -> HttpResponseStatus.BAD_REQUEST;
        };
    return closing(status, status.reasonPhrase());
  }
}
