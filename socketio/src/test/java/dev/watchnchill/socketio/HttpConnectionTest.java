package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.http.HttpResponses;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keep-alive, pipelining and malformed requests. */
class HttpConnectionTest extends HttpScenario {
  @Test
  void HTTP1_one_connection_serves_many_requests() throws IOException {
    with(
        config -> config,
        (server, http) -> {
          for (int i = 0; i < 50; i++) {
            assertThat(http.get(EngineIoRequests.POLLING).status()).isEqualTo(200);
            assertThat(http.get("/nowhere").status()).isEqualTo(404);
          }
        });
  }

  @Test
  void HTTP1_connection_close_closes_the_connection() throws IOException {
    with(
        config -> config,
        (server, http) -> {
          RawHttp.Response response = http.get(EngineIoRequests.POLLING, "Connection: close");
          assertThat(response.header("connection")).isEqualTo("close");
          assertThat(http.readsEnd()).isTrue();
        });
  }

  @Test
  void HTTP1_http_1_0_connection_closes_without_keep_alive() throws IOException {
    with(
        config -> config,
        (server, http) -> {
          http.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
          assertThat(http.read().header("connection")).isEqualTo("keep-alive");
          http.send("GET /b HTTP/1.0\r\n\r\n");
          assertThat(http.read().header("connection")).isEqualTo("close");
          assertThat(http.readsEnd()).isTrue();
        });
  }

  @Test
  void HTTP1_pipelined_requests_are_answered_in_order() throws IOException {
    with(
        config ->
            config.httpHandler((ctx, request) -> {
              String uri = request.uri();
              request.release();
              ctx.executor()
                  .execute(() ->
                      HttpResponses.send(ctx, HttpResponses.text(HttpResponseStatus.OK, uri)));
            }),
        (server, http) -> {
          var all = new StringBuilder();
          for (int i = 0; i < 20; i++) {
            all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
          }
          http.send(all.toString());
          for (int i = 0; i < 20; i++) {
            assertThat(http.read().body()).isEqualTo("/" + i);
          }
        });
  }

  @Test
  void HTTP1_expect_100_continue_is_answered() throws IOException {
    with(
        config -> config,
        (server, http) -> {
          String sid = EngineIoRequests.connect(server.port());
          http.send(
              "POST "
                  + EngineIoRequests.poll(sid)
                  + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
          assertThat(http.read().status()).isEqualTo(100);
          http.send("3");
          assertThat(http.read().body()).isEqualTo("ok");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "GET / HTTP/9.9.9\r\n\r\n",
        "GET /socket.io/ HTTP/1.1\r\nBad Header Name: x\r\n\r\n",
        "GET /socket.io/ HTTP/1.1\r\nOrigin: a\u0000b\r\n\r\n",
        "POST /socket.io/ HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        "POST /socket.io/ HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        "POST /socket.io/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      })
  void HTTP2_malformed_request_closes_only_its_connection(String request) throws IOException {
    with(
        config -> config,
        (server, http) -> {
          http.send(request);
          assertThat(http.read().status()).isEqualTo(400);
          assertThat(http.readsEnd()).isTrue();
          assertThat(EngineIoRequests.open(server.port())).isNotEmpty();
        });
  }

  @Test
  void HTTP2_too_long_line_is_414_and_too_long_headers_are_431() throws IOException {
    with(
        config -> config,
        (server, http) -> {
          http.sendRequest("GET", "/" + "x".repeat(9000), "");
          assertThat(http.read().status()).isEqualTo(414);
        });
    with(
        config -> config,
        (server, http) -> {
          http.sendRequest("GET", "/", "", "X: " + "x".repeat(20_000));
          assertThat(http.read().status()).isEqualTo(431);
        });
  }
}
