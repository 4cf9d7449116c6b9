package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.AbuseServers.ATTACKER;
import static dev.watchnchill.server.contract.AbuseServers.FRIEND;
import static dev.watchnchill.server.contract.AbuseServers.at;
import static dev.watchnchill.server.contract.AbuseServers.join;
import static dev.watchnchill.server.contract.AbuseServers.metrics;
import static dev.watchnchill.server.contract.AbuseServers.production;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Rules RL10 and RL11, over real sockets. */
final class AddressCapsTest {
  @Test
  void RL10_rooms_of_an_address_are_bounded_and_others_go_on() {
    try (TestServer server = production("ROOMS_MAX", "8", "RATE_LIMIT_ROOM_MAX_PER_IP", "5");
        var eve = new Stranger(server, ATTACKER)) {
      int made = 0;
      for (int i = 0; i < 20; i++) {
        made += eve.say("create-room", "{\"hostName\":\"Eve Doe\"}").equals("ok") ? 1 : 0;
        if (i % 8 == 7) {
          eve.reconnect();
        }
      }
      assertThat(made).isEqualTo(5);
      assertThat(eve.say("create-room", "{\"hostName\":\"Eve Doe\"}")).isEqualTo("rate_limited");
      try (TestClient ann = at(server, FRIEND)) {
        ann.create("Ann");
      }
    }
  }

  @Test
  void RL10_room_that_has_ended_counts_no_longer() {
    try (TestServer server =
            production("RATE_LIMIT_ROOM_MAX_PER_IP", "1", "EMPTY_ROOM_GRACE_MS", "50");
        TestClient ann = at(server, FRIEND).create("Ann")) {
      ann.must("leave-room", ann.here());
      await().until(() -> server.rooms() == 0);
      ann.create("Ann");
    }
  }

  @Test
  void RL10_away_guests_of_an_address_do_not_fill_a_room() {
    try (TestServer server =
            TestServer.start("MEMBERS_MAX", "20", "RATE_LIMIT_AWAY_MAX_PER_IP", "6");
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER).auth("{\"resume\":true}")) {
      for (int i = 0; i < 40; i++) {
        eve.say("join-room", join(ann.roomId(), "Guest " + i));
        eve.reconnect();
      }
      try (TestClient bob = at(server, "203.0.113.21")) {
        JsonNode users = bob.join(ann.roomId(), "Bob").get("room").get("users");
        assertThat(users.size()).isLessThanOrEqualTo(2 + 6 + 1);
      }
    }
  }

  @Test
  void RL10_seat_counts_no_longer_when_its_member_is_back() {
    try (TestServer server = TestServer.start("RATE_LIMIT_AWAY_MAX_PER_IP", "1");
        TestClient ann = at(server, FRIEND).create("Ann")) {
      TestClient bob =
          TestClient.options()
              .header("X-Forwarded-For", ATTACKER)
              .auth(Map.of("resume", true))
              .connect(server);
      String token = bob.join(ann.roomId(), "Bob").path("sessionToken").stringValue("");
      for (int i = 0; i < 4; i++) {
        bob.close();
        ann.take("user-away");
        bob =
            TestClient.options()
                .header("X-Forwarded-For", ATTACKER)
                .auth(Map.of("resume", true, "sessionToken", token, "roomId", ann.roomId()))
                .connect(server);
        ann.take("user-returned");
      }
      bob.close();
    }
  }

  @Test
  void RL8_RL10_joins_on_files_write_no_more_than_a_few_rooms(@TempDir Path directory) {
    try (TestServer server = production("DATA_DIR", directory.toString());
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER).auth("{\"resume\":true}")) {
      int joined = 0;
      for (int i = 0; i < 150 && eve.connections() <= 1; i++) {
        joined += eve.say("join-room", join(ann.roomId(), "Guest " + i)).equals("ok") ? 1 : 0;
        eve.reconnect();
      }
      assertThat(joined).isLessThan(60);
      ann.must("send-message", ann.here("message", "still here"));
    }
  }

  @Test
  void RL11_new_rooms_are_rejected_when_memory_is_short_and_members_continue() throws Exception {
    try (TestServer server =
            TestServer.start("ROOMS_BYTES_MAX", "200000", "EMPTY_ROOM_GRACE_MS", "2000");
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER)) {
      String code = "ok";
      for (int made = 0; made < 100 && code.equals("ok"); made++) {
        code = eve.say("create-room", "{\"hostName\":\"Eve Doe\"}");
      }
      assertThat(code).isEqualTo("unavailable");
      ann.must("send-message", ann.here("message", "we go on"));
      assertThat(metrics(server)).contains("watchnchill_rooms_memory_max_bytes 200000.0");
      eve.drop();
      await().until(() -> server.rooms() == 1);
      try (TestClient bob = at(server, "203.0.113.21")) {
        bob.create("Bob");
      }
    }
  }
}
