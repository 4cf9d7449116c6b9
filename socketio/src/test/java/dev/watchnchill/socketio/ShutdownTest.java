package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Closing a server. */
class ShutdownTest {
  @Test
  void END1_sockets_get_disconnect_and_listeners_the_reason() throws Exception {
    var reasons = new LinkedBlockingQueue<CloseReason>();
    SocketIoTestServer server = SocketIoTestServer.start();
    var _ = server.main().onConnection(socket -> socket.onDisconnect(reasons::add));
    String sid = EngineIoRequests.connect(server.port());
    try (RawWebSocket websocket = RawWebSocket.connect(server.port());
        var poll = new RawHttp(server.port())) {
      poll.sendRequest("GET", EngineIoRequests.poll(sid), "");
      await().until(() -> server.main().socketCount() == 2);
      server.main().all().emit("last");
      var closing = Thread.ofVirtual().start(server::close);
      assertThat(websocket.readText()).isEqualTo("42[\"last\"]");
      assertThat(websocket.readText()).isEqualTo("41");
      assertThat(websocket.readClose()).isEqualTo(1001);
      assertThat(poll.read().body()).contains("42[\"last\"]");
      closing.join();
    }
    assertThat(reasons)
        .containsExactly(CloseReason.SERVER_SHUTTING_DOWN, CloseReason.SERVER_SHUTTING_DOWN);
    assertThat(server.metrics().sessions()).isZero();
    assertThat(server.server().eventLoops().isTerminated()).isTrue();
  }

  @Test
  void END2_without_disconnect_packet_the_connection_ends_without_a_close_frame()
      throws IOException {
    SocketIoTestServer server =
        SocketIoTestServer.start(config -> config.disconnectPacketOnClose(false));
    try (RawWebSocket websocket = RawWebSocket.connect(server.port())) {
      server.main().all().emit("last");
      server.close();
      assertThat(websocket.readText()).isEqualTo("42[\"last\"]");
      assertThatThrownBy(websocket::read).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void END3_second_close_and_late_emits_have_no_effect() throws IOException {
    SocketIoTestServer server = SocketIoTestServer.start();
    try (RawWebSocket websocket = RawWebSocket.connect(server.port())) {
      assertThat(websocket.http().socket().isConnected()).isTrue();
      server.close();
      server.close();
      server.main().all().emit("late");
      assertThat(server.metrics().sessions()).isZero();
    }
  }

  @Test
  void END3_close_of_a_server_that_never_started_stops_its_event_loops() {
    SocketIoServer server = SocketIoServer.create(SocketIoConfig.builder().eventLoops(1).build());
    server.close();
    assertThat(server.eventLoops().isShuttingDown()).isTrue();
  }
}
