package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Headers of an application in responses, as the reference server's two events add them. */
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
  void HEADERS_initial_ones_are_in_the_first_response_alone_and_others_in_each()
      throws IOException {
    try (TestServer server = TestServer.start(config -> config.responseHeaders(STICKY));
        var http = new RawHttp(server.port())) {
      RawHttp.Response first = http.get(Eio.POLLING);
      assertThat(first.header("set-cookie")).isEqualTo("instance=a; Path=/; HttpOnly, second=b");
      assertThat(first.header("x-kind")).isEqualTo("HANDSHAKE");
      String sid = Eio.json(first.body(), 1).get("sid").stringValue();
      RawHttp.Response post = http.post(Eio.poll(sid), "40");
      RawHttp.Response poll = http.get(Eio.poll(sid));
      assertThat(post.header("x-kind")).isEqualTo("POLL");
      assertThat(poll.header("x-kind")).isEqualTo("POLL");
      assertThat(post.headers()).doesNotContainKey("set-cookie");
      assertThat(poll.headers()).doesNotContainKey("set-cookie");
      RawHttp.Response upgrade = RawWebSocket.handshake(http, Eio.upgrade(sid));
      assertThat(upgrade.status()).isEqualTo(101);
      assertThat(upgrade.header("x-kind")).isEqualTo("UPGRADE");
      assertThat(upgrade.headers()).doesNotContainKey("set-cookie");
    }
  }

  @Test
  void HEADERS_of_a_websocket_handshake_are_initial_too() throws IOException {
    try (TestServer server = TestServer.start(config -> config.responseHeaders(STICKY));
        var http = new RawHttp(server.port())) {
      RawHttp.Response response = RawWebSocket.handshake(http, Eio.WEBSOCKET);
      assertThat(response.status()).isEqualTo(101);
      assertThat(response.header("set-cookie")).startsWith("instance=a");
      assertThat(response.header("x-kind")).isEqualTo("HANDSHAKE");
    }
  }

  @Test
  void HEADERS_that_delimit_a_response_cannot_be_changed() throws IOException {
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
    try (TestServer server = TestServer.start(config -> config.responseHeaders(hostile));
        var http = new RawHttp(server.port())) {
      assertThat(http.get(Eio.POLLING).body()).startsWith("0{").endsWith("}");
      RawHttp.Response upgrade = RawWebSocket.handshake(http, Eio.WEBSOCKET);
      assertThat(upgrade.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(upgrade.header("connection")).isEqualToIgnoringCase("upgrade");
    }
  }

  @Test
  void HEADERS_that_fail_or_would_split_the_response_are_left_out() throws IOException {
    var failing =
        new ResponseHeaders() {
          @Override
          public void each(HttpHeaders response, TransportRequest request) {
            response.set("X-Half", "1");
            response.set("X-Split", "a\r\nX-Injected: 1");
          }
        };
    try (TestServer server = TestServer.start(config -> config.responseHeaders(failing));
        var http = new RawHttp(server.port())) {
      RawHttp.Response response = http.get(Eio.POLLING);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers()).doesNotContainKeys("x-half", "x-split", "x-injected");
    }
  }

  @Test
  void HEADERS_are_not_in_errors() throws IOException {
    try (TestServer server = TestServer.start(config -> config.responseHeaders(STICKY));
        var http = new RawHttp(server.port())) {
      assertThat(http.get(Eio.poll("nobody")).headers()).doesNotContainKeys("set-cookie", "x-kind");
    }
  }
}
