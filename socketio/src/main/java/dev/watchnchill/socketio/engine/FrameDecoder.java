package dev.watchnchill.socketio.engine;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/** A websocket frame decoder that counts the bytes of frames which have come in part. */
final class FrameDecoder extends WebSocket13FrameDecoder {
  private final MemoryGuard memory;
  private int counted;
  private boolean closing;

  FrameDecoder(WebSocketDecoderConfig config, MemoryGuard memory) {
    super(config);
    this.memory = memory;
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

  /** Counts this connection no longer: it is being closed, and its buffer goes with it. */
  void closing() {
    count(0);
    closing = true;
  }

  private void count(int bytes) {
    if (bytes != counted && !closing) {
      memory.add(bytes - counted);
      counted = bytes;
    }
  }
}
