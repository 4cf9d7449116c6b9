package dev.watchnchill.socketio.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;

/** Notes when each connection is accepted, on the one thread that accepts. */
final class Acceptor extends ChannelInboundHandlerAdapter {
  /** For the bootstrap, which wants a child handler; {@link PipelineBuilder} is the real one. */
  static final ChannelHandler NOTHING =
      new ChannelInitializer<Channel>() {
        @Override
        protected void initChannel(Channel channel) {}
      };

  private final EngineServer server;

  Acceptor(EngineServer server) {
    this.server = server;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof Channel accepted) {
      long nowNanos = ctx.channel().eventLoop().ticker().nanoTime();
      accepted.pipeline().addLast(new PipelineBuilder(server, nowNanos));
    }
    ctx.fireChannelRead(msg);
  }

  /** Builds a connection's pipeline once its event loop is known, and leaves. */
  private static final class PipelineBuilder extends ChannelInitializer<Channel> {
    private final EngineServer server;
    private final long acceptedNanos;

    PipelineBuilder(EngineServer server, long acceptedNanos) {
      this.server = server;
      this.acceptedNanos = acceptedNanos;
    }

    @Override
    protected void initChannel(Channel channel) {
      server.buildPipeline(channel, acceptedNanos);
    }
  }
}
