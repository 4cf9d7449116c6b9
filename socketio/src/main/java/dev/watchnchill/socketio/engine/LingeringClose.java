package dev.watchnchill.socketio.engine;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;

/**
 * The orderly end of a TCP connection: no more output, input thrown away for at most five seconds,
 * then closed. A close with unread input would reset the connection and could take our last words
 * with it.
 */
final class LingeringClose {
  private LingeringClose() {}

  /** Begins it. On the channel's event loop; the pipeline must drop what is still read. */
  static void begin(Channel channel, Lane lane) {
    if (!channel.isActive()) {
      return;
    }
    if (channel instanceof SocketChannel socket) {
      var _ = socket.shutdownOutput();
      channel.config().setAutoRead(true);
      lane.closing.add(channel, lane.nowNanos());
    } else {
      Net.close(channel);
    }
  }
}
