package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardedNodeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "203.0.113.21|203.0.113.21",
        "203.0.113.21:40021|203.0.113.21",
        "203.0.113.21:0|203.0.113.21",
        "\"203.0.113.21:40021\"|203.0.113.21",
        "\"203.0.113.21\"|203.0.113.21",
        "203.0.113.21:_hidden|203.0.113.21",
        "2001:db8::1|2001:db8:0:0:0:0:0:1",
        "2001:DB8::1|2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]|2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:4100|2001:db8:0:0:0:0:0:1",
        "\"[2001:db8::1]:4711\"|2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:_x|2001:db8:0:0:0:0:0:1",
        "fe80::1%eth0|fe80:0:0:0:0:0:0:1",
        "[fe80::1%25eth0]:443|fe80:0:0:0:0:0:0:1",
        "::ffff:198.51.100.1|198.51.100.1",
        "[::ffff:198.51.100.1]:443|198.51.100.1",
        "::ffff:c633:6401|198.51.100.1"
      })
  void TR12_address_is_read_as_proxies_write_it(String node, String address) {
    InetAddress read = ForwardedNode.address(node);
    assertThat(read == null ? "nobody" : read.getHostAddress()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"\"",
        "unknown",
        "unknown:1234",
        "_hidden",
        "_SEVKISEK:80",
        "localhost",
        "visitor.example.org",
        "visitor.example.org:80",
        "203.0.113.21:",
        "203.0.113.21:70000",
        "203.0.113.21:123456",
        "203.0.113.21:+80",
        "203.0.113.21:8a",
        "203.0.113.21:_x y",
        "203.0.113.256",
        "203.0.113",
        "1.2.3.4.5",
        "[203.0.113.21]",
        "[203.0.113.21]:80",
        "[2001:db8::1",
        "2001:db8::1]",
        "[2001:db8::1]80",
        "[2001:db8::1]:",
        "[]",
        "[]:80",
        "[:",
        ":",
        "::1::2",
        "unix:",
        "\"203.0.113.21",
        "203.0.113.21 203.0.113.22",
        "2130706433",
        "0x7f.1"
      })
  void TR12_node_that_is_no_address_identifies_no_client_and_is_not_looked_up(String node) {
    assertThat(ForwardedNode.address(node)).isNull();
  }
}
