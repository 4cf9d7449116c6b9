package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.Peers;
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
 * Reads the PROXY header with which a trusted proxy's connection begins, and makes the address that
 * it names the connection's peer. The decoder stands before this handler; both leave when done.
 *
 * <p>{@code LOCAL} (version 2) and {@code UNKNOWN} (version 1) name nobody: the proxy speaks for
 * itself, as for a health check, and stays the peer.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
  /** Bytes of type-length-values; HAProxy's and AWS' own take some tens. */
  static final int TLV_BYTES_MAX = 1_024;

  private final ConnectionLimit connections;
  private final Lane lane;
  private @Nullable Channel channel;
  private boolean refused;

  ProxyHeader(ConnectionLimit connections, Lane lane) {
    this.connections = connections;
    this.lane = lane;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    lane.proxyHeaders.add(this, lane.nowNanos());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    lane.proxyHeaders.remove(this);
  }

  /** The header has had its time. */
  void timedOut() {
    refuse("its PROXY header has not come in time");
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof HAProxyMessage header)) {
      ctx.fireChannelRead(msg);
      return;
    }
    try {
      if (!names(header) || name(ctx, header)) {
        ctx.pipeline().remove(this);
      }
    } finally {
      ReferenceCountUtil.release(header);
    }
  }

  private static boolean names(HAProxyMessage header) {
    return header.command() == HAProxyCommand.PROXY
        && header.proxiedProtocol() != HAProxyProxiedProtocol.UNKNOWN;
  }

  private boolean name(ChannelHandlerContext ctx, HAProxyMessage header) {
    boolean tcp =
        header.proxiedProtocol() == HAProxyProxiedProtocol.TCP4
            || header.proxiedProtocol() == HAProxyProxiedProtocol.TCP6;
    InetAddress address =
        tcp ? NetUtil.createInetAddressFromIpAddressString(header.sourceAddress()) : null;
    if (address == null) {
      refuse("its PROXY header names no TCP client");
      return false;
    }
    Peers.name(ctx.channel(), new InetSocketAddress(address, header.sourcePort()));
    boolean counted = connections.countAddress(ctx.channel(), address);
    if (!counted) {
      Net.close(ctx);
    }
    return counted;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    refuse("its PROXY header is missing or broken");
  }

  private void refuse(String reason) {
    Channel refusedChannel = channel;
    if (!refused && refusedChannel != null) {
      refused = true;
      connections.proxyHeaderRefused(reason);
      Net.close(refusedChannel);
    }
  }
}
