package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.HttpHandler;
import dev.watchnchill.socketio.HttpResponses;
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
 * The last handler of an HTTP connection: judges each request's head, collects its body within the
 * limit, and hands it to the engine or, outside of its path, to the {@link HttpHandler}.
 */
final class FrontDoor extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);
  private static final int BODY_INITIAL_BYTES = 1024;

  private final EngineServer server;
  private final HttpTurns turns;
  private Lane lane;
  private @Nullable Intake intake;
  private @Nullable ByteBuf body;
  private int bodyBytesMax;

  /** Bytes of the body that are counted in {@link MemoryGuard}. */
  private int counted;

  private @Nullable PendingAdmission admission;
  private @Nullable EngineSession polled;
  private final long acceptedNanos;
  private @Nullable ChannelHandlerContext context;
  private boolean used;

  FrontDoor(EngineServer server, HttpTurns turns, Lane lane, long acceptedNanos) {
    this.acceptedNanos = acceptedNanos;
    this.server = server;
    this.turns = turns;
    this.lane = lane;
  }

  Lane lane() {
    return lane;
  }

  HttpTurns turns() {
    return turns;
  }

  /** The connection has moved to another event loop. */
  void moveTo(Lane target) {
    lane = target;
    turns.moveTo(target);
  }

  /**
   * When the request in hand was sent, as far as can be known; see {@link HttpExchange#sentNanos}.
   */
  long sentNanos(long nowNanos) {
    long sent = used ? nowNanos : acceptedNanos;
    used = true;
    return sent;
  }

  /** The request in hand may become this session's pending poll. */
  void polls(EngineSession session) {
    polled = session;
  }

  /** The request in hand waits for the gate. */
  void waitsFor(PendingAdmission pending) {
    admission = pending;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    try {
      if (msg instanceof HttpRequest request) {
        onHead(ctx, request);
      }
      if (msg instanceof HttpContent content && intake != null) {
        onContent(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  private void onHead(ChannelHandlerContext ctx, HttpRequest request) {
    polled = null;
    admission = null;
    context = ctx;
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
    Intake accepted = engine ? server.judge(ctx, this, request) : outside(ctx, request, wantedMax);
    bodyBytesMax = accepted.bodyBytesMax();
    if (!bringsBody(request)) {
      intake = accepted;
    } else if (bodyBytesMax == 0) {
      accepted.complete(Unpooled.EMPTY_BUFFER);
    } else {
      intake = accepted;
      lane.bodies.add(this, lane.nowNanos());
      if (HttpUtil.is100ContinueExpected(request)) {
        Net.writeAndFlush(
            ctx,
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      }
    }
  }

  /** Whether the head announces a body. */
  static boolean bringsBody(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || HttpUtil.getContentLength(request, 0L) > 0;
  }

  /** The time for the body in hand is over. */
  void bodyTimedOut() {
    ChannelHandlerContext ctx = context;
    if (intake != null && ctx != null) {
      log.debug("request body has not come in time");
      abort();
      HttpResponses.send(ctx, closing(HttpResponseStatus.REQUEST_TIMEOUT, "Request Timeout"));
    }
  }

  private Intake outside(ChannelHandlerContext ctx, HttpRequest request, int wantedMax) {
    return new Intake() {
      @Override
      public int bodyBytesMax() {
        return wantedMax;
      }

      @Override
      public void complete(ByteBuf whole) {
        handOver(ctx, request, whole);
      }
    };
  }

  private void handOver(ChannelHandlerContext ctx, HttpRequest request, ByteBuf whole) {
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
        counted += part.readableBytes();
        server.memory().add(part.readableBytes());
        lane.strangers.add(this);
      }
      collected.writeBytes(part);
    }
    if (content instanceof LastHttpContent) {
      Intake complete = intake;
      intake = null;
      body = null;
      uncount();
      lane.bodies.remove(this);
      if (complete != null) {
        complete.complete(collected == null ? Unpooled.EMPTY_BUFFER : collected);
      }
    }
  }

  private void abort() {
    Intake aborted = intake;
    ByteBuf collected = body;
    intake = null;
    body = null;
    uncount();
    lane.bodies.remove(this);
    if (collected != null) {
      collected.release();
    }
    if (aborted != null) {
      aborted.abort();
    }
  }

  private void uncount() {
    if (counted > 0) {
      lane.strangers.remove(this);
      server.memory().add(-counted);
      counted = 0;
    }
  }

  /** Gives a half-received body up while memory is short; false when its session is kept. */
  boolean giveUpBody() {
    Intake waiting = intake;
    ChannelHandlerContext ctx = turns.context();
    if (waiting == null || waiting.isKept()) {
      return false;
    }
    abort();
    Net.close(ctx);
    return true;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    abort();
    PendingAdmission pending = admission;
    if (pending != null) {
      pending.cancel();
    }
    EngineSession session = polled;
    if (session != null) {
      session.lane().post(() -> session.pollCancelled(ctx));
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    abort();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("HTTP connection failed", cause);
    Net.close(ctx);
  }

  private static FullHttpResponse tooLarge() {
    return closing(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "request body too large");
  }

  /** A response after which the connection ends. */
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
