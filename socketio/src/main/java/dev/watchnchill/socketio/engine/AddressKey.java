package dev.watchnchill.socketio.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Key that connections are counted by: an IPv4 address, or the /64 of an IPv6 address, since one
 * subscriber has all of it.
 */
record AddressKey(long bits, boolean six) {
  static AddressKey of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new AddressKey(bytes.getLong(), true)
        : new AddressKey(bytes.getInt(), false);
  }
}
