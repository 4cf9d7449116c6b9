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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule RL8 and the buckets of RL5, over real sockets. */
final class EventFloodTest {
  @Test
  void RL8_buckets_are_the_connections_and_outlive_a_namespace_reconnect() {
    try (TestServer server = TestServer.start("EVENT_RATE_SCALE", "1");
        var eve = new Stranger(server, ATTACKER)) {
      int answered = 0;
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 40; i++) {
          if (!eve.say("join-room", "{}").equals("rate_limited")) {
            answered++;
          }
        }
        eve.reconnect();
      }
      // The burst of one connection, and what came back meanwhile; four times 40 without the rule.
      assertThat(answered).isBetween(60, 110);
      assertThat(eve.connections()).isEqualTo(1);
    }
  }

  @Test
  void RL8_connection_that_enters_the_namespace_too_often_is_closed_by_name() throws Exception {
    try (TestServer server = TestServer.start("EVENT_RATE_SCALE", "0.1");
        RawSocket eve = RawSocket.from(server, ATTACKER)) {
      for (String frame : List.of("40", "41", "40")) {
        eve.send(frame);
      }
      var frames = new ArrayList<String>();
      for (String frame = eve.next(); !frame.isEmpty(); frame = eve.next()) {
        frames.add(frame);
      }
      assertThat(frames).anyMatch(frame -> frame.contains("\"reason\":\"connect_flood\""));
      assertThat(metrics(server))
          .contains("watchnchill_clients_closed_total{cause=\"connect_flood\"} 1.0");
      await().until(() -> server.leases() == 0 && server.sessions() == 0);
    }
  }

  @Test
  void RL8_connection_far_beyond_its_limits_is_closed_with_a_reason() throws Exception {
    try (TestServer server = TestServer.start("EVENT_RATE_SCALE", "0.01");
        RawSocket eve = RawSocket.from(server, ATTACKER);
        TestClient friend = at(server, FRIEND)) {
      eve.send("40");
      for (int i = 0; i < 60 && eve.send("42[\"send-message\",{}]"); i++) {}
      var frames = new ArrayList<String>();
      for (String frame = eve.next(); !frame.isEmpty(); frame = eve.next()) {
        frames.add(frame);
      }
      assertThat(frames).anyMatch(frame -> frame.contains("\"reason\":\"event_flood\""));
      assertThat(metrics(server))
          .contains("watchnchill_clients_closed_total{cause=\"event_flood\"} 1.0");
      friend.settle();
    }
  }

  @Test
  void RL8_messages_through_namespace_reconnects_are_bounded() {
    try (TestServer server = production();
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER)) {
      int sent = 0;
      for (int round = 0; round < 8; round++) {
        eve.say("join-room", join(ann.roomId(), "Eve Doe"));
        for (int i = 0; i < 60; i++) {
          String message = "{\"roomId\":\"" + ann.roomId() + "\",\"message\":\"buy\"}";
          sent += eve.say("send-message", message).equals("ok") ? 1 : 0;
        }
        eve.reconnect();
      }
      assertThat(eve.connections()).isEqualTo(1);
      assertThat(sent).isBetween(100, 400); // 480 with fresh buckets each time
    }
  }

  @Test
  void RL23_new_connections_of_an_address_share_its_budget_of_messages() {
    try (TestServer server = production();
        TestClient ann = at(server, FRIEND).create("Ann")) {
      String message = "{\"roomId\":\"" + ann.roomId() + "\",\"message\":\"buy\"}";
      int sent = 0;
      for (int n = 0; n < 12; n++) {
        try (var eve = new Stranger(server, ATTACKER)) {
          eve.say("join-room", join(ann.roomId(), "Eve Doe"));
          for (int i = 0; i < 100; i++) {
            sent += eve.say("send-message", message).equals("ok") ? 1 : 0;
          }
        }
      }
      // 500 at once and 100 a second, whatever the pace of this test; 1,200 without the rule.
      assertThat(sent).isBetween(500, 1_150);
      ann.must("send-message", ann.here("message", "hello"));
    }
  }

  @Test
  void RL8_entries_of_an_address_are_counted_together_and_a_session_token_still_joins() {
    try (TestServer server = TestServer.start("RATE_LIMIT_ENTRY_MAX_PER_IP", "4");
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER)) {
      TestClient bob =
          TestClient.options()
              .header("X-Forwarded-For", ATTACKER)
              .auth(Map.of("resume", true))
              .connect(server);
      String token = bob.join(ann.roomId(), "Bob").path("sessionToken").stringValue("");
      for (int i = 0; i < 3; i++) {
        assertThat(eve.say("join-room", join(ann.roomId(), "Eve Doe"))).isEqualTo("ok");
      }
      assertThat(eve.say("join-room", join(ann.roomId(), "Eve Doe"))).isEqualTo("rate_limited");
      assertThat(eve.say("create-room", "{\"hostName\":\"Eve Doe\"}")).isEqualTo("rate_limited");
      bob.close();
      ann.take("user-away");
      var auth = Map.of("resume", true, "sessionToken", token, "roomId", ann.roomId());
      try (TestClient again =
          TestClient.options().header("X-Forwarded-For", ATTACKER).auth(auth).connect(server)) {
        assertThat(again.take("room-joined").get("resumed").booleanValue()).isTrue();
        ann.take("user-returned");
      }
    }
  }

  @Test
  void RL8_connects_of_an_address_are_counted_together() throws Exception {
    try (TestServer server = TestServer.start("RATE_LIMIT_CONNECT_MAX_PER_IP", "2")) {
      for (int i = 0; i < 2; i++) {
        at(server, ATTACKER).settle().close();
      }
      TestClient third = TestClient.options().header("X-Forwarded-For", ATTACKER).open(server);
      assertThat(third.awaitEnd()).isEqualTo("io server disconnect");
      try (TestClient friend = at(server, FRIEND)) {
        friend.settle();
      }
      assertThat(metrics(server))
          .contains("watchnchill_clients_closed_total{cause=\"address_connects\"} 1.0");
    }
  }
}
