package dev.watchnchill.socketio.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Key by which connections and clients are counted: an IPv4 address, or the /64 network of an IPv6
 * address, because one subscriber has a whole /64.
 *
 * @param bits the IPv4 address, or the first 64 bits of the IPv6 address
 * @param ipv6 whether the key is an IPv6 network
 */
public record AddressKey(long bits, boolean ipv6) {
  /** Returns the key of an address. */
  public static AddressKey of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new AddressKey(bytes.getLong(), true)
        : new AddressKey(Integer.toUnsignedLong(bytes.getInt()), false);
  }

  /** Returns the key of a peer as text; the host name of a peer whose address is unknown. */
  public static String textOf(InetSocketAddress peer) {
    InetAddress address = peer.getAddress();
    return address == null ? peer.getHostString() : of(address).text();
  }

  /** Returns the key as text: a dotted IPv4 address, or the 16 hexadecimal digits of a /64. */
  public String text() {
    return ipv6 ? HexFormat.of().toHexDigits(bits) : dotted();
  }

  private String dotted() {
    return ((bits >>> 24) & 0xFF)
        + "."
        + ((bits >>> 16) & 0xFF)
        + "."
        + ((bits >>> 8) & 0xFF)
        + "."
        + (bits & 0xFF);
  }
}
