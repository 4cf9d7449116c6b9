package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.socketio.http.CorsPolicy;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CORS headers, and the origin check of websockets. */
class CorsTest extends HttpScenario {
  private static final String APP = "https://app.example";

  @Test
  void CORS1_listed_origin_is_allowed_by_name() throws IOException {
    with(
        config -> config.cors(CorsPolicy.of(Set.of(APP), true)),
        (server, http) -> {
          RawHttp.Response response = http.get(EngineIoRequests.POLLING, "Origin: " + APP);
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
  void CORS1_other_origin_gets_no_headers_and_no_websocket(String origin) throws IOException {
    with(
        config -> config.cors(CorsPolicy.of(Set.of(APP), true)),
        (server, http) -> {
          RawHttp.Response response = http.get(EngineIoRequests.POLLING, "Origin: " + origin);
          assertThat(response.headers())
              .doesNotContainKey("access-control-allow-origin")
              .doesNotContainKey("access-control-allow-credentials");
          RawHttp.Response upgrade =
              RawWebSocket.handshake(http, EngineIoRequests.WEBSOCKET, "Origin: " + origin);
          assertThat(upgrade.status()).isEqualTo(403);
          assertThat(upgrade.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        });
  }

  @Test
  void CORS1_listed_same_and_absent_origins_may_open_a_websocket() throws IOException {
    with(
        config -> config.cors(CorsPolicy.of(Set.of(APP), false)),
        (server, http) -> {
          for (String header :
              new String[] {"Origin: " + APP, "Origin: http://localhost", "X-None: 1"}) {
            try (RawWebSocket socket =
                RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET, header)) {
              assertThat(socket.readText()).startsWith("0");
            }
          }
        });
  }

  @Test
  void CORS2_any_origin_is_a_star_and_not_echoed() throws IOException {
    with(
        config -> config.cors(CorsPolicy.any()),
        (server, http) -> {
          RawHttp.Response response =
              http.get(EngineIoRequests.POLLING, "Origin: https://evil.example");
          assertThat(response.header("access-control-allow-origin")).isEqualTo("*");
          assertThat(response.headers()).doesNotContainKey("access-control-allow-credentials");
          assertThat(
                  RawWebSocket.handshake(
                          http, EngineIoRequests.WEBSOCKET, "Origin: https://evil.example")
                      .status())
              .isEqualTo(101);
        });
  }

  @Test
  void CORS3_preflight_allows_listed_origins_only() throws IOException {
    with(
        config -> config.cors(CorsPolicy.of(Set.of(APP), true)),
        (server, http) -> {
          RawHttp.Response allowed =
              http.request(
                  "OPTIONS",
                  EngineIoRequests.POLLING,
                  "",
                  "Origin: " + APP,
                  "Access-Control-Request-Method: POST",
                  "Access-Control-Request-Headers: content-type");
          assertThat(allowed.status()).isEqualTo(204);
          assertThat(allowed.header("access-control-allow-methods")).isEqualTo("GET,POST");
          assertThat(allowed.header("access-control-allow-headers")).isEqualTo("content-type");
          RawHttp.Response rejected =
              http.request("OPTIONS", EngineIoRequests.POLLING, "", "Origin: https://evil.example");
          assertThat(rejected.status()).isEqualTo(204);
          assertThat(rejected.headers())
              .doesNotContainKey("access-control-allow-origin")
              .doesNotContainKey("access-control-allow-methods");
          assertThat(server.metrics().sessions()).isZero();
        });
  }

  @Test
  void CORS3_errors_have_cors_headers() throws IOException {
    with(
        config -> config.cors(CorsPolicy.of(Set.of(APP), false)),
        (server, http) ->
            assertThat(
                    http.get("/socket.io/?EIO=4&transport=none", "Origin: " + APP)
                        .header("access-control-allow-origin"))
                .isEqualTo(APP));
  }

  @Test
  void CORS4_policy_rejects_invalid_origins_and_star_with_credentials() {
    for (String wrong :
        new String[] {"app.example", "https://app.example/path", "https://", "*", "a b"}) {
      assertThatThrownBy(() -> CorsPolicy.of(Set.of(wrong), false))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new CorsPolicy(Set.of(), true, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
