package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.http.ResponseHeaders;
import dev.watchnchill.socketio.http.TransportRequest;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Response headers of an application, as added by two events of the reference server. */
class ResponseHeadersTest {
  private static final ResponseHeaders STICKY =
      new ResponseHeaders() {
        @Override
        public void initial(HttpHeaders response, TransportRequest request) {
          response.add("Set-Cookie", "instance=a; Path=/; HttpOnly");
          response.add("Set-Cookie", "second=b");
        }

        @Override
        public void each(HttpHeaders response, TransportRequest request) {
          response.set("X-Kind", request.kind().name());
        }
      };

  @Test
  void HTTP4_initial_headers_are_in_the_first_response_and_others_in_each() throws IOException {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.responseHeaders(STICKY));
        var http = new RawHttp(server.port())) {
      RawHttp.Response first = http.get(EngineIoRequests.POLLING);
      assertThat(first.header("set-cookie")).isEqualTo("instance=a; Path=/; HttpOnly, second=b");
      assertThat(first.header("x-kind")).isEqualTo("HANDSHAKE");
      String sid = EngineIoRequests.json(first.body(), 1).get("sid").stringValue();
      RawHttp.Response post = http.post(EngineIoRequests.poll(sid), "40");
      RawHttp.Response poll = http.get(EngineIoRequests.poll(sid));
      assertThat(post.header("x-kind")).isEqualTo("POLL");
      assertThat(poll.header("x-kind")).isEqualTo("POLL");
      assertThat(post.headers()).doesNotContainKey("set-cookie");
      assertThat(poll.headers()).doesNotContainKey("set-cookie");
      RawHttp.Response upgrade = RawWebSocket.handshake(http, EngineIoRequests.upgrade(sid));
      assertThat(upgrade.status()).isEqualTo(101);
      assertThat(upgrade.header("x-kind")).isEqualTo("UPGRADE");
      assertThat(upgrade.headers()).doesNotContainKey("set-cookie");
    }
  }

  @Test
  void HTTP4_websocket_handshake_gets_the_initial_headers() throws IOException {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.responseHeaders(STICKY));
        var http = new RawHttp(server.port())) {
      RawHttp.Response response = RawWebSocket.handshake(http, EngineIoRequests.WEBSOCKET);
      assertThat(response.status()).isEqualTo(101);
      assertThat(response.header("set-cookie")).startsWith("instance=a");
      assertThat(response.header("x-kind")).isEqualTo("HANDSHAKE");
    }
  }

  @Test
  void HTTP4_headers_that_delimit_a_response_cannot_be_changed() throws IOException {
    var hostile =
        new ResponseHeaders() {
          @Override
          public void each(HttpHeaders response, TransportRequest request) {
            response.set("Content-Length", "1");
            response.set("Transfer-Encoding", "chunked");
            response.set("Sec-WebSocket-Accept", "x");
            response.set("Connection", "x");
          }
        };
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.responseHeaders(hostile));
        var http = new RawHttp(server.port())) {
      assertThat(http.get(EngineIoRequests.POLLING).body()).startsWith("0{").endsWith("}");
      RawHttp.Response upgrade = RawWebSocket.handshake(http, EngineIoRequests.WEBSOCKET);
      assertThat(upgrade.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(upgrade.header("connection")).isEqualToIgnoringCase("upgrade");
    }
  }

  @Test
  void HTTP4_invalid_headers_are_left_out() throws IOException {
    var failing =
        new ResponseHeaders() {
          @Override
          public void each(HttpHeaders response, TransportRequest request) {
            response.set("X-Half", "1");
            response.set("X-Split", "a\r\nX-Injected: 1");
          }
        };
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.responseHeaders(failing));
        var http = new RawHttp(server.port())) {
      RawHttp.Response response = http.get(EngineIoRequests.POLLING);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers()).doesNotContainKeys("x-half", "x-split", "x-injected");
    }
  }

  @Test
  void HTTP4_errors_get_no_application_headers() throws IOException {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.responseHeaders(STICKY));
        var http = new RawHttp(server.port())) {
      assertThat(http.get(EngineIoRequests.poll("nobody")).headers())
          .doesNotContainKeys("set-cookie", "x-kind");
    }
  }
}
