package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.socketio.http.GateDecision;
import dev.watchnchill.socketio.http.TransportGate;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rejections by a gate. */
class GateRejectionTest extends HttpScenario {
  @Test
  void GATE4_rejection_is_the_response() throws IOException {
    with(
        config ->
            config.gate(
                TransportGate.of(request ->
                    GateDecision.reject(429, Map.of("Retry-After", "7"), "Too Many Requests"))),
        (server, http) -> {
          RawHttp.Response response = http.get(EngineIoRequests.POLLING);
          assertThat(response.status()).isEqualTo(429);
          assertThat(response.header("retry-after")).isEqualTo("7");
          assertThat(response.header("content-type")).isEqualTo("text/plain; charset=utf-8");
          assertThat(response.body()).isEqualTo("Too Many Requests");
          assertThat(RawWebSocket.handshake(http, EngineIoRequests.WEBSOCKET).status())
              .isEqualTo(429);
          assertThat(server.metrics().sessions()).isZero();
        });
  }

  @Test
  void GATE3_gate_that_throws_rejects() throws IOException {
    with(
        config ->
            config.gate(
                TransportGate.of(request -> {
                  throw new IllegalStateException("this gate fails on purpose");
                })),
        (server, http) -> assertThat(http.get(EngineIoRequests.POLLING).status()).isEqualTo(503));
  }

  @Test
  void GATE4_status_of_a_rejection_is_an_error_status() {
    assertThatThrownBy(() -> GateDecision.reject(200, Map.of(), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
