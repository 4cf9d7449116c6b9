package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * Orderly close of a TCP connection: no more output, input discarded for at most five seconds, then
 * closed. Closing with unread input would reset the connection, and the client could lose the last
 * output.
 */
final class LingeringClose {
  private LingeringClose() {}

  /** Begins the close. Called on the channel's event loop. */
  static void begin(Channel channel, EventLoopContext loopContext) {
    if (!channel.isActive()) {
      return;
    }
    if (channel instanceof SocketChannel socket) {
      var _ = socket.shutdownOutput();
      if (channel.pipeline().get(Discard.class) == null) {
        channel.pipeline().addFirst(new Discard());
      }
      channel.config().setAutoRead(true);
      loopContext.lingering.add(channel, loopContext.nowNanos());
    } else {
      ChannelOps.close(channel);
    }
  }

  /**
   * Discards input before a decoder sees it, and stops reading after a limit. A client that goes on
   * sending is then slowed by its own full buffers until the connection ends.
   */
  private static final class Discard extends ChannelInboundHandlerAdapter {
    private static final int BYTES_MAX = 256 * 1024;

    private int discarded;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      if (msg instanceof ByteBuf bytes) {
        discarded += bytes.readableBytes();
      }
      ReferenceCountUtil.release(msg);
      if (discarded > BYTES_MAX) {
        ctx.channel().config().setAutoRead(false);
      }
    }
  }
}
