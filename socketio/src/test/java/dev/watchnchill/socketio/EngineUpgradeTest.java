package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The upgrade of a session from long-polling to websocket. */
class EngineUpgradeTest {
  private SocketIoTestServer server;
  private String sid;

  @BeforeEach
  void start() throws IOException {
    server = SocketIoTestServer.start(config -> config.eventLoops(3));
    sid = EngineIoRequests.connect(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawWebSocket probe() throws IOException {
    RawWebSocket socket = RawWebSocket.open(server.port(), EngineIoRequests.upgrade(sid));
    socket.sendText("2probe");
    assertThat(socket.readText()).isEqualTo("3probe");
    return socket;
  }

  @Test
  void EIO9_upgrade_moves_the_session() throws IOException {
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
  void EIO9_upgrade_flushes_the_polling_queue_in_order() throws IOException {
    for (int i = 0; i < 50; i++) {
      EngineIoRequests.post(server.port(), sid, "42[\"echo\"," + i + "]");
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
  void EIO9_upgrade_flushes_binary_of_the_polling_queue_as_frames() throws IOException {
    EngineIoRequests.post(
        server.port(), sid, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
    try (RawWebSocket socket = probe()) {
      socket.sendText("5");
      assertThat(socket.readText()).startsWith("451-");
      assertThat(socket.readBinary()).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void EIO9_upgrade_ends_a_pending_poll_with_noop() throws IOException {
    try (var http = new RawHttp(server.port())) {
      http.sendRequest("GET", EngineIoRequests.poll(sid), "");
      try (RawWebSocket socket = probe()) {
        assertThat(http.read().body()).isEqualTo("6");
        socket.sendText("5");
        socket.sendText("42[\"echo\",1]");
        assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
      }
    }
  }

  @Test
  void EIO9_poll_during_an_upgrade_is_ended_with_noop() throws IOException {
    try (RawWebSocket socket = probe()) {
      assertThat(EngineIoRequests.poll(server.port(), sid).body()).isEqualTo("6");
      socket.sendText("5");
      socket.sendText("42[\"echo\",1]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
    }
  }

  @Test
  void EIO9_post_during_an_upgrade_is_accepted() throws IOException {
    try (RawWebSocket socket = probe()) {
      assertThat(EngineIoRequests.post(server.port(), sid, "42[\"echo\",1]").body())
          .isEqualTo("ok");
      socket.sendText("5");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
    }
  }

  @Test
  void EIO9_poll_after_the_upgrade_is_rejected_and_the_session_stays() throws IOException {
    try (RawWebSocket socket = probe()) {
      socket.sendText("5");
      socket.sendText("42[\"echo\",1]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
      assertThat(EngineIoRequests.poll(server.port(), sid).status()).isEqualTo(400);
      assertThat(EngineIoRequests.post(server.port(), sid, "42[\"echo\",2]").status())
          .isEqualTo(400);
      socket.sendText("42[\"echo\",3]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",3]");
    }
  }

  @Test
  void EIO10_second_websocket_is_closed_and_the_session_stays() throws IOException {
    try (RawWebSocket socket = probe();
        RawWebSocket during = RawWebSocket.open(server.port(), EngineIoRequests.upgrade(sid))) {
      assertThat(during.readClose()).isEqualTo(1000);
      socket.sendText("5");
      socket.sendText("42[\"echo\",1]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
      try (RawWebSocket after = RawWebSocket.open(server.port(), EngineIoRequests.upgrade(sid))) {
        assertThat(after.readClose()).isEqualTo(1000);
      }
      socket.sendText("42[\"echo\",2]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",2]");
    }
  }

  @Test
  void EIO10_failed_probe_leaves_the_session_on_polling_and_another_may_follow()
      throws IOException {
    for (String wrong : new String[] {"5", "2", "42[\"echo\",0]", "x"}) {
      try (RawWebSocket socket = RawWebSocket.open(server.port(), EngineIoRequests.upgrade(sid))) {
        socket.sendText(wrong);
        assertThat(socket.readClose()).as(wrong).isEqualTo(1002);
      }
    }
    EngineIoRequests.post(server.port(), sid, "42[\"echo\",1]");
    assertThat(EngineIoRequests.poll(server.port(), sid).body()).isEqualTo("42[\"echoed\",1]");
    try (RawWebSocket socket = probe()) {
      socket.sendText("5");
      socket.sendText("42[\"echo\",2]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",2]");
    }
  }

  @Test
  void EIO10_upgrade_that_is_not_completed_in_time_is_abandoned() throws IOException {
    server.close();
    server = SocketIoTestServer.start(config -> config.upgradeTimeout(Duration.ofMillis(50)));
    sid = EngineIoRequests.connect(server.port());
    try (RawWebSocket socket = RawWebSocket.open(server.port(), EngineIoRequests.upgrade(sid))) {
      assertThat(socket.readClose()).isEqualTo(1000);
    }
    EngineIoRequests.post(server.port(), sid, "42[\"echo\",1]");
    assertThat(EngineIoRequests.poll(server.port(), sid).body()).isEqualTo("42[\"echoed\",1]");
  }

  @Test
  void EIO10_upgrade_of_an_unknown_session_is_400() throws IOException {
    try (var http = new RawHttp(server.port())) {
      RawHttp.Response response = RawWebSocket.handshake(http, EngineIoRequests.upgrade("nobody"));
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).contains("Session ID unknown");
    }
  }

  @Test
  void EIO10_closing_session_closes_its_upgrade_candidate() throws IOException {
    try (RawWebSocket socket = probe()) {
      EngineIoRequests.post(server.port(), sid, "1");
      assertThat(socket.readClose()).isEqualTo(1000);
    }
    server.awaitSessions(0);
  }
}
