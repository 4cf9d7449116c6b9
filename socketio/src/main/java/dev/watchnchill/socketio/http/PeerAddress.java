package dev.watchnchill.socketio.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;

/** The peer address of a connection. */
public final class PeerAddress {
  private static final AttributeKey<InetSocketAddress> NAMED =
      AttributeKey.valueOf(PeerAddress.class, "named");

  private PeerAddress() {}

  /**
   * Returns the peer of a connection: the client address of its PROXY header, else the remote end
   * of the TCP connection.
   */
  public static InetSocketAddress of(Channel channel) {
    // attr() alone would create a missing attribute, for each connection.
    InetSocketAddress named = channel.hasAttr(NAMED) ? channel.attr(NAMED).get() : null;
    if (named != null) {
      return named;
    }
    return channel.remoteAddress() instanceof InetSocketAddress inet
        ? inet
        : InetSocketAddress.createUnresolved("unknown", 0);
  }

  /** Sets the peer of a connection. */
  public static void set(Channel channel, InetSocketAddress peer) {
    channel.attr(NAMED).set(peer);
  }
}
