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

/** Timeouts of sessions without a namespace, and of idle HTTP connections. */
class IdleTimeoutTest {
  private static long closes(SocketIoTestServer server, CloseReason reason) {
    return server.metrics().closes().getOrDefault(reason, 0L);
  }

  @Test
  void LIM1_session_that_enters_no_namespace_is_closed() throws IOException {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.connectTimeout(Duration.ofMillis(60)));
        RawWebSocket socket = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET)) {
      socket.readText();
      assertThat(socket.readClose()).isEqualTo(1000);
      assertThat(closes(server, CloseReason.FORCED_CLOSE)).isEqualTo(1);
    }
  }

  @Test
  void LIM1_session_in_a_namespace_stays_after_the_connect_timeout() throws IOException {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.connectTimeout(Duration.ofMillis(60)));
        RawWebSocket connected = RawWebSocket.connect(server.port());
        RawWebSocket idle = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET)) {
      idle.readText();
      assertThat(idle.readClose()).isEqualTo(1000);
      connected.sendText("42[\"echo\"]");
      assertThat(connected.readText()).isEqualTo("42[\"echoed\"]");
    }
  }

  @Test
  void LIM2_http_connection_without_a_complete_request_is_closed() throws IOException {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.httpIdleTimeout(Duration.ofMillis(60)));
        var silent = new RawHttp(server.port());
        var slow = new RawHttp(server.port())) {
      slow.send("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost:");
      assertThat(silent.readsEnd()).isTrue();
      assertThat(slow.readsEnd()).isTrue();
    }
  }
}
