package dev.watchnchill.server.limit;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * The key under which every limit counts a client address (rule RL7): an IPv4 address, or the /64
 * network of an IPv6 address, because one household or one rented machine has a whole /64.
 *
 * <p>An IPv6 address that carries an IPv4 address counts as that one: IPv4-mapped ({@code
 * ::ffff:0:0/96}), NAT64 ({@code 64:ff9b::/96}) and 6to4 ({@code 2002::/16}).
 *
 * @param text the key's canonical form, for maps and Redis
 */
public record ClientKey(String text) {
  /** The common key of all texts that are no address. */
  public static final ClientKey NONE = new ClientKey("none");

  /** Returns the key of an address in textual form; a zone such as {@code %eth0} is left out. */
  public static ClientKey of(String address) {
    int zone = address.indexOf('%');
    try {
      return of(InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone)));
    } catch (IllegalArgumentException e) {
      return NONE;
    }
  }

  /** Returns the key of an address. */
  public static ClientKey of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return new ClientKey(v4(bytes, 0));
    }
    int carried = carriedV4(bytes);
    return new ClientKey(carried < 0 ? network(bytes) : v4(bytes, carried));
  }

  /** Returns where an IPv6 address carries an IPv4 address, or -1. */
  private static int carriedV4(byte[] v6) {
    if (group(v6, 0) == 0x2002) {
      return 2; // 6to4: one IPv4 address has a /48, so 65,536 networks of /64
    }
    if (group(v6, 0) == 0x64 && group(v6, 1) == 0xff9b && zero(v6, 4, 12)) {
      return 12; // NAT64: all clients of one translator are in one /64
    }
    return zero(v6, 0, 10) && group(v6, 5) == 0xffff ? 12 : -1;
  }

  private static String network(byte[] v6) {
    var text = new StringBuilder(24);
    for (int i = 0; i < 4; i++) {
      text.append(Integer.toHexString(group(v6, i))).append(':');
    }
    return text.append(":/64").toString();
  }

  private static String v4(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        + "."
        + (bytes[at + 1] & 0xff)
        + "."
        + (bytes[at + 2] & 0xff)
        + "."
        + (bytes[at + 3] & 0xff);
  }

  private static int group(byte[] v6, int index) {
    return (v6[2 * index] & 0xff) << 8 | (v6[2 * index + 1] & 0xff);
  }

  private static boolean zero(byte[] v6, int from, int to) {
    for (int i = from; i < to; i++) {
      if (v6[i] != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
