package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.http.PeerAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reads the PROXY protocol header at the start of a trusted proxy's connection, and sets the client
 * address in it as the connection's peer. Removes itself and the decoder before it when done.
 *
 * <p>{@code LOCAL} (version 2) and {@code UNKNOWN} (version 1) name no client: the proxy speaks for
 * itself, as in a health check, and stays the peer.
 */
final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {
  /** Most bytes of type-length-values. Those of HAProxy and AWS take some tens. */
  static final int TLV_BYTES_MAX = 1_024;

  private final ConnectionLimiter connections;
  private final EventLoopContext loopContext;
  private @Nullable Channel channel;
  private boolean rejected;

  ProxyHeaderHandler(ConnectionLimiter connections, EventLoopContext loopContext) {
    this.connections = connections;
    this.loopContext = loopContext;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    loopContext.pendingProxyHeaders.add(this, loopContext.nowNanos());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    loopContext.pendingProxyHeaders.remove(this);
  }

  /** Closes the connection, because its header has not arrived in time. */
  void timedOut() {
    reject("its PROXY header has not come in time");
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof HAProxyMessage header)) {
      ctx.fireChannelRead(msg);
      return;
    }
    try {
      if (!namesClient(header) || applyClientAddress(ctx, header)) {
        ctx.pipeline().remove(this);
      }
    } finally {
      ReferenceCountUtil.release(header);
    }
  }

  private static boolean namesClient(HAProxyMessage header) {
    return header.command() == HAProxyCommand.PROXY
        && header.proxiedProtocol() != HAProxyProxiedProtocol.UNKNOWN;
  }

  private boolean applyClientAddress(ChannelHandlerContext ctx, HAProxyMessage header) {
    boolean tcp =
        header.proxiedProtocol() == HAProxyProxiedProtocol.TCP4
            || header.proxiedProtocol() == HAProxyProxiedProtocol.TCP6;
    InetAddress address =
        tcp ? NetUtil.createInetAddressFromIpAddressString(header.sourceAddress()) : null;
    if (address == null) {
      reject("its PROXY header names no TCP client");
      return false;
    }
    PeerAddress.set(ctx.channel(), new InetSocketAddress(address, header.sourcePort()));
    boolean counted = connections.countAddress(ctx.channel(), address);
    if (!counted) {
      ChannelOps.close(ctx);
    }
    return counted;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    reject("its PROXY header is missing or broken");
  }

  private void reject(String reason) {
    Channel rejectedChannel = channel;
    if (!rejected && rejectedChannel != null) {
      rejected = true;
      connections.proxyHeaderRejected(reason);
      ChannelOps.close(rejectedChannel);
    }
  }
}
