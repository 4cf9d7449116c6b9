package dev.watchnchill.socketio.engine;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serializes the requests of one HTTP connection: a request is passed on when the response to the
 * previous one has been written and the client reads what it is sent. Also sets {@code Connection}
 * and {@code Content-Length}, closes connections that are not kept alive, and closes idle
 * connections.
 *
 * <p>Of pipelined requests one is passed on in each pass of the event loop. A client that sends
 * hundreds at once would otherwise delay all other connections of that loop until the last one is
 * answered.
 */
final class HttpPipeliningHandler extends ChannelDuplexHandler {
  /** Most request parts that wait for their turn. Browsers do not pipeline. */
  private static final int WAITING_MAX = 128;

  /** Input that is discarded before the last response is sent, until reading stops. */
  private static final int DRAINED_BYTES_MAX = 256 * 1024;

  /** Cost of decoding a part of a body beside its bytes: a chunk may hold a single byte. */
  private static final int PART_COST_BYTES = 64;

  private static final Logger log = LoggerFactory.getLogger(HttpPipeliningHandler.class);

  private EventLoopContext loopContext;
  private final ChannelHandlerContext[] contextHolder = new ChannelHandlerContext[1];
  private @Nullable ArrayDeque<Object> waiting;
  private HttpVersion requestVersion = HttpVersion.HTTP_1_1;
  private boolean receivingRequest;
  private boolean awaitingResponse;
  private boolean passedOnInThisPass;
  private boolean processingScheduled;
  private boolean keepAlive = true;
  private boolean lingering;
  private long lastProgress;
  private int drained;

  HttpPipeliningHandler(EventLoopContext loopContext) {
    this.loopContext = loopContext;
  }

  /** Moves the handler to another event loop, together with its connection. */
  void moveTo(EventLoopContext target) {
    loopContext = target;
  }

  /** Returns the context of this handler. */
  ChannelHandlerContext context() {
    return contextHolder[0];
  }

  /** Returns whether the client has sent more than the current request. */
  boolean hasWaiting() {
    return waiting != null && !waiting.isEmpty();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    contextHolder[0] = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    loopContext.idleConnections.add(this, loopContext.nowNanos());
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    onConnectionEnd(ctx);
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    onConnectionEnd(ctx);
  }

  private void onConnectionEnd(ChannelHandlerContext ctx) {
    loopContext.idleConnections.remove(this);
    loopContext.lingering.remove(ctx.channel());
    ArrayDeque<Object> left = waiting;
    waiting = null;
    if (left != null) {
      left.forEach(ReferenceCountUtil::release);
    }
  }

  /**
   * Closes the connection, because no complete request has arrived in time. While a response is
   * being received, however slowly, the client gets the same time again.
   */
  void idleTimedOut() {
    long progress = outputProgress();
    if (progress == lastProgress) {
      log.debug("no complete request in time, or a response that is not read");
      ChannelOps.close(contextHolder[0]);
    } else {
      lastProgress = progress;
      loopContext.idleConnections.add(this, loopContext.nowNanos());
    }
  }

  /**
   * Returns a number that changes whenever the network has taken output; 0 when there is no output.
   */
  private long outputProgress() {
    ChannelOutboundBuffer buffer = contextHolder[0].channel().unsafe().outboundBuffer();
    return buffer == null || buffer.isEmpty()
        ? 0
        : 31 * (31L * buffer.size() + buffer.totalPendingWriteBytes())
            + buffer.currentProgress()
            + 1;
  }

  /** Closes the connection if it only waits for a request; returns false when it has output. */
  boolean evict() {
    boolean idle = outputProgress() == 0;
    if (idle) {
      loopContext.idleConnections.remove(this);
      ChannelOps.close(contextHolder[0]);
    }
    return idle;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (lingering) {
      drain(ctx, msg);
    } else if (hasWaiting() || !(receivingRequest || mayPassOn(ctx))) {
      if (waiting == null) {
        waiting = new ArrayDeque<>(4);
      }
      waiting.add(msg);
      if (waiting.size() > WAITING_MAX) {
        log.debug("client sends request after request without reading");
        ChannelOps.close(ctx);
        return;
      }
      ctx.channel().config().setAutoRead(false);
    } else {
      passOn(ctx, msg);
    }
  }

