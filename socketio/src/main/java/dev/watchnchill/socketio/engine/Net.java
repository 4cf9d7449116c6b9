package dev.watchnchill.socketio.engine;

import io.netty.channel.ChannelOutboundInvoker;

/**
 * Channel operations whose outcome needs no future: a failed write or close ends in the pipeline's
 * {@code exceptionCaught} or in the connection being gone, and both are handled there.
 */
final class Net {
  private Net() {}

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
