package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * The orderly end of a TCP connection: no more output, input thrown away for at most five seconds,
 * then closed. A close with unread input would reset the connection and could take the last
 * response with it.
 */
final class LingeringClose {
  private LingeringClose() {}

  /** Begins it. On the channel's event loop. */
  static void begin(Channel channel, Lane lane) {
    if (!channel.isActive()) {
      return;
    }
    if (channel instanceof SocketChannel socket) {
      var _ = socket.shutdownOutput();
      if (channel.pipeline().get(Discard.class) == null) {
        channel.pipeline().addFirst(new Discard());
      }
      channel.config().setAutoRead(true);
      lane.closing.add(channel, lane.nowNanos());
    } else {
      Net.close(channel);
    }
  }

  /**
   * Throws input away before a decoder sees it, and stops reading after a bound: a client that goes
   * on sending is held back by its own full buffers until the connection ends.
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
