package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.limit.MemoryPressureMonitor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Websocket frame decoder that takes turns with other connections: it passes on a few frames in
 * each pass of the event loop, and reads no more input while others wait. Frames that a client
 * sends in a burst would otherwise delay all connections of that loop until the last one is
 * handled.
 *
 * <p>It reports the bytes of frames that wait or are incomplete to the {@link
 * MemoryPressureMonitor}.
 */
final class FairFrameDecoder extends WebSocket13FrameDecoder {
  private final MemoryPressureMonitor memory;
  private int counted;
  private int framesInThisPass;
  private boolean waiting;
  private boolean stopped;
  private boolean inactive;

  FairFrameDecoder(WebSocketDecoderConfig config, MemoryPressureMonitor memory) {
    super(config);
    this.memory = memory;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (stopped) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (framesInThisPass >= InboundLimiter.PACKETS_PER_PASS && !inactive) {
      waitForNextPass(ctx);
      return;
    }
    super.decode(ctx, in, out);
    if (!out.isEmpty()) {
      framesInThisPass++;
      count(in.readableBytes()); // the session may hold what is passed on, and counts it then
    }
  }

  private void waitForNextPass(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    if (!waiting) {
      waiting = true;
      // A task given to execute() would still run in this pass.
      var _ = ctx.executor().schedule(() -> decodeWaiting(ctx), 0, TimeUnit.NANOSECONDS);
    }
  }

  private void decodeWaiting(ChannelHandlerContext ctx) {
    waiting = false;
    framesInThisPass = 0;
    if (ctx.isRemoved() || stopped) {
      return;
    }
    // Through the pipeline, which handles errors of the frames as those of any input.
    ctx.pipeline().fireChannelRead(Unpooled.EMPTY_BUFFER);
    if (!waiting && !stopped) {
      ctx.channel().config().setAutoRead(true);
    }
    ctx.pipeline().fireChannelReadComplete();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (!waiting) {
      framesInThisPass = 0;
    }
    count(actualReadableBytes());
    super.channelReadComplete(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    inactive = true; // what has arrived is decoded now or never
    count(0);
    super.channelInactive(ctx);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    count(0);
    super.handlerRemoved0(ctx);
  }

  /** Discards all input from now on, and stops to count it. */
  void stop() {
    count(0);
    stopped = true;
  }

  private void count(int bytes) {
    if (bytes != counted && !stopped) {
      memory.add(bytes - counted);
      counted = bytes;
    }
  }
}
