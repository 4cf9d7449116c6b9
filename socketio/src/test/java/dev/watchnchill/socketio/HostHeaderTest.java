package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code Host} header, on every path. */
class HostHeaderTest {
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

  private static int status(String target, String version, String headers) throws IOException {
    try (SocketIoTestServer server = SocketIoTestServer.start();
        var http = new RawHttp(server.port())) {
      http.send("GET " + target + " " + version + "\r\n" + headers + "\r\n");
      return http.read().status();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: a\r\nHost: a\r\n",
        "Host: a\r\nhost: b\r\n",
        "Host: a, b\r\n",
        "Host: a b\r\n",
        "Host: a/b\r\n",
        "Host: user@a\r\n",
      })
  void TR9_missing_second_or_malformed_host_is_400(String host) throws IOException {
    assertThat(status("/page", "HTTP/1.1", host)).isEqualTo(400);
    assertThat(status(EngineIoRequests.POLLING, "HTTP/1.1", host)).isEqualTo(400);
    assertThat(status(EngineIoRequests.WEBSOCKET, "HTTP/1.1", host + UPGRADE)).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: a.example\r\n",
        "Host: my_nas.lan:3000\r\n",
        "Host: [2001:db8::1]:3000\r\n",
        "Host:\r\n"
      })
  void TR9_one_host_is_enough(String host) throws IOException {
    assertThat(status("/page", "HTTP/1.1", host)).isEqualTo(404);
    assertThat(status(EngineIoRequests.POLLING, "HTTP/1.1", host)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a\r\n"})
  void TR9_http_1_0_needs_no_host(String host) throws IOException {
    assertThat(status(EngineIoRequests.POLLING, "HTTP/1.0", host)).isEqualTo(200);
    assertThat(status(EngineIoRequests.POLLING, "HTTP/1.0", "Host: a\r\nHost: b\r\n"))
        .isEqualTo(400);
  }
}
