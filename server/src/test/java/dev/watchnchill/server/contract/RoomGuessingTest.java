package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.AbuseServers.ATTACKER;
import static dev.watchnchill.server.contract.AbuseServers.FRIEND;
import static dev.watchnchill.server.contract.AbuseServers.UNKNOWN;
import static dev.watchnchill.server.contract.AbuseServers.at;
import static dev.watchnchill.server.contract.AbuseServers.join;
import static dev.watchnchill.server.contract.AbuseServers.production;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Rule RL9, over real sockets. */
final class RoomGuessingTest {
  @Test
  void RL9_guesses_of_an_address_end_after_thirty_misses_whatever_it_does() {
    try (TestServer server = production();
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER)) {
      int answered = 0;
      for (int i = 0; i < 60; i++) {
        if (i % 7 == 6) {
          eve.reconnect();
        }
        if (i % 20 == 19) {
          eve.drop();
        }
        String room = "{\"roomId\":\"Z%05d\",\"userName\":\"Eve Doe\"}".formatted(i);
        answered += eve.say("join-room", room).equals("room_not_found") ? 1 : 0;
      }
      assertThat(answered).isEqualTo(30);
      // A room that exists, with and without a free name, is answered as one that does not.
      List<String> rooms =
          List.of(join(ann.roomId(), "Eve Doe"), join(ann.roomId(), "Ann"), UNKNOWN);
      for (String room : rooms) {
        try (var other = new Stranger(server, ATTACKER)) {
          JsonNode answer = Objects.requireNonNull(other.answer("join-room", room));
          assertThat(answer.get("code").stringValue()).isEqualTo("rate_limited");
          assertThat(answer.get("error").stringValue())
              .isEqualTo("Too many requests. Please slow down.");
        }
      }
      try (TestClient bob = at(server, "198.51.100.8")) {
        bob.join(ann.roomId(), "Bob");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "play-video",
        "pause-video",
        "seek-video",
        "set-video",
        "set-rate",
        "set-waiting",
        "report-duration",
        "report-live",
        "undo-seek"
      })
  void RL9_control_events_of_a_stranger_draw_on_the_same_budget(String event) {
    try (TestServer server = TestServer.start("RATE_LIMIT_MISS_MAX_PER_IP", "3");
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER)) {
      String fields =
          ",\"currentTime\":1,\"videoUrl\":\"https://films.example/a.mp4\",\"rate\":1,"
              + "\"mode\":\"never\",\"duration\":5,\"item\":1,\"delay\":9000}";
      for (int i = 0; i < 3; i++) {
        assertThat(eve.say(event, "{\"roomId\":\"ZZZZZ" + i + "\"" + fields))
            .isEqualTo("room_not_found");
      }
      assertThat(eve.say(event, "{\"roomId\":\"ZZZZZ9\"" + fields)).isEqualTo("rate_limited");
      assertThat(eve.say(event, "{\"roomId\":\"" + ann.roomId() + "\"" + fields))
          .isEqualTo("rate_limited");
      assertThat(eve.say("join-room", UNKNOWN)).isEqualTo("rate_limited");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get-timeline",
        "get-people",
        "resume",
        "promote-host",
        "sync-check",
        "set-settings",
        "set-password",
        "demote-host",
        "transfer-room",
        "answer-knock",
        "get-knocks",
        "create-invite",
        "get-invites",
        "revoke-invite",
        "remove-member",
        "get-bans",
        "lift-ban",
        "mute-member"
      })
  void RL9_so_do_the_events_of_a_member_that_name_another_room(String event) {
    try (TestServer server = TestServer.start("RATE_LIMIT_MISS_MAX_PER_IP", "2");
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER)) {
      assertThat(eve.say("create-room", "{\"hostName\":\"Eve Doe\"}")).isEqualTo("ok");
      String id = "\"1b4e28ba-2fa1-41d2-883f-0016d3cca427\"";
      String fields =
          ",\"epoch\":1,\"seq\":1,\"currentTime\":1,\"isPlaying\":true,\"timestamp\":5,"
              + "\"accept\":true,\"muted\":true,\"password\":\"secret\",\"knockId\":"
              + id
              + ",\"inviteId\":"
              + id
              + ",\"banId\":"
              + id
              + ",\"userId\":"
              + id
              + "}";
      for (int i = 0; i < 2; i++) {
        assertThat(eve.say(event, "{\"roomId\":\"ZZZZZ" + i + "\"" + fields))
            .isEqualTo("room_not_found");
      }
      assertThat(eve.say(event, "{\"roomId\":\"" + ann.roomId() + "\"" + fields))
          .isEqualTo("rate_limited");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"send-message", "typing-start", "ready", "buffering"})
  void RL9_chat_and_signals_of_a_stranger_are_answered_the_same_for_every_room(String event) {
    try (TestServer server = TestServer.start();
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER)) {
      assertThat(eve.say("create-room", "{\"hostName\":\"Eve Doe\"}")).isEqualTo("ok");
      for (String room : List.of("ZZZZZZ", ann.roomId())) {
        assertThat(eve.say(event, "{\"roomId\":\"" + room + "\",\"message\":\"hi\",\"seq\":1}"))
            .isEqualTo("not_authenticated");
      }
    }
  }

  @Test
  void RL9_page_that_asks_again_for_the_room_of_its_seat_misses_once() {
    try (TestServer server = TestServer.start("RATE_LIMIT_MISS_MAX_PER_IP", "3");
        var page = new Stranger(server, ATTACKER)) {
      page.auth("{\"resume\":true,\"sessionToken\":\"long gone\",\"roomId\":\"ZZZZZZ\"}");
      for (int i = 0; i < 5; i++) {
        assertThat(page.say("join-room", UNKNOWN)).isEqualTo("room_not_found");
      }
      // Other rooms are other guesses, and a socket that brings no token counts each time.
      assertThat(page.say("join-room", join("ZZZZZ1", "Eve Doe"))).isEqualTo("room_not_found");
      page.drop();
      page.auth("");
      assertThat(page.say("join-room", UNKNOWN)).isEqualTo("room_not_found");
      assertThat(page.say("join-room", UNKNOWN)).isEqualTo("rate_limited");
    }
  }

  @Test
  void RL9_members_behind_the_address_of_a_guesser_lose_nothing() {
    try (TestServer server = TestServer.start("RATE_LIMIT_MISS_MAX_PER_IP", "3");
        TestClient host = at(server, ATTACKER).create("Ann");
        TestClient away = at(server, FRIEND).create("Zoe")) {
      TestClient bob =
          TestClient.options()
              .header("X-Forwarded-For", ATTACKER)
              .auth(Map.of("resume", true))
              .connect(server);
      String token = bob.join(away.roomId(), "Bob").path("sessionToken").stringValue("");
      try (var eve = new Stranger(server, ATTACKER)) {
        for (int i = 0; i < 5; i++) {
          eve.say("join-room", UNKNOWN);
        }
        assertThat(eve.say("join-room", UNKNOWN)).isEqualTo("rate_limited");
      }
      host.must("play-video", host.here("currentTime", 1));
      host.must("send-message", host.here("message", "still here"));
      bob.must("send-message", bob.here("message", "me too"));
      bob.close();
      away.take("user-away");
      // Back to its seat in a room of another address, by its token.
      var auth = Map.of("resume", true);
      try (TestClient again =
          TestClient.options().header("X-Forwarded-For", ATTACKER).auth(auth).connect(server)) {
        JsonNode joined = again.join(away.roomId(), "Bob", "sessionToken", token);
        assertThat(joined.get("resumed").booleanValue()).isTrue();
      }
      // A client joins a room in which another socket of its address has a seat.
      try (TestClient cat = at(server, ATTACKER)) {
        cat.join(host.roomId(), "Cat");
      }
      // The creator comes back with the host's token, from another machine.
      try (TestClient creator = at(server, ATTACKER)) {
        creator.join(away.roomId(), "Zed", "hostToken", away.hostToken());
      }
      // A new room can be made.
      try (TestClient dan = at(server, ATTACKER)) {
        dan.create("Dan");
      }
    }
  }
}
