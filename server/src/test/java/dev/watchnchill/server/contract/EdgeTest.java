package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's own routes at the edge: bodies, the {@code Host} and the PROXY protocol. */
class EdgeTest {
  /** Sends a text on a connection of its own; the status of the answer, or 0 for none. */
  private static int status(TestServer server, String text) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String head = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      return head.isEmpty() ? 0 : Integer.parseInt(head.substring(9));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/create", "/health", "/nowhere", "/metrics"})
  void RL13_no_route_waits_for_a_body(String path) throws IOException {
    try (TestServer server = TestServer.start()) {
      String post = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n";
      assertThat(status(server, post)).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // The peer that the header names counts.
    "203.0.113.7, '', 200",
    "203.0.113.8, '', 404",
    // It is no trusted proxy: what it forwards is not believed.
    "203.0.113.8, 203.0.113.7, 404",
    // It is one: what it forwards is believed.
    "10.0.0.1, 203.0.113.7, 200",
    "10.0.0.1, 203.0.113.8, 404",
  })
  void TR10_named_address_is_the_peer_of_every_rule(String named, String forwarded, int expected)
      throws IOException {
    try (TestServer server =
        TestServer.start(
            "PROXY_PROTOCOL", "on",
            "TRUSTED_PROXIES", "127.0.0.0/8,10.0.0.0/8",
            "METRICS_ALLOWED", "203.0.113.7/32")) {
      String header = forwarded.isEmpty() ? "" : "X-Forwarded-For: " + forwarded + "\r\n";
      assertThat(
              status(
                  server,
                  "PROXY TCP4 "
                      + named
                      + " 198.51.100.1 40021 443\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n"
                      + header
                      + "\r\n"))
          .isEqualTo(expected);
    }
  }

  @Test
  void TR10_connection_without_a_header_is_closed() throws IOException {
    try (TestServer server = TestServer.start("PROXY_PROTOCOL", "on")) {
      assertThat(status(server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")).isZero();
    }
  }

  @Test
  void TR9_page_with_two_hosts_is_400() throws IOException {
    try (TestServer server = TestServer.start()) {
      assertThat(status(server, "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")).isEqualTo(400);
      assertThat(status(server, "GET / HTTP/1.1\r\n\r\n")).isEqualTo(400);
    }
  }
}