  private boolean mayPassOn(ChannelHandlerContext ctx) {
    return !awaitingResponse && !passedOnInThisPass && ctx.channel().isWritable();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    passedOnInThisPass = false;
    scheduleProcessing(ctx);
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    scheduleProcessing(ctx);
    ctx.fireChannelWritabilityChanged();
  }

  /** Discards input of a closing connection, up to a limit. */
  private void drain(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpContent content) {
      drained += content.content().readableBytes() + PART_COST_BYTES;
    }
    ReferenceCountUtil.release(msg);
    if (drained > DRAINED_BYTES_MAX) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  private void passOn(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpRequest request) {
      requestVersion = request.protocolVersion();
      keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
      awaitingResponse = true;
      receivingRequest = true;
      passedOnInThisPass = true;
    }
    if (msg instanceof LastHttpContent) {
      receivingRequest = false;
      loopContext.idleConnections.remove(this);
    }
    ctx.fireChannelRead(msg);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg instanceof HttpResponse response) {
      if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
        var _ = ctx.write(msg, promise);
        return;
      }
      complete(response);
    }
    if (!(msg instanceof LastHttpContent) || !awaitingResponse) {
      var _ = ctx.write(msg, promise);
      return;
    }
    awaitingResponse = false;
    loopContext.idleConnections.add(this, loopContext.nowNanos());
    if (keepAlive) {
      var _ = ctx.write(msg, promise);
      scheduleProcessing(ctx);
    } else {
      lingering = true;
      var _ =
          ctx.write(msg, promise.unvoid())
              .addListener(
                  (ChannelFutureListener)
                      done -> {
                        loopContext.idleConnections.remove(this);
                        LingeringClose.begin(done.channel(), loopContext);
                      });
    }
  }

  /** Adds the headers that delimit a response, and decides whether the connection is kept alive. */
  private void complete(HttpResponse response) {
    boolean delimited =
        HttpUtil.isContentLengthSet(response)
            || HttpUtil.isTransferEncodingChunked(response)
            || response.status().code() == HttpResponseStatus.NO_CONTENT.code()
            || response.status().code() == HttpResponseStatus.NOT_MODIFIED.code();
    if (!delimited && response instanceof FullHttpResponse full) {
      HttpUtil.setContentLength(response, full.content().readableBytes());
      delimited = true;
    }
    keepAlive &= delimited && !receivingRequest && HttpUtil.isKeepAlive(response);
    HttpUtil.setKeepAlive(response.headers(), requestVersion, keepAlive);
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
    }
  }

  /** Passes the next request on in the next pass of the event loop, after its I/O. */
  private void scheduleProcessing(ChannelHandlerContext ctx) {
    if (hasWaiting()
        && !processingScheduled
        && !awaitingResponse
        && !lingering
        && ctx.channel().isWritable()) {
      processingScheduled = true;
      // A task given to execute() would still run in this pass.
      var _ = ctx.executor().schedule(() -> processWaiting(ctx), 0, TimeUnit.NANOSECONDS);
    }
  }

  private void processWaiting(ChannelHandlerContext ctx) {
    processingScheduled = false;
    passedOnInThisPass = false;
    ArrayDeque<Object> queue = waiting;
    while (queue != null
        && !queue.isEmpty()
        && !lingering
        && (receivingRequest || mayPassOn(ctx))) {
      passOn(ctx, queue.remove());
    }
    passedOnInThisPass = false;
    if (queue != null && queue.isEmpty()) {
      ctx.channel().config().setAutoRead(true);
    } else {
      scheduleProcessing(ctx);
    }
  }
}
