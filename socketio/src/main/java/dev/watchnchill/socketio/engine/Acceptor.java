package dev.watchnchill.socketio.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes accepted connections within the {@link ConnectionLimit}, and notes when each was accepted,
 * on the one thread that accepts.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {
  /** For the bootstrap, which wants a child handler; {@link PipelineBuilder} is the real one. */
  static final ChannelHandler NOTHING =
      new ChannelInitializer<Channel>() {
        @Override
        protected void initChannel(Channel channel) {}
      };

  /** Delay of the next accept after a failed one, unless a connection gives a descriptor back. */
  private static final long RETRY_MS = 250;

  private final EngineServer server;
  private volatile @Nullable Channel paused;

  Acceptor(EngineServer server) {
    this.server = server;
    server.connections().onClose(this::resume);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof Channel accepted) {
      InetAddress address = EngineServer.remoteAddress(accepted).getAddress();
      if (address != null && !admit(accepted, address)) {
        accepted.unsafe().closeForcibly();
        return;
      }
      long nowNanos = ctx.channel().eventLoop().ticker().nanoTime();
      accepted.pipeline().addLast(new PipelineBuilder(server, nowNanos));
    }
    ctx.fireChannelRead(msg);
  }

  private boolean admit(Channel accepted, InetAddress address) {
    ConnectionLimit connections = server.connections();
    if (server.config().edge().proxyProtocol() && !connections.isTrusted(address)) {
      connections.proxyHeaderRefused(
          "its peer is no trusted proxy, and PROXY headers are required");
      return false;
    }
    return connections.admit(accepted, address);
  }

  /**
   * Accepting failed, for lack of descriptors most of the time. Netty's own answer is to wait for a
   * second and to log a stack trace each time; this one goes on as soon as a connection closes.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    server.connections().acceptFailed(cause);
    Channel listening = ctx.channel();
    if (paused == null && listening.isOpen()) {
      paused = listening;
      listening.config().setAutoRead(false);
      var _ = ctx.executor().schedule(this::resume, RETRY_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void resume() {
    Channel listening = paused;
    if (listening == null) {
      return;
    }
    try {
      listening
          .eventLoop()
          .execute(() -> {
            if (paused != null) {
              paused = null;
              listening.config().setAutoRead(true);
            }
          });
    } catch (RejectedExecutionException _) {
      paused = null; // the server has ended
    }
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
