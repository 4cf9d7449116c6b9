package dev.watchnchill.socketio.engine;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;

/**
 * Orderly close of a TCP connection: no more output, input discarded for at most five seconds, then
 * closed. Closing with unread input would reset the connection, and the client could lose the last
 * output.
 */
final class LingeringClose {
  private LingeringClose() {}

  /**
   * Begins the close. Called on the channel's event loop; the pipeline must discard what is still
   * read.
   */
  static void begin(Channel channel, EventLoopContext loopContext) {
    if (!channel.isActive()) {
      return;
    }
    if (channel instanceof SocketChannel socket) {
      var _ = socket.shutdownOutput();
      channel.config().setAutoRead(true);
      loopContext.lingering.add(channel, loopContext.nowNanos());
    } else {
      ChannelOps.close(channel);
    }
  }
}
