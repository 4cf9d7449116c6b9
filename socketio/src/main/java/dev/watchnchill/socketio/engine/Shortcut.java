package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The way of one frame straight to the kernel. Nearly every frame finds its connection with nothing
 * else to send; then the pipeline, the outbound buffer with its entry, and a duplicate of the
 * frame's buffer are work for nothing, and with thousands of recipients that shows in a profile. On
 * the channel's event loop.
 */
final class Shortcut {
  private final Channel channel;
  private final Socket socket;

  private Shortcut(Channel channel, Socket socket) {
    this.channel = channel;
    this.socket = socket;
  }

  /**
   * The shortcut of a connection whose pipeline stays as it is, or null when there is none: another
   * transport than epoll, or somebody in the pipeline has a say in what goes out (TLS).
   */
  static @Nullable Shortcut of(Channel channel) {
    if (!(channel instanceof EpollSocketChannel epoll) || !(epoll.fd() instanceof Socket socket)) {
      return null;
    }
    for (var entry : channel.pipeline()) {
      if (entry.getValue() instanceof ChannelOutboundHandler) {
        return null;
      }
    }
    return new Shortcut(channel, socket);
  }

  /**
   * Whether nothing waits to be sent, be it flushed or not. A channel that is closed has no
   * outbound buffer.
   */
  boolean free() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer != null && buffer.totalPendingWriteBytes() == 0;
  }

  /** Sends it; what the kernel does not take now goes the usual way. Takes over the reference. */
  void send(Frame frame) {
    int sent = sent(frame);
    if (sent < frame.size()) {
      ByteBuf rest = frame.websocketBytes();
      Net.writeAndFlush(channel, rest.skipBytes(sent));
    }
    frame.release();
  }

  private int sent(Frame frame) {
    // The number of a closed descriptor may be somebody else's by now.
    if (!free() || !channel.isActive()) {
      return 0;
    }
    try {
      return Math.max(0, frame.sendTo(socket));
    } catch (IOException e) {
      return 0; // the usual way meets it too, and ends the connection as it should
    }
  }
}
