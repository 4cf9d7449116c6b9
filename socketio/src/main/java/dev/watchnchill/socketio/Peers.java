package dev.watchnchill.socketio;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;

/** Tells the peers of connections. */
public final class Peers {
  private static final AttributeKey<InetSocketAddress> NAMED =
      AttributeKey.valueOf(Peers.class, "named");

  private Peers() {}

  /**
   * Returns the peer of a connection: the client that its PROXY header named, else the other end of
   * the TCP connection.
   */
  public static InetSocketAddress of(Channel channel) {
    // Asking for an attribute that is not there would make one, for each connection.
    InetSocketAddress named = channel.hasAttr(NAMED) ? channel.attr(NAMED).get() : null;
    if (named != null) {
      return named;
    }
    return channel.remoteAddress() instanceof InetSocketAddress inet
        ? inet
        : InetSocketAddress.createUnresolved("unknown", 0);
  }

  /** Makes this address the connection's peer. */
  public static void name(Channel channel, InetSocketAddress peer) {
    channel.attr(NAMED).set(peer);
  }
}
