package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pings, pongs and missing pongs. */
class EngineHeartbeatTest {
  /** Long enough for every pong of a test, however slow the machine is. */
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(400);

  private static SocketIoTestServer start(Duration pingTimeout) {
    return SocketIoTestServer.start(
        config -> config.pingInterval(Duration.ofMillis(100)).pingTimeout(pingTimeout));
  }

  private static long timeouts(SocketIoTestServer server) {
    return server.metrics().closes().getOrDefault(CloseReason.PING_TIMEOUT, 0L);
  }

  @Test
  void EIO11_websocket_that_answers_pings_stays() throws IOException {
    try (SocketIoTestServer server = start(LONG_TIMEOUT);
        RawWebSocket socket = RawWebSocket.connect(server.port())) {
      for (int i = 0; i < 8; i++) {
        assertThat(socket.readText()).isEqualTo("2");
        socket.sendText("3");
      }
      assertThat(server.metrics().sessions()).isEqualTo(1);
    }
  }

  @Test
  void EIO11_polling_session_that_answers_pings_stays() throws IOException {
    try (SocketIoTestServer server = start(LONG_TIMEOUT)) {
      String sid = EngineIoRequests.connect(server.port());
      for (int i = 0; i < 8; i++) {
        assertThat(EngineIoRequests.poll(server.port(), sid).body()).isEqualTo("2");
        assertThat(EngineIoRequests.post(server.port(), sid, "3").body()).isEqualTo("ok");
      }
      assertThat(timeouts(server)).isZero();
      EngineIoRequests.post(server.port(), sid, "1");
    }
  }

  @Test
  void EIO11_websocket_without_pong_is_closed() throws IOException {
    try (SocketIoTestServer server = start(SHORT_TIMEOUT);
        RawWebSocket socket = RawWebSocket.connect(server.port())) {
      assertThat(socket.readText()).isEqualTo("2");
      assertThat(socket.readClose()).isZero();
      server.awaitSessions(0);
      assertThat(timeouts(server)).isEqualTo(1);
    }
  }

  @Test
  void EIO11_polling_session_without_pong_is_closed_and_its_poll_answered() throws IOException {
    try (SocketIoTestServer server = start(SHORT_TIMEOUT)) {
      String sid = EngineIoRequests.connect(server.port());
      try (var http = new RawHttp(server.port())) {
        // The second poll is already there when the ping ends the first one.
        http.sendRequest("GET", EngineIoRequests.poll(sid), "");
        http.sendRequest("GET", EngineIoRequests.poll(sid), "");
        assertThat(http.read().body()).isEqualTo("2");
        assertThat(http.read().body()).isEqualTo("1");
      }
      assertThat(timeouts(server)).isEqualTo(1);
      assertThat(EngineIoRequests.poll(server.port(), sid).status()).isEqualTo(400);
    }
  }

  @Test
  void EIO11_polling_session_that_never_polls_is_closed() throws IOException {
    try (SocketIoTestServer server = start(SHORT_TIMEOUT)) {
      String sid = EngineIoRequests.open(server.port());
      server.awaitSessions(0);
      assertThat(EngineIoRequests.poll(server.port(), sid).status()).isEqualTo(400);
      assertThat(timeouts(server)).isEqualTo(1);
    }
  }

  @Test
  void EIO11_socket_without_pong_does_not_affect_others() throws IOException {
    try (SocketIoTestServer server = start(Duration.ofSeconds(2));
        RawWebSocket silent = RawWebSocket.connect(server.port());
        RawWebSocket answering = RawWebSocket.connect(server.port())) {
      while (timeouts(server) == 0) {
        assertThat(answering.readText()).isEqualTo("2");
        answering.sendText("3");
      }
      assertThat(silent.readClose()).isZero();
      assertThat(server.metrics().sessions()).isEqualTo(1);
    }
  }
}
