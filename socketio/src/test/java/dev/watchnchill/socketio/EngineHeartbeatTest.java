package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pings, pongs, and what happens without them. */
class EngineHeartbeatTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server =
        TestServer.start(config ->
            config.pingInterval(Duration.ofMillis(100)).pingTimeout(Duration.ofMillis(400)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private long timeouts() {
    return server.metrics().closes().getOrDefault(CloseReason.PING_TIMEOUT, 0L);
  }

  @Test
  void EIO_websocket_that_answers_pings_stays() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      for (int i = 0; i < 8; i++) {
        assertThat(socket.readText()).isEqualTo("2");
        socket.sendText("3");
      }
      assertThat(server.metrics().sessions()).isEqualTo(1);
    }
  }

  @Test
  void EIO_polling_session_that_answers_pings_stays() throws IOException {
    String sid = Eio.connect(server.port());
    for (int i = 0; i < 8; i++) {
      assertThat(Eio.poll(server.port(), sid).body()).isEqualTo("2");
      assertThat(Eio.post(server.port(), sid, "3").body()).isEqualTo("ok");
    }
    assertThat(timeouts()).isZero();
  }

  @Test
  void EIO_websocket_without_pong_is_closed() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      assertThat(socket.readText()).isEqualTo("2");
      assertThat(socket.readClose()).isZero();
      server.awaitSessions(0);
      assertThat(timeouts()).isEqualTo(1);
    }
  }

  @Test
  void EIO_polling_session_without_pong_is_closed_and_its_poll_told() throws IOException {
    String sid = Eio.connect(server.port());
    assertThat(Eio.poll(server.port(), sid).body()).isEqualTo("2");
    assertThat(Eio.poll(server.port(), sid).body()).isEqualTo("1");
    assertThat(timeouts()).isEqualTo(1);
    assertThat(Eio.poll(server.port(), sid).status()).isEqualTo(400);
  }

  @Test
  void EIO_polling_session_that_never_polls_is_closed() throws IOException {
    String sid = Eio.open(server.port());
    server.awaitSessions(0);
    assertThat(Eio.poll(server.port(), sid).status()).isEqualTo(400);
    assertThat(timeouts()).isEqualTo(1);
  }

  @Test
  void EIO_one_silent_socket_does_not_take_others_along() throws IOException {
    try (RawWebSocket silent = RawWebSocket.connect(server.port());
        RawWebSocket lively = RawWebSocket.connect(server.port())) {
      while (timeouts() == 0) {
        assertThat(lively.readText()).isEqualTo("2");
        lively.sendText("3");
      }
      assertThat(silent.readClose()).isZero();
      assertThat(server.metrics().sessions()).isEqualTo(1);
    }
  }
}
