package dev.watchnchill.server.redis.limit;

import java.net.InetAddress;

/** What a client address is called in keys: one name for one address, and nothing else. */
final class AddressKey {
  /** For whatever is no address; all of it is counted as one. */
  private static final String NONE = "none";

  private AddressKey() {}

  /** The canonical text of an address, without the network interface that it came in on. */
  static String of(String address) {
    int zone = address.indexOf('%');
    try {
      return InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone))
          .getHostAddress();
    } catch (IllegalArgumentException e) {
      return NONE;
    }
  }
}
