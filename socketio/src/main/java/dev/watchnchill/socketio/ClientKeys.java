package dev.watchnchill.socketio;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;

/** Names of clients that limits are counted for. */
public final class ClientKeys {
  private static final int NETWORK_BYTES = 8;

  private ClientKeys() {}

  /**
   * Returns the peer's address; of IPv6 the /64 network, which one client has all of. Behind a
   * proxy that is the proxy's address.
   */
  public static String ofPeer(TransportRequest request) {
    InetSocketAddress peer = request.remoteAddress();
    InetAddress address = peer.getAddress();
    if (address == null) {
      return peer.getHostString();
    }
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
        : address.getHostAddress();
  }
}
