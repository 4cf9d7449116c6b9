package dev.watchnchill.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientKeyTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "::ffff:203.0.113.7, 203.0.113.7",
    "::FFFF:cb00:7107, 203.0.113.7",
    "64:ff9b::203.0.113.7, 203.0.113.7",
    "64:ff9b::cb00:7107, 203.0.113.7",
    "2002:cb00:7107::1, 203.0.113.7",
    "2002:cb00:7107:ffff:1:2:3:4, 203.0.113.7",
    "2001:db8:1:2::1, 2001:db8:1:2::/64",
    "2001:0DB8:0001:0002:ffff:ffff:ffff:ffff, 2001:db8:1:2::/64",
    "2001:db8:1:2:3:4:5:6%eth0, 2001:db8:1:2::/64",
    "2001:db8:1:3::1, 2001:db8:1:3::/64",
    "fe80::1%3, fe80:0:0:0::/64",
    "::1, 0:0:0:0::/64",
    // Outside of the /96 and of the /16 it is an address like any other.
    "64:ff9b:0:1::203.0.113.7, 64:ff9b:0:1::/64",
    "64:ff9b:1::203.0.113.7, 64:ff9b:1:0::/64",
    "2003:cb00:7107::1, 2003:cb00:7107:0::/64",
    "not an address, none",
    "'', none",
    "%eth0, none",
    "999.1.1.1, none",
    "[2001:db8::1], 2001:db8:0:0::/64"
  })
  void RL7_key_is_the_ipv4_address_or_the_ipv6_network(String address, String key) {
    assertThat(ClientKey.of(address).text()).isEqualTo(key);
  }
}
