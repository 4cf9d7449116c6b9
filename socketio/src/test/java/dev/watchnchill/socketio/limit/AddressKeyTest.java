package dev.watchnchill.socketio.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Keys by which connections are counted, and the limit of their number. */
class AddressKeyTest {
  private static AddressKey key(String address) throws UnknownHostException {
    return AddressKey.of(InetAddress.getByName(address));
  }

  @Test
  void RL14_ipv6_address_counts_by_its_64() throws UnknownHostException {
    assertThat(key("2001:db8:1:2::1")).isEqualTo(key("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertThat(key("2001:db8:1:2::1")).isNotEqualTo(key("2001:db8:1:3::1"));
  }

  @Test
  void RL14_ipv4_address_counts_by_itself_also_when_mapped() throws UnknownHostException {
    assertThat(key("203.0.113.7")).isEqualTo(key("::ffff:203.0.113.7"));
    assertThat(key("203.0.113.7")).isNotEqualTo(key("203.0.113.8"));
    assertThat(key("0.0.0.1")).isNotEqualTo(key("::"));
  }

  @Test
  void RL20_ipv6_network_and_ipv4_address_have_a_text() throws UnknownHostException {
    assertThat(text("2001:db8:1:2::5")).isEqualTo("20010db800010002");
    assertThat(text("2001:db8:1:2:ffff::1")).isEqualTo(text("2001:db8:1:2::5"));
    assertThat(text("2001:db8:1:3::5")).isNotEqualTo(text("2001:db8:1:2::5"));
    assertThat(text("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(text("255.255.255.255")).isEqualTo("255.255.255.255");
    assertThat(AddressKey.textOf(InetSocketAddress.createUnresolved("unknown", 0)))
        .isEqualTo("unknown");
  }

  private static String text(String address) throws UnknownHostException {
    return AddressKey.textOf(new InetSocketAddress(InetAddress.getByName(address), 4_000));
  }

  @Test
  void RL15_connection_limit_follows_the_descriptor_limit() {
    assertThat(FileDescriptorLimit.connections(1_024, 40)).isEqualTo(1_024 - 40 - 64);
    assertThat(FileDescriptorLimit.connections(65_536, 40)).isEqualTo(65_536 - 40 - 1_024);
    assertThat(FileDescriptorLimit.connections(64, 60)).isEqualTo(16);
    assertThat(FileDescriptorLimit.connections(Long.MAX_VALUE, 40)).isEqualTo(10_000_000);
    assertThat(FileDescriptorLimit.connections()).isPositive();
  }
}
