package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP around the transports: keep-alive, CORS, the gate, and requests outside of the path. */
class HttpTest {
  private static final String APP = "https://app.example";

  private interface Body {
    void run(TestServer server, RawHttp http) throws IOException;
  }

  private static void with(UnaryOperator<SocketIoConfig.Builder> configure, Body body)
      throws IOException {
    try (TestServer server = TestServer.start(configure);
        var http = new RawHttp(server.port())) {
      body.run(server, http);
    }
  }

  // ---- keep-alive ----

  @Test
  void HTTP_one_connection_serves_many_requests() throws IOException {
    with(
        config -> config,
        (server, http) -> {
          for (int i = 0; i < 50; i++) {
            assertThat(http.get(Eio.POLLING).status()).isEqualTo(200);
            assertThat(http.get("/nowhere").status()).isEqualTo(404);
          }
        });
  }

  @Test
  void HTTP_connection_close_is_honoured() throws IOException {
    with(
        config -> config,
        (server, http) -> {
          RawHttp.Response response = http.get(Eio.POLLING, "Connection: close");
          assertThat(response.header("connection")).isEqualTo("close");
          assertThat(http.readsEnd()).isTrue();
        });
  }

  @Test
  void HTTP_1_0_closes_unless_asked_to_stay() throws IOException {
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
  void HTTP_pipelined_requests_are_answered_in_order() throws IOException {
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
  void HTTP_expect_100_continue_is_answered() throws IOException {
    with(
        config -> config,
        (server, http) -> {
          String sid = Eio.connect(server.port());
          http.send(
              "POST "
                  + Eio.poll(sid)
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
  void HTTP_malformed_request_closes_that_connection_only(String request) throws IOException {
    with(
        config -> config,
        (server, http) -> {
          http.send(request);
          assertThat(http.read().status()).isEqualTo(400);
          assertThat(http.readsEnd()).isTrue();
          assertThat(Eio.open(server.port())).isNotEmpty();
        });
  }

  @Test
  void HTTP_too_long_line_and_headers_have_statuses_of_their_own() throws IOException {
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

  // ---- outside of the path ----

  @Test
  void HTTP_handler_gets_what_is_outside_the_path() throws IOException {
    with(
        config ->
            config.httpHandler((ctx, request) -> {
              String body = request.content().toString(StandardCharsets.UTF_8);
              String answer = request.method() + " " + request.uri() + " " + body;
              request.release();
              HttpResponses.send(ctx, HttpResponses.text(HttpResponseStatus.OK, answer));
            }),
        (server, http) -> {
          assertThat(http.post("/x?y=1", "hello").body()).isEqualTo("POST /x?y=1 hello");
          assertThat(http.get(Eio.POLLING).body()).startsWith("0{");
          assertThat(http.post("/x", "x".repeat(70_000)).status()).isEqualTo(413);
        });
  }

  @Test
  void HTTP_handler_may_stream_chunks_and_files(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("film"), "f".repeat(300_000));
    with(
        config -> config.httpHandler((ctx, request) -> stream(ctx, request, file)),
        (server, http) -> {
          assertThat(http.get("/chunks").body()).isEqualTo("one two");
          assertThat(http.get("/file").body()).hasSize(300_000).matches("f+");
          assertThat(http.request("HEAD", "/file", "").header("content-length"))
              .isEqualTo("300000");
          assertThat(http.get("/chunks").body()).isEqualTo("one two");
        });
  }

  private static void stream(ChannelHandlerContext ctx, FullHttpRequest request, Path file) {
    boolean wantsFile = request.uri().equals("/file");
    boolean head = request.method().name().equals("HEAD");
    request.release();
    var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    if (wantsFile) {
      HttpUtil.setContentLength(response, file.toFile().length());
    } else {
      HttpUtil.setTransferEncodingChunked(response, true);
    }
    var _ = ctx.write(response);
    if (wantsFile && !head) {
      var _ = ctx.write(new DefaultFileRegion(file.toFile(), 0, file.toFile().length()));
    } else if (!wantsFile) {
      var _ =
          ctx.write(new DefaultHttpContent(Unpooled.copiedBuffer("one ", StandardCharsets.UTF_8)));
      var _ =
          ctx.write(new DefaultHttpContent(Unpooled.copiedBuffer("two", StandardCharsets.UTF_8)));
    }
    var _ = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  @Test
  void HTTP_handler_that_fails_is_500_and_harmless() throws IOException {
    with(
        config ->
            config.httpHandler((ctx, request) -> {
              request.release();
              throw new IllegalStateException("this handler fails on purpose");
            }),
        (server, http) -> {
          assertThat(http.get("/x").status()).isEqualTo(500);
          assertThat(http.get("/x").body()).isEqualTo("internal server error");
        });
  }

  @Test
  void HTTP_response_without_length_is_delimited_by_the_end() throws IOException {
    with(
        config ->
            config.httpHandler((ctx, request) -> {
              request.release();
              var _ =
                  ctx.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
              var _ = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            }),
        (server, http) -> {
          assertThat(http.get("/x").header("connection")).isEqualTo("close");
          assertThat(http.readsEnd()).isTrue();
        });
  }

  // ---- CORS ----

  @Test
  void CORS_listed_origin_is_answered_with_itself() throws IOException {
    with(
        config -> config.cors(CorsPolicy.of(Set.of(APP), true)),
        (server, http) -> {
          RawHttp.Response response = http.get(Eio.POLLING, "Origin: " + APP);
          assertThat(response.header("access-control-allow-origin")).isEqualTo(APP);
          assertThat(response.header("access-control-allow-credentials")).isEqualTo("true");
          assertThat(response.header("vary")).isEqualTo("Origin");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "https://app.example.evil.example",
        "http://app.example",
        "https://app.example:8443",
        "https://sub.app.example",
        "null",
      })
  void CORS_other_origin_gets_no_headers_and_no_websocket(String origin) throws IOException {
    with(
        config -> config.cors(CorsPolicy.of(Set.of(APP), true)),
        (server, http) -> {
          RawHttp.Response response = http.get(Eio.POLLING, "Origin: " + origin);
          assertThat(response.headers())
              .doesNotContainKey("access-control-allow-origin")
              .doesNotContainKey("access-control-allow-credentials");
          RawHttp.Response upgrade =
              RawWebSocket.handshake(http, Eio.WEBSOCKET, "Origin: " + origin);
          assertThat(upgrade.status()).isEqualTo(403);
          assertThat(upgrade.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        });
  }

  @Test
  void CORS_websocket_is_open_to_listed_same_and_absent_origins() throws IOException {
    with(
        config -> config.cors(CorsPolicy.of(Set.of(APP), false)),
        (server, http) -> {
          for (String header :
              new String[] {"Origin: " + APP, "Origin: http://localhost", "X-None: 1"}) {
            try (RawWebSocket socket = RawWebSocket.open(server.port(), Eio.WEBSOCKET, header)) {
              assertThat(socket.readText()).startsWith("0");
            }
          }
        });
  }

  @Test
  void CORS_any_origin_is_a_star_never_a_reflection() throws IOException {
    with(
        config -> config.cors(CorsPolicy.any()),
        (server, http) -> {
          RawHttp.Response response = http.get(Eio.POLLING, "Origin: https://evil.example");
          assertThat(response.header("access-control-allow-origin")).isEqualTo("*");
          assertThat(response.headers()).doesNotContainKey("access-control-allow-credentials");
          assertThat(
                  RawWebSocket.handshake(http, Eio.WEBSOCKET, "Origin: https://evil.example")
                      .status())
              .isEqualTo(101);
        });
  }

  @Test
  void CORS_preflight_is_answered_for_listed_origins_only() throws IOException {
    with(
        config -> config.cors(CorsPolicy.of(Set.of(APP), true)),
        (server, http) -> {
          RawHttp.Response allowed =
              http.request(
                  "OPTIONS",
                  Eio.POLLING,
                  "",
                  "Origin: " + APP,
                  "Access-Control-Request-Method: POST",
                  "Access-Control-Request-Headers: content-type");
          assertThat(allowed.status()).isEqualTo(204);
          assertThat(allowed.header("access-control-allow-methods")).isEqualTo("GET,POST");
          assertThat(allowed.header("access-control-allow-headers")).isEqualTo("content-type");
          RawHttp.Response refused =
              http.request("OPTIONS", Eio.POLLING, "", "Origin: https://evil.example");
          assertThat(refused.status()).isEqualTo(204);
          assertThat(refused.headers())
              .doesNotContainKey("access-control-allow-origin")
              .doesNotContainKey("access-control-allow-methods");
          assertThat(server.metrics().sessions()).isZero();
        });
  }

  @Test
  void CORS_errors_carry_the_headers_too() throws IOException {
    with(
        config -> config.cors(CorsPolicy.of(Set.of(APP), false)),
        (server, http) ->
            assertThat(
                    http.get("/socket.io/?EIO=4&transport=none", "Origin: " + APP)
                        .header("access-control-allow-origin"))
                .isEqualTo(APP));
  }

  @Test
  void CORS_policy_refuses_what_is_no_origin_and_star_with_credentials() {
    for (String wrong :
        new String[] {"app.example", "https://app.example/path", "https://", "*", "a b"}) {
      assertThatThrownBy(() -> CorsPolicy.of(Set.of(wrong), false))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new CorsPolicy(Set.of(), true, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- the gate ----

  @Test
  void GATE_refusal_answers_in_place_of_the_server() throws IOException {
    with(
        config ->
            config.gate(
                TransportGate.of(request ->
                    GateDecision.refuse(429, Map.of("Retry-After", "7"), "Too Many Requests"))),
        (server, http) -> {
          RawHttp.Response response = http.get(Eio.POLLING);
          assertThat(response.status()).isEqualTo(429);
          assertThat(response.header("retry-after")).isEqualTo("7");
          assertThat(response.header("content-type")).isEqualTo("text/plain; charset=utf-8");
          assertThat(response.body()).isEqualTo("Too Many Requests");
          assertThat(RawWebSocket.handshake(http, Eio.WEBSOCKET).status()).isEqualTo(429);
          assertThat(server.metrics().sessions()).isZero();
        });
  }

  @Test
  void GATE_that_fails_refuses() throws IOException {
    with(
        config ->
            config.gate(
                TransportGate.of(request -> {
                  throw new IllegalStateException("this gate fails on purpose");
                })),
        (server, http) -> assertThat(http.get(Eio.POLLING).status()).isEqualTo(503));
  }

  @Test
  void GATE_refusal_status_is_an_error_status() {
    assertThatThrownBy(() -> GateDecision.refuse(200, Map.of(), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
