package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.limit.MemoryPressureMonitor;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.List;

/**
 * Websocket frame decoder that reports the bytes of incomplete frames to the {@link
 * MemoryPressureMonitor}.
 */
final class CountingFrameDecoder extends WebSocket13FrameDecoder {
  private final MemoryPressureMonitor memory;
  private int counted;
  private boolean stopped;

  CountingFrameDecoder(WebSocketDecoderConfig config, MemoryPressureMonitor memory) {
    super(config);
    this.memory = memory;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    super.decode(ctx, in, out);
    if (!out.isEmpty()) {
      count(in.readableBytes()); // the session may hold what is passed on, and counts it then
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    count(actualReadableBytes());
    super.channelReadComplete(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    count(0);
    super.channelInactive(ctx);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    count(0);
    super.handlerRemoved0(ctx);
  }

  /** Stops counting this connection, because its buffer is released with it. */
  void stopCounting() {
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
