package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** The end of a server. */
class ShutdownTest {
  @Test
  void END_sockets_are_told_and_listeners_get_the_reason() throws Exception {
    var reasons = new LinkedBlockingQueue<CloseReason>();
    TestServer server = TestServer.start();
    var _ = server.main().onConnection(socket -> socket.onDisconnect(reasons::add));
    String sid = Eio.connect(server.port());
    try (RawWebSocket websocket = RawWebSocket.connect(server.port());
        var poll = new RawHttp(server.port())) {
      poll.sendRequest("GET", Eio.poll(sid), "");
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
  void END_without_disconnect_packet_stock_clients_may_come_back() throws IOException {
    TestServer server = TestServer.start(config -> config.disconnectPacketOnClose(false));
    try (RawWebSocket websocket = RawWebSocket.connect(server.port())) {
      server.main().all().emit("last");
      server.close();
      assertThat(websocket.readText()).isEqualTo("42[\"last\"]");
      assertThatThrownBy(websocket::read).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void END_is_idempotent_and_harmless_to_late_callers() throws IOException {
    TestServer server = TestServer.start();
    try (RawWebSocket websocket = RawWebSocket.connect(server.port())) {
      assertThat(websocket.http().socket().isConnected()).isTrue();
      server.close();
      server.close();
      server.main().all().emit("late");
      assertThat(server.metrics().sessions()).isZero();
    }
  }

  @Test
  void END_of_a_server_that_never_started_stops_its_event_loops() {
    SocketIoServer server = SocketIoServer.create(SocketIoConfig.builder().eventLoops(1).build());
    server.close();
    assertThat(server.eventLoops().isShuttingDown()).isTrue();
  }
}
