package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.AbuseServers.FRIEND;
import static dev.watchnchill.server.contract.AbuseServers.UNKNOWN;
import static dev.watchnchill.server.contract.AbuseServers.at;
import static dev.watchnchill.server.contract.AbuseServers.production;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule RL7, and friends who share an address, over real sockets. */
final class SharedAddressTest {
  @Test
  void RL7_ipv6_addresses_of_one_network_are_one_client() {
    try (TestServer server = TestServer.start("RATE_LIMIT_SOCKET_MAX_PER_IP", "2")) {
      TestClient one = at(server, "2001:db8:1:2::1").settle();
      TestClient two = at(server, "2001:db8:1:2:ffff:ffff:ffff:ffff").settle();
      TestClient third =
          TestClient.options().header("X-Forwarded-For", "2001:db8:1:2::3").open(server);
      assertThat(third.awaitEnd()).isEqualTo("io server disconnect");
      try (TestClient next = at(server, "2001:db8:1:3::1")) {
        next.settle();
      }
      one.close();
      two.close();
    }
  }

  @Test
  void RL7_so_are_their_requests_handshakes_and_misses() throws Exception {
    try (TestServer server =
            production("RATE_LIMIT_MAX_REQUESTS", "2", "RATE_LIMIT_MISS_MAX_PER_IP", "2");
        var http = HttpClient.newHttpClient()) {
      var codes = new ArrayList<Integer>();
      for (int i = 0; i < 3; i++) {
        codes.add(get(http, server, "/", "2001:db8:1:2::" + i));
      }
      assertThat(codes).containsExactly(200, 200, 429);
      assertThat(get(http, server, "/", "2001:db8:1:3::1")).isEqualTo(200);
      for (int i = 0; i < 120; i++) {
        String path = "/api/socket/io/?EIO=4&transport=polling";
        assertThat(get(http, server, path, "2001:db8:5:6::" + i)).isEqualTo(200);
      }
      assertThat(get(http, server, "/api/socket/io/?EIO=4&transport=polling", "2001:db8:5:6::ff"))
          .isEqualTo(429);
      for (int i = 0; i < 3; i++) {
        try (var eve = new Stranger(server, "2001:db8:1:2::" + i)) {
          assertThat(eve.say("join-room", UNKNOWN))
              .isEqualTo(i < 2 ? "room_not_found" : "rate_limited");
        }
      }
    }
  }

  private static int get(HttpClient http, TestServer server, String path, String address)
      throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("X-Forwarded-For", address)
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void ten_friends_behind_one_address_come_back_all_at_once() {
    try (TestServer server = production()) {
      var friends = new ArrayList<TestClient>();
      var tokens = new ArrayList<String>();
      String room = "";
      for (int i = 0; i < 10; i++) {
        TestClient friend =
            TestClient.options()
                .header("X-Forwarded-For", FRIEND)
                .auth(Map.of("resume", true))
                .connect(server);
        friends.add(friend);
        if (i == 0) {
          friend.create("Ann");
          room = friend.roomId();
          tokens.add("");
        } else {
          tokens.add(friend.join(room, "Friend " + i).path("sessionToken").stringValue(""));
        }
      }
      for (int round = 0; round < 3; round++) {
        for (int i = 1; i < 10; i++) {
          friends.get(i).close();
        }
        await().until(() -> server.leases() == 1);
        for (int i = 1; i < 10; i++) {
          var auth = Map.of("resume", true, "sessionToken", tokens.get(i), "roomId", room);
          TestClient back =
              TestClient.options().header("X-Forwarded-For", FRIEND).auth(auth).connect(server);
          assertThat(back.take("room-joined").get("resumed").booleanValue()).isTrue();
          friends.set(i, back);
        }
      }
      friends.forEach(TestClient::close);
    }
  }
}
