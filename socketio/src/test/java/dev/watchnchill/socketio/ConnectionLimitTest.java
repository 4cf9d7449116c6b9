package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.limit.ConnectionSettings;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits of TCP connections, per address and in total. */
class ConnectionLimitTest {
  private static SocketIoTestServer start(int perAddress, int all, boolean trusted) {
    return SocketIoTestServer.start(config ->
        config
            .eventLoops(2)
            .connections(
                ConnectionSettings.DEFAULT
                    .withConnections(perAddress, all)
                    .withTrustedPeers(address -> trusted && address.isLoopbackAddress(), false)));
  }

  private static void closeAll(List<? extends AutoCloseable> all) throws Exception {
    for (AutoCloseable one : all) {
      one.close();
    }
  }

  private static RawHttp used(SocketIoTestServer server) throws IOException {
    var http = new RawHttp(server.port());
    assertThat(http.get("/nowhere").status()).isEqualTo(404);
    return http;
  }

  @Test
  void RL14_connections_of_an_address_are_bounded_and_released_on_close() throws IOException {
    try (SocketIoTestServer server = start(3, 0, false)) {
      try (RawHttp first = used(server);
          RawHttp second = used(server);
          RawHttp third = used(server);
          var fourth = new RawHttp(server.port())) {
        assertThat(fourth.readsEnd()).isTrue();
        assertThat(server.metrics().connections().rejectedByAddress()).isEqualTo(1);
        assertThat(first.get("/").status()).isEqualTo(404);
        assertThat(second.get("/").status()).isEqualTo(404);
        assertThat(third.get("/").status()).isEqualTo(404);
      }
      await().until(() -> server.metrics().connections().connections() == 0);
      used(server).close();
    }
  }

  @Test
  void RL14_trusted_proxy_is_not_limited() throws Exception {
    try (SocketIoTestServer server = start(3, 0, true)) {
      var all = new ArrayList<RawHttp>();
      for (int i = 0; i < 20; i++) {
        all.add(used(server));
      }
      assertThat(server.metrics().connections().rejectedByAddress()).isZero();
      closeAll(all);
    }
  }

  @Test
  void RL15_new_connection_evicts_the_longest_idle_one() throws Exception {
    try (SocketIoTestServer server = start(1_000, 40, false);
        RawWebSocket member = RawWebSocket.connect(server.port())) {
      var idle = new ArrayList<RawHttp>();
      for (int i = 0; i < 120; i++) {
        idle.add(new RawHttp(server.port()));
      }
      await()
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> {
            try (var newClient = new RawHttp(server.port())) {
              assertThat(newClient.get(EngineIoRequests.POLLING).status()).isEqualTo(200);
            }
          });
      assertThat(server.metrics().connections().evicted()).isPositive();
      assertThat(server.metrics().connections().connections()).isLessThanOrEqualTo(40);
      member.sendText("42[\"echo\"]");
      assertThat(member.readText()).isEqualTo("42[\"echoed\"]");
      closeAll(idle);
    }
  }

  @Test
  void RL15_new_connection_is_closed_when_no_connection_is_idle() throws Exception {
    try (SocketIoTestServer server = start(1_000, 20, false)) {
      var members = new ArrayList<RawWebSocket>();
      for (int i = 0; i < 20; i++) {
        members.add(RawWebSocket.connect(server.port()));
      }
      try (var newClient = new RawHttp(server.port())) {
        assertThat(newClient.readsEnd()).isTrue();
      }
      assertThat(server.metrics().connections().rejectedByTotal()).isEqualTo(1);
      for (RawWebSocket member : members) {
        member.sendText("42[\"echo\"]");
        assertThat(member.readText()).isEqualTo("42[\"echoed\"]");
      }
      closeAll(members);
    }
  }

  @Test
  void RL15_sessions_without_a_namespace_are_evicted_before_others() throws Exception {
    try (SocketIoTestServer server = start(1_000, 20, false)) {
      RawWebSocket member = RawWebSocket.connect(server.port());
      var unconnected = new ArrayList<RawWebSocket>();
      for (int i = 0; i < 19; i++) {
        unconnected.add(RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET));
      }
      await()
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> {
            try (var newClient = new RawHttp(server.port())) {
              assertThat(newClient.get(EngineIoRequests.POLLING).status()).isEqualTo(200);
            }
          });
      member.sendText("42[\"echo\"]");
      assertThat(member.readText()).isEqualTo("42[\"echoed\"]");
      closeAll(unconnected);
      member.close();
    }
  }

  @Test
  void RL14_loopback_is_not_trusted_by_default() {
    assertThat(ConnectionSettings.DEFAULT.trustedPeers().test(InetAddress.getLoopbackAddress()))
        .isFalse();
  }
}
