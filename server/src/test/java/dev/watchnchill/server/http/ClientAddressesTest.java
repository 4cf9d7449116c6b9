package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientAddressesTest {
  private static String address(List<String> trusted, String peer, String... forwarded) {
    var headers = new DefaultHttpHeaders();
    for (String header : forwarded) {
      headers.add("X-Forwarded-For", header);
    }
    return new ClientAddresses(trusted).of(new InetSocketAddress(peer, 4711), headers);
  }

  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

  @Test
  void RL4_peer_that_is_no_proxy_is_the_client_whatever_it_says() {
    assertThat(address(LOOPBACK, "203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
    assertThat(address(List.of(), "127.0.0.1", "198.51.100.1")).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.1|198.51.100.1",
        "1.1.1.1, 198.51.100.1|198.51.100.1",
        "127.0.0.1, 198.51.100.1, 127.0.0.2|198.51.100.1",
        "  198.51.100.1  |198.51.100.1",
        "127.0.0.9|127.0.0.9",
        "2001:db8::7|2001:db8:0:0:0:0:0:7",
        "::ffff:198.51.100.1|198.51.100.1",
        "1.1.1.1, unknown|127.0.0.1",
        "198.51.100.1:4711|198.51.100.1",
        "''|127.0.0.1",
        "',,,'|127.0.0.1",
        "'6.6.6.6,'|127.0.0.1",
        "'6.6.6.6, '|127.0.0.1",
        "<script>|127.0.0.1",
        "localhost|127.0.0.1",
        "1.1.1.1, unknown, 127.0.0.3|127.0.0.3",
        "999.1.1.1|127.0.0.1"
      })
  void RL4_trusted_proxy_is_read_from_the_right(String forwarded, String client) {
    assertThat(address(LOOPBACK, "127.0.0.1", forwarded)).isEqualTo(client);
  }

  @Test
  void RL4_several_headers_are_one_list() {
    assertThat(address(LOOPBACK, "127.0.0.1", "1.1.1.1", "198.51.100.1", "127.0.0.4"))
        .isEqualTo("198.51.100.1");
  }

  @Test
  void RL4_ipv6_and_mapped_peers() {
    assertThat(address(LOOPBACK, "::1", "198.51.100.1")).isEqualTo("198.51.100.1");
    assertThat(address(LOOPBACK, "::ffff:127.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
    assertThat(address(List.of("2001:db8::/32"), "2001:db8::1", "198.51.100.1"))
        .isEqualTo("198.51.100.1");
    assertThat(address(List.of("10.1.2.3"), "10.1.2.3", "198.51.100.1")).isEqualTo("198.51.100.1");
    assertThat(address(List.of("10.1.2.3"), "10.1.2.4", "198.51.100.1")).isEqualTo("10.1.2.4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1|none|127.0.0.1",
        "127.0.0.1|127.0.0.9|127.0.0.9",
        "127.0.0.1|127.0.0.1, 198.51.100.1|198.51.100.1",
        "127.0.0.1|unknown, 198.51.100.1|198.51.100.1",
        "127.0.0.1|198.51.100.1, unknown|nobody",
        "127.0.0.1|198.51.100.1:4711|198.51.100.1",
        "127.0.0.1|198.51.100.1:70000|nobody",
        "127.0.0.1|localhost|nobody",
        "127.0.0.1|''|nobody",
        "127.0.0.1|unknown, 127.0.0.3|nobody",
        "203.0.113.9|127.0.0.1|203.0.113.9",
        "203.0.113.9|unknown|203.0.113.9"
      })
  void MX2_client_is_certain_only_when_every_proxy_names_an_address(
      String peer, String forwarded, String client) {
    var headers = new DefaultHttpHeaders();
    if (!forwarded.equals("none")) {
      headers.add("X-Forwarded-For", forwarded);
    }
    InetAddress certain =
        new ClientAddresses(LOOPBACK).certain(new InetSocketAddress(peer, 4711), headers);
    assertThat(certain == null ? "nobody" : certain.getHostAddress()).isEqualTo(client);
  }

  @Test
  void MX2_client_without_an_address_is_unknown() {
    assertThat(
            new ClientAddresses(LOOPBACK)
                .certain(
                    InetSocketAddress.createUnresolved("localhost", 1), new DefaultHttpHeaders()))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "::/129", ""})
  void RL4_malformed_network_is_rejected_at_start(String network) {
    assertThatThrownBy(() -> new ClientAddresses(List.of(network)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
