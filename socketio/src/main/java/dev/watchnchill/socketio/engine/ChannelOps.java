package dev.watchnchill.socketio.engine;

import io.netty.channel.ChannelOutboundInvoker;

/**
 * Channel operations without a future. A failed write or close reaches the pipeline's {@code
 * exceptionCaught} or has closed the connection, and both are handled there.
 */
final class ChannelOps {
  private ChannelOps() {}

  static void write(ChannelOutboundInvoker out, Object message) {
    var _ = out.write(message, out.voidPromise());
  }

  static void writeAndFlush(ChannelOutboundInvoker out, Object message) {
    var _ = out.writeAndFlush(message, out.voidPromise());
  }

  static void close(ChannelOutboundInvoker out) {
    var _ = out.close();
  }
}
