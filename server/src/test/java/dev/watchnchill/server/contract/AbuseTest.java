package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What one address can take from others: the attacks of strangers, over real sockets. */
final class AbuseTest {
  private static final String ATTACKER = "198.51.100.7";
  private static final String FRIEND = "203.0.113.20";
  private static final String UNKNOWN = "{\"roomId\":\"ZZZZZZ\",\"userName\":\"Eve Doe\"}";

  /** A server with the limits of production, unless told otherwise. */
  private static TestServer production(String... namesAndValues) {
    var environment = new java.util.HashMap<String, String>();
    environment.put("NODE_ENV", "production");
    environment.put("EVENT_LOOPS", "2");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return TestServer.with(environment);
  }

  private static TestClient at(TestServer server, String address) {
    return TestClient.options().header("X-Forwarded-For", address).connect(server);
  }

  private static String join(String room, String name) {
    return "{\"roomId\":\"" + room + "\",\"userName\":\"" + name + "\"}";
  }

  private static String metrics(TestServer server) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

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
  void RL8_connection_that_goes_on_far_beyond_its_limits_is_closed_by_name() throws Exception {
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
  void RL8_entries_of_an_address_are_counted_together_and_a_seats_token_goes_on() {
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

  @Test
  void RL9_guesses_of_an_address_end_after_thirty_misses_whatever_it_does() {
    try (TestServer server = production();
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER)) {
      int answered = 0;
      for (int i = 0; i < 200; i++) {
        if (i % 7 == 6) {
          eve.reconnect();
        }
        if (i % 50 == 49) {
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
        "report-duration"
      })
  void RL9_control_events_of_a_stranger_draw_on_the_same_budget(String event) {
    try (TestServer server = TestServer.start("RATE_LIMIT_MISS_MAX_PER_IP", "3");
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER)) {
      String fields =
          ",\"currentTime\":1,\"videoUrl\":\"https://films.example/a.mp4\",\"rate\":1,"
              + "\"mode\":\"never\",\"duration\":5}";
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
  @ValueSource(strings = {"get-timeline", "get-people", "resume", "promote-host", "sync-check"})
  void RL9_so_do_the_events_of_a_member_that_name_another_room(String event) {
    try (TestServer server = TestServer.start("RATE_LIMIT_MISS_MAX_PER_IP", "2");
        TestClient ann = at(server, FRIEND).create("Ann");
        var eve = new Stranger(server, ATTACKER)) {
      assertThat(eve.say("create-room", "{\"hostName\":\"Eve Doe\"}")).isEqualTo("ok");
      String fields =
          ",\"epoch\":1,\"seq\":1,\"currentTime\":1,\"isPlaying\":true,\"timestamp\":5,"
              + "\"userId\":\"1b4e28ba-2fa1-41d2-883f-0016d3cca427\"}";
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
      // A friend comes to the room that somebody of the same address is in.
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
  void RL11_rooms_are_refused_before_the_memory_is_gone_and_members_go_on() throws Exception {
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
