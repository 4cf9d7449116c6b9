package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.http.GateDecision;
import dev.watchnchill.socketio.http.HttpResponses;
import dev.watchnchill.socketio.http.PeerAddress;
import dev.watchnchill.socketio.http.TransportGate;
import dev.watchnchill.socketio.limit.ConnectionSettings;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol, versions 1 and 2. */
class ProxyProtocolTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String OVERLONG =
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
          + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final Predicate<InetAddress> LOOPBACK = InetAddress::isLoopbackAddress;

  /** Answers each request with the peer's address. */
  private static SocketIoTestServer start(Predicate<InetAddress> trusted, int perAddress) {
    return SocketIoTestServer.start(config ->
        config
            .connections(
                ConnectionSettings.DEFAULT
                    .withTrustedPeers(trusted, true)
                    .withConnections(perAddress, 0))
            .httpHandler((ctx, request) -> {
              request.release();
              HttpResponses.send(
                  ctx,
                  HttpResponses.text(
                      io.netty.handler.codec.http.HttpResponseStatus.OK,
                      PeerAddress.of(ctx.channel()).getAddress().getHostAddress()));
            }));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String peer(byte[] header) throws IOException {
    try (SocketIoTestServer server = start(LOOPBACK, 100);
        var http = new RawHttp(server.port())) {
      var all = new ByteArrayOutputStream();
      all.writeBytes(header);
      all.writeBytes("GET /peer HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      http.send(all.toByteArray());
      String first = http.read().body();
      assertThat(http.get("/again").body()).isEqualTo(first);
      return first;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 203.0.113.7 198.51.100.1 40021 443, 203.0.113.7",
    "PROXY TCP6 2001:db8::7 2001:db8::1 40021 443, 2001:db8:0:0:0:0:0:7",
    "PROXY UNKNOWN, 127.0.0.1",
    "PROXY UNKNOWN ffff::1 ffff::2 1 2, 127.0.0.1",
  })
  void TR10_header_of_version_1_sets_the_peer(String line, String expected) throws IOException {
    assertThat(peer((line + "\r\n").getBytes(StandardCharsets.US_ASCII))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // PROXY over TCP4, with and without a type-length-value (an id of four bytes).
    "2111000c, cb007107c633640130391f90, 203.0.113.7",
    "21110013, cb007107c633640130391f90050004aabbccdd, 203.0.113.7",
    "21210024, 20010db800000000000000000000000720010db800000000000000000000000130391f90, "
        + "2001:db8:0:0:0:0:0:7",
    // LOCAL: a connection of the proxy itself.
    "20000000, '', 127.0.0.1",
    "2011000c, cb007107c633640130391f90, 127.0.0.1",
    // UNSPEC.
    "21000000, '', 127.0.0.1",
  })
  void TR10_header_of_version_2_sets_the_peer(String head, String rest, String expected)
      throws IOException {
    assertThat(peer(bytes(SIGNATURE + head + rest))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /peer HTTP/1.1\r\nHost: x\r\n\r\n",
        "PROXY TCP4 203.0.113.7 198.51.100.1 40021\r\n\r\n",
        "PROXY TCP4 nobody 198.51.100.1 40021 443\r\n\r\n",
        "PROXY TCP4 203.0.113.7 198.51.100.1 99999 443\r\n\r\n",
        "PROXY TCP5 203.0.113.7 198.51.100.1 40021 443\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + OVERLONG,
      })
  void TR10_connection_without_a_valid_header_is_closed(String text) throws IOException {
    assertClosed(text.getBytes(StandardCharsets.ISO_8859_1));
    assertClosed(("PROXY TCP4 " + "1".repeat(200) + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Version 3; an unknown command; addresses cut short; a datagram; a UNIX socket.
        "3111000c" + "cb007107c633640130391f90",
        "2511000c" + "cb007107c633640130391f90",
        "21110004" + "cb007107",
        "2112000c" + "cb007107c633640130391f90",
        // A value that is longer than the header.
        "21110010" + "cb007107c633640130391f90" + "05ffffaa",
      })
  void TR10_header_of_version_2_that_is_broken_or_too_large_is_closed(String hex)
      throws IOException {
    assertClosed(bytes(SIGNATURE + hex));
  }

  @Test
  void TR10_header_larger_than_its_bound_is_closed_before_it_is_complete() throws IOException {
    assertClosed(bytes(SIGNATURE + "2111200c" + "cb007107c633640130391f90" + "00".repeat(2_000)));
  }

  @Test
  void TR10_connection_without_a_header_after_five_seconds_is_closed() throws IOException {
    assertClosed("PROXY TCP4 203.0.113.7".getBytes(StandardCharsets.US_ASCII));
  }

  private static void assertClosed(byte[] header) throws IOException {
    try (SocketIoTestServer server = start(LOOPBACK, 100);
        var http = new RawHttp(server.port())) {
      http.send(header);
      assertThat(http.readsEnd()).isTrue();
      await().until(() -> server.metrics().connections().proxyHeadersRejected() == 1);
    }
  }

  @Test
  void TR10_header_of_a_peer_that_is_not_trusted_is_not_read() throws IOException {
    try (SocketIoTestServer server = start(_ -> false, 100);
        var http = new RawHttp(server.port())) {
      assertThat(http.readsEnd()).isTrue();
      assertThat(server.metrics().connections().proxyHeadersRejected()).isEqualTo(1);
    }
  }

  @Test
  void TR10_header_in_single_bytes_is_read() throws IOException {
    try (SocketIoTestServer server = start(LOOPBACK, 100);
        var http = new RawHttp(server.port())) {
      for (char c : "PROXY TCP4 203.0.113.7 198.51.100.1 40021 443\r\n".toCharArray()) {
        http.send(String.valueOf(c));
      }
      assertThat(http.get("/peer").body()).isEqualTo("203.0.113.7");
    }
  }

  @Test
  void TR10_connections_are_counted_for_the_address_in_the_header() throws IOException {
    try (SocketIoTestServer server = start(LOOPBACK, 2);
        var first = connectAs(server, "203.0.113.7");
        var second = connectAs(server, "203.0.113.7");
        var third = connectAs(server, "203.0.113.7");
        var other = connectAs(server, "203.0.113.8")) {
      assertThat(first.get("/peer").status()).isEqualTo(200);
      assertThat(second.get("/peer").status()).isEqualTo(200);
      assertThat(third.readsEnd()).isTrue();
      assertThat(other.get("/peer").status()).isEqualTo(200);
      assertThat(server.metrics().connections().rejectedByAddress()).isEqualTo(1);
    }
  }

  private static RawHttp connectAs(SocketIoTestServer server, String address) throws IOException {
    var http = new RawHttp(server.port());
    http.send("PROXY TCP4 " + address + " 198.51.100.1 40021 443\r\n");
    // Wait until the connection is counted, so that the order of the three is certain.
    if (server.metrics().connections().rejectedByAddress() == 0) {
      http.send("GET /peer HTTP/1.1\r\nHost: x\r\n\r\n");
      try {
        http.read();
      } catch (IOException e) {
        return http;
      }
    }
    return http;
  }

  @Test
  void TR10_session_and_gate_get_the_address_in_the_header() throws IOException {
    var seen = new java.util.concurrent.LinkedBlockingQueue<String>();
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config ->
                config
                    .connections(ConnectionSettings.DEFAULT.withTrustedPeers(LOOPBACK, true))
                    .gate(
                        TransportGate.of(request -> {
                          seen.add(request.remoteAddress().getAddress().getHostAddress());
                          return GateDecision.allow();
                        })));
        var http = new RawHttp(server.port())) {
      var _ =
          server
              .main()
              .onConnection(socket ->
                  seen.add(socket.handshake().remoteAddress().getAddress().getHostAddress()));
      http.send("PROXY TCP4 203.0.113.7 198.51.100.1 40021 443\r\n");
      String sid =
          EngineIoRequests.json(http.get(EngineIoRequests.POLLING).body(), 1)
              .get("sid")
              .stringValue();
      assertThat(http.post(EngineIoRequests.poll(sid), "40").status()).isEqualTo(200);
      await().until(() -> seen.size() == 2);
      assertThat(seen).containsOnly("203.0.113.7");
    }
  }
}
