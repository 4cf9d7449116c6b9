package dev.watchnchill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Keys that connections are counted by, and their limits. */
class AddressKeyTest {
  private static AddressKey key(String address) throws UnknownHostException {
    return AddressKey.of(InetAddress.getByName(address));
  }

  @Test
  void RL14_ipv6_counts_by_its_64() throws UnknownHostException {
    assertThat(key("2001:db8:1:2::1")).isEqualTo(key("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertThat(key("2001:db8:1:2::1")).isNotEqualTo(key("2001:db8:1:3::1"));
  }

  @Test
  void RL14_ipv4_counts_by_address_also_when_mapped() throws UnknownHostException {
    assertThat(key("203.0.113.7")).isEqualTo(key("::ffff:203.0.113.7"));
    assertThat(key("203.0.113.7")).isNotEqualTo(key("203.0.113.8"));
    assertThat(key("0.0.0.1")).isNotEqualTo(key("::"));
  }

  @Test
  void RL15_connections_are_what_the_descriptor_limit_leaves() {
    assertThat(DescriptorLimit.connections(1_024, 40)).isEqualTo(1_024 - 40 - 64);
    assertThat(DescriptorLimit.connections(65_536, 40)).isEqualTo(65_536 - 40 - 1_024);
    assertThat(DescriptorLimit.connections(64, 60)).isEqualTo(16);
    assertThat(DescriptorLimit.connections(Long.MAX_VALUE, 40)).isEqualTo(10_000_000);
    assertThat(DescriptorLimit.connections()).isPositive();
  }
}
