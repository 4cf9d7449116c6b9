package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections per address and in all. */
class ConnectionLimitTest {
  private static TestServer start(int perAddress, int all, boolean trusted) {
    return TestServer.start(config ->
        config
            .eventLoops(2)
            .edge(
                EdgeSettings.DEFAULT
                    .withConnections(perAddress, all)
                    .withTrustedPeers(address -> trusted && address.isLoopbackAddress(), false)));
  }

  private static void closeAll(List<? extends AutoCloseable> all) throws Exception {
    for (AutoCloseable one : all) {
      one.close();
    }
  }

  private static RawHttp used(TestServer server) throws IOException {
    var http = new RawHttp(server.port());
    assertThat(http.get("/nowhere").status()).isEqualTo(404);
    return http;
  }

  @Test
  void RL14_connections_of_an_address_are_bounded_and_free_again_when_they_close()
      throws IOException {
    try (TestServer server = start(3, 0, false)) {
      try (RawHttp first = used(server);
          RawHttp second = used(server);
          RawHttp third = used(server);
          var fourth = new RawHttp(server.port())) {
        assertThat(fourth.readsEnd()).isTrue();
        assertThat(server.metrics().edge().refusedByAddress()).isEqualTo(1);
        assertThat(first.get("/").status()).isEqualTo(404);
        assertThat(second.get("/").status()).isEqualTo(404);
        assertThat(third.get("/").status()).isEqualTo(404);
      }
      await().until(() -> server.metrics().edge().connections() == 0);
      used(server).close();
    }
  }

  @Test
  void RL14_trusted_proxy_holds_as_many_as_it_needs() throws Exception {
    try (TestServer server = start(3, 0, true)) {
      var all = new ArrayList<RawHttp>();
      for (int i = 0; i < 20; i++) {
        all.add(used(server));
      }
      assertThat(server.metrics().edge().refusedByAddress()).isZero();
      closeAll(all);
    }
  }

  @Test
  void RL15_new_connection_takes_the_place_of_the_one_that_idles_longest() throws Exception {
    try (TestServer server = start(1_000, 40, false);
        RawWebSocket member = RawWebSocket.connect(server.port())) {
      var idle = new ArrayList<RawHttp>();
      for (int i = 0; i < 120; i++) {
        idle.add(new RawHttp(server.port()));
      }
      await()
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> {
            try (var newcomer = new RawHttp(server.port())) {
              assertThat(newcomer.get(Eio.POLLING).status()).isEqualTo(200);
            }
          });
      assertThat(server.metrics().edge().evicted()).isPositive();
      assertThat(server.metrics().edge().connections()).isLessThanOrEqualTo(40);
      member.sendText("42[\"echo\"]");
      assertThat(member.readText()).isEqualTo("42[\"echoed\"]");
      closeAll(idle);
    }
  }

  @Test
  void RL15_when_all_connections_are_members_a_new_one_is_closed() throws Exception {
    try (TestServer server = start(1_000, 20, false)) {
      var members = new ArrayList<RawWebSocket>();
      for (int i = 0; i < 20; i++) {
        members.add(RawWebSocket.connect(server.port()));
      }
      try (var newcomer = new RawHttp(server.port())) {
        assertThat(newcomer.readsEnd()).isTrue();
      }
      assertThat(server.metrics().edge().refusedByTotal()).isEqualTo(1);
      for (RawWebSocket member : members) {
        member.sendText("42[\"echo\"]");
        assertThat(member.readText()).isEqualTo("42[\"echoed\"]");
      }
      closeAll(members);
    }
  }

  @Test
  void RL15_sessions_without_a_namespace_go_before_members() throws Exception {
    try (TestServer server = start(1_000, 20, false)) {
      RawWebSocket member = RawWebSocket.connect(server.port());
      var strangers = new ArrayList<RawWebSocket>();
      for (int i = 0; i < 19; i++) {
        strangers.add(RawWebSocket.open(server.port(), Eio.WEBSOCKET));
      }
      await()
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> {
            try (var newcomer = new RawHttp(server.port())) {
              assertThat(newcomer.get(Eio.POLLING).status()).isEqualTo(200);
            }
          });
      member.sendText("42[\"echo\"]");
      assertThat(member.readText()).isEqualTo("42[\"echoed\"]");
      closeAll(strangers);
      member.close();
    }
  }

  @Test
  void RL14_loopback_is_an_address_like_any_other() {
    assertThat(EdgeSettings.DEFAULT.trustedPeers().test(InetAddress.getLoopbackAddress()))
        .isFalse();
  }
}
