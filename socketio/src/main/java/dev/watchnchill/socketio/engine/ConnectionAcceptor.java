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
 * Accepts TCP connections within the {@link ConnectionLimiter}, and records when each was accepted.
 * Runs on the one event loop that accepts.
 */
final class ConnectionAcceptor extends ChannelInboundHandlerAdapter {
  /**
   * Placeholder for the bootstrap, which requires a child handler. {@link PipelineBuilder} builds
   * the pipeline instead.
   */
  static final ChannelHandler NO_CHILD_HANDLER =
      new ChannelInitializer<Channel>() {
        @Override
        protected void initChannel(Channel channel) {}
      };

  /**
   * Delay of the next accept after a failed one, unless a connection releases a descriptor earlier.
   */
  private static final long RETRY_MS = 250;

  private final EngineServer server;
  private volatile @Nullable Channel pausedChannel;

  ConnectionAcceptor(EngineServer server) {
    this.server = server;
    server.connectionLimiter().onClose(this::resume);
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
    ConnectionLimiter connections = server.connectionLimiter();
    if (server.config().connections().proxyProtocol() && !connections.isTrusted(address)) {
      connections.proxyHeaderRejected(
          "its peer is no trusted proxy, and PROXY headers are required");
      return false;
    }
    return connections.admit(accepted, address);
  }

  /**
   * Pauses accepting after a failure, which usually is a lack of file descriptors. Netty would wait
   * for a second and log a stack trace each time; this handler resumes as soon as a connection
   * closes.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    server.connectionLimiter().acceptFailed(cause);
    Channel listening = ctx.channel();
    if (pausedChannel == null && listening.isOpen()) {
      pausedChannel = listening;
      listening.config().setAutoRead(false);
      var _ = ctx.executor().schedule(this::resume, RETRY_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void resume() {
    Channel listening = pausedChannel;
    if (listening == null) {
      return;
    }
    try {
      listening
          .eventLoop()
          .execute(() -> {
            if (pausedChannel != null) {
              pausedChannel = null;
              listening.config().setAutoRead(true);
            }
          });
    } catch (RejectedExecutionException _) {
      pausedChannel = null; // the event loop has ended
    }
  }

  /** Builds the pipeline of a connection, once its event loop is known. */
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
