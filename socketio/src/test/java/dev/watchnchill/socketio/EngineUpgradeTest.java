package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The move of a session from long-polling to websocket. */
class EngineUpgradeTest {
  private TestServer server;
  private String sid;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(config -> config.eventLoops(3));
    sid = Eio.connect(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawWebSocket probe() throws IOException {
    RawWebSocket socket = RawWebSocket.open(server.port(), Eio.upgrade(sid));
    socket.sendText("2probe");
    assertThat(socket.readText()).isEqualTo("3probe");
    return socket;
  }

  @Test
  void EIO_upgrade_moves_the_session() throws IOException {
    try (RawWebSocket socket = probe()) {
      assertThat(server.metrics().pollingSessions()).isEqualTo(1);
      socket.sendText("5");
      socket.sendText("42[\"echo\",1]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
      assertThat(server.metrics().pollingSessions()).isZero();
      assertThat(server.metrics().websocketSessions()).isEqualTo(1);
    }
    server.awaitSessions(0);
  }

  @Test
  void EIO_upgrade_flushes_polling_queue_in_order() throws IOException {
    for (int i = 0; i < 50; i++) {
      Eio.post(server.port(), sid, "42[\"echo\"," + i + "]");
    }
    try (RawWebSocket socket = probe()) {
      socket.sendText("5");
      socket.sendText("42[\"echo\",50]");
      for (int i = 0; i <= 50; i++) {
        assertThat(socket.readText()).isEqualTo("42[\"echoed\"," + i + "]");
      }
    }
  }

  @Test
  void EIO_upgrade_flushes_binary_of_the_polling_queue_as_frames() throws IOException {
    Eio.post(server.port(), sid, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
    try (RawWebSocket socket = probe()) {
      socket.sendText("5");
      assertThat(socket.readText()).startsWith("451-");
      assertThat(socket.readBinary()).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void EIO_upgrade_ends_a_waiting_poll_with_noop() throws IOException {
    try (var http = new RawHttp(server.port())) {
      http.sendRequest("GET", Eio.poll(sid), "");
      try (RawWebSocket socket = probe()) {
        assertThat(http.read().body()).isEqualTo("6");
        socket.sendText("5");
        socket.sendText("42[\"echo\",1]");
        assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
      }
    }
  }

  @Test
  void EIO_poll_during_an_upgrade_is_ended_with_noop() throws IOException {
    try (RawWebSocket socket = probe()) {
      assertThat(Eio.poll(server.port(), sid).body()).isEqualTo("6");
      socket.sendText("5");
      socket.sendText("42[\"echo\",1]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
    }
  }

  @Test
  void EIO_post_during_an_upgrade_is_taken() throws IOException {
    try (RawWebSocket socket = probe()) {
      assertThat(Eio.post(server.port(), sid, "42[\"echo\",1]").body()).isEqualTo("ok");
      socket.sendText("5");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
    }
  }

  @Test
  void EIO_poll_after_the_upgrade_is_refused_and_harmless() throws IOException {
    try (RawWebSocket socket = probe()) {
      socket.sendText("5");
      socket.sendText("42[\"echo\",1]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
      assertThat(Eio.poll(server.port(), sid).status()).isEqualTo(400);
      assertThat(Eio.post(server.port(), sid, "42[\"echo\",2]").status()).isEqualTo(400);
      socket.sendText("42[\"echo\",3]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",3]");
    }
  }

  @Test
  void EIO_second_websocket_is_closed_and_harmless() throws IOException {
    try (RawWebSocket socket = probe();
        RawWebSocket during = RawWebSocket.open(server.port(), Eio.upgrade(sid))) {
      assertThat(during.readClose()).isEqualTo(1000);
      socket.sendText("5");
      socket.sendText("42[\"echo\",1]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
      try (RawWebSocket after = RawWebSocket.open(server.port(), Eio.upgrade(sid))) {
        assertThat(after.readClose()).isEqualTo(1000);
      }
      socket.sendText("42[\"echo\",2]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",2]");
    }
  }

  @Test
  void EIO_failed_probe_leaves_the_session_on_polling_and_free_to_try_again() throws IOException {
    for (String wrong : new String[] {"5", "2", "42[\"echo\",0]", "x"}) {
      try (RawWebSocket socket = RawWebSocket.open(server.port(), Eio.upgrade(sid))) {
        socket.sendText(wrong);
        assertThat(socket.readClose()).as(wrong).isEqualTo(1002);
      }
    }
    Eio.post(server.port(), sid, "42[\"echo\",1]");
    assertThat(Eio.poll(server.port(), sid).body()).isEqualTo("42[\"echoed\",1]");
    try (RawWebSocket socket = probe()) {
      socket.sendText("5");
      socket.sendText("42[\"echo\",2]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",2]");
    }
  }

  @Test
  void EIO_upgrade_that_is_not_completed_in_time_is_given_up() throws IOException {
    server.close();
    server = TestServer.start(config -> config.upgradeTimeout(Duration.ofMillis(50)));
    sid = Eio.connect(server.port());
    try (RawWebSocket socket = RawWebSocket.open(server.port(), Eio.upgrade(sid))) {
      assertThat(socket.readClose()).isEqualTo(1000);
    }
    Eio.post(server.port(), sid, "42[\"echo\",1]");
    assertThat(Eio.poll(server.port(), sid).body()).isEqualTo("42[\"echoed\",1]");
  }

  @Test
  void EIO_upgrade_of_an_unknown_session_is_400() throws IOException {
    try (var http = new RawHttp(server.port())) {
      RawHttp.Response response = RawWebSocket.handshake(http, Eio.upgrade("nobody"));
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).contains("Session ID unknown");
    }
  }

  @Test
  void EIO_session_that_closes_takes_its_probing_websocket_along() throws IOException {
    try (RawWebSocket socket = probe()) {
      Eio.post(server.port(), sid, "1");
      assertThat(socket.readClose()).isEqualTo(1000);
    }
    server.awaitSessions(0);
  }
}
