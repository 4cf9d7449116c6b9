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
 * Takes the requests of one HTTP connection in turns: the next is handed on when the response to
 * the one before is written and the client reads what it is sent. Also sees to {@code Connection}
 * and {@code Content-Length}, to the end of connections that are not kept alive, and to connections
 * that sit idle.
 *
 * <p>Of pipelined requests one is handed on in each pass of the event loop. A client that sends
 * hundreds at once would otherwise hold up everybody else on that loop until all are answered.
 */
final class HttpTurns extends ChannelDuplexHandler {
  /** Parts of requests that may wait for their turn; no browser pipelines at all. */
  private static final int WAITING_MAX = 128;

  /** Input that is read and thrown away before the last response is sent, until reading stops. */
  private static final int DRAINED_BYTES_MAX = 256 * 1024;

  /** What decoding a part of a body costs beside its bytes: chunks may hold one byte each. */
  private static final int PART_COST_BYTES = 64;

  private static final Logger log = LoggerFactory.getLogger(HttpTurns.class);

  private Lane lane;
  private final ChannelHandlerContext[] self = new ChannelHandlerContext[1];
  private @Nullable ArrayDeque<Object> waiting;
  private HttpVersion version = HttpVersion.HTTP_1_1;
  private boolean receiving;
  private boolean answering;
  private boolean tookTurn;
  private boolean turnScheduled;
  private boolean keepAlive = true;
  private boolean closing;
  private long lastProgress;
  private int drained;

  HttpTurns(Lane lane) {
    this.lane = lane;
  }

  /** The connection has moved to another event loop. */
  void moveTo(Lane target) {
    lane = target;
  }

  /** Returns this handler's place in its connection. */
  ChannelHandlerContext context() {
    return self[0];
  }

  /** Whether the client has sent more than the request in hand. */
  boolean hasWaiting() {
    return waiting != null && !waiting.isEmpty();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    self[0] = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    lane.idleHttp.add(this, lane.nowNanos());
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    leave(ctx);
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    leave(ctx);
  }

  private void leave(ChannelHandlerContext ctx) {
    lane.idleHttp.remove(this);
    lane.closing.remove(ctx.channel());
    ArrayDeque<Object> left = waiting;
    waiting = null;
    if (left != null) {
      left.forEach(ReferenceCountUtil::release);
    }
  }

  /**
   * The time for the next request is over, and no part of a response is on its way: the client has
   * had its time. A response that is still being taken, however slowly, gives it the same time
   * again.
   */
  void idleTimedOut() {
    long progress = outputProgress();
    if (progress == lastProgress) {
      log.debug("no complete request in time, or a response that is not read");
      Net.close(self[0]);
    } else {
      lastProgress = progress;
      lane.idleHttp.add(this, lane.nowNanos());
    }
  }

  /**
   * A number that changes whenever the network has taken something; 0 when there is nothing to
   * take.
   */
  private long outputProgress() {
    ChannelOutboundBuffer buffer = self[0].channel().unsafe().outboundBuffer();
    return buffer == null || buffer.isEmpty()
        ? 0
        : 31 * (31L * buffer.size() + buffer.totalPendingWriteBytes())
            + buffer.currentProgress()
            + 1;
  }

  /** Closes the connection if it only waits for a request; false when it has something to send. */
  boolean evict() {
    boolean idle = outputProgress() == 0;
    if (idle) {
      lane.idleHttp.remove(this);
      Net.close(self[0]);
    }
    return idle;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (closing) {
      drain(ctx, msg);
    } else if (hasWaiting() || !(receiving || mayTakeTurn(ctx))) {
      if (waiting == null) {
        waiting = new ArrayDeque<>(4);
      }
      waiting.add(msg);
      if (waiting.size() > WAITING_MAX) {
        log.debug("client sends request after request without reading");
        Net.close(ctx);
        return;
      }
      ctx.channel().config().setAutoRead(false);
    } else {
      handOn(ctx, msg);
    }
  }

  private boolean mayTakeTurn(ChannelHandlerContext ctx) {
    return !answering && !tookTurn && ctx.channel().isWritable();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    tookTurn = false;
    scheduleTurn(ctx);
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    scheduleTurn(ctx);
    ctx.fireChannelWritabilityChanged();
  }

  /** Throws input away, within a bound: what the client still sends is its own affair. */
  private void drain(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpContent content) {
      drained += content.content().readableBytes() + PART_COST_BYTES;
    }
    ReferenceCountUtil.release(msg);
    if (drained > DRAINED_BYTES_MAX) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  private void handOn(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof HttpRequest request) {
      version = request.protocolVersion();
      keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
      answering = true;
      receiving = true;
      tookTurn = true;
    }
    if (msg instanceof LastHttpContent) {
      receiving = false;
      lane.idleHttp.remove(this);
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
    if (!(msg instanceof LastHttpContent) || !answering) {
      var _ = ctx.write(msg, promise);
      return;
    }
    answering = false;
    lane.idleHttp.add(this, lane.nowNanos());
    if (keepAlive) {
      var _ = ctx.write(msg, promise);
      scheduleTurn(ctx);
    } else {
      closing = true;
      var _ =
          ctx.write(msg, promise.unvoid())
              .addListener(
                  (ChannelFutureListener)
                      done -> {
                        lane.idleHttp.remove(this);
                        LingeringClose.begin(done.channel(), lane);
                      });
    }
  }

  /** Adds the headers that a response needs to be delimited, and decides about keep-alive. */
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
    keepAlive &= delimited && !receiving && HttpUtil.isKeepAlive(response);
    HttpUtil.setKeepAlive(response.headers(), version, keepAlive);
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
    }
  }

  /** Hands the next request on in the next pass of the event loop, after its I/O. */
  private void scheduleTurn(ChannelHandlerContext ctx) {
    if (hasWaiting() && !turnScheduled && !answering && !closing && ctx.channel().isWritable()) {
      turnScheduled = true;
      // A task given to execute() would still run in this pass.
      var _ = ctx.executor().schedule(() -> nextTurn(ctx), 0, TimeUnit.NANOSECONDS);
    }
  }

  private void nextTurn(ChannelHandlerContext ctx) {
    turnScheduled = false;
    tookTurn = false;
    ArrayDeque<Object> queue = waiting;
    while (queue != null && !queue.isEmpty() && !closing && (receiving || mayTakeTurn(ctx))) {
      handOn(ctx, queue.remove());
    }
    tookTurn = false;
    if (queue != null && queue.isEmpty()) {
      ctx.channel().config().setAutoRead(true);
    } else {
      scheduleTurn(ctx);
    }
  }
}
