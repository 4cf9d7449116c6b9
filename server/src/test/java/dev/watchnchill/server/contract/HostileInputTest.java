package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in, a normal pair of clients works afterwards and nothing is left behind (rule
 * RB1).
 */
final class HostileInputTest {
  private static final int PACKETS = 10_000;
  private static final long SEED = 20_250_101;
  // Classes, caches and compiled code that any first use brings; what 10,000 packets would leave is
  // far more.
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<String> EVENTS =
      List.of(
          "create-room",
          "join-room",
          "leave-room",
          "promote-host",
          "set-video",
          "play-video",
          "pause-video",
          "seek-video",
          "sync-check",
          "send-message",
          "typing-start",
          "film-reaction",
          "report-duration",
          "report-live",
          "clock",
          "get-timeline",
          "resume",
          "queue-add",
          "queue-move",
          "queue-play",
          "queue-shuffle",
          "set-queue-mode",
          "vote-item",
          "vote-skip",
          "describe-item",
          "get-queue",
          "no-such-event",
          "__proto__",
          "connect",
          "disconnect");
  private static final List<String> FIELDS =
      List.of(
          "roomId",
          "userName",
          "hostName",
          "hostToken",
          "sessionToken",
          "userId",
          "videoUrl",
          "currentTime",
          "isPlaying",
          "timestamp",
          "message",
          "pressedAt",
          "epoch",
          "seq",
          "t1",
          "duration",
          "videoUrls",
          "itemId",
          "beforeId",
          "title",
          "limit",
          "report",
          "__proto__",
          "constructor");

  private final TestServer server =
      TestServer.start("EMPTY_ROOM_GRACE_MS", "200", "RECONNECT_GRACE_MS", "200");

  @AfterEach
  void stillWorksAndHoldsNothing() {
    try (server) {
      try (TestClient ann = TestClient.base(server).create("Ann");
          TestClient bob = TestClient.base(server)) {
        bob.join(ann.roomId(), "Bob");
        bob.must("send-message", bob.here("message", "all well"));
        assertThat(ann.take("new-message").get("message").get("message").stringValue())
            .isEqualTo("all well");
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            assertThat(server.leases()).as("leases").isZero();
            assertThat(server.sessions()).as("sessions").isZero();
            assertThat(server.rooms()).as("rooms").isZero();
          });
    }
  }

  private static String value(Random random, String roomId, int depth) {
    return switch (random.nextInt(depth > 3 ? 16 : 19)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "1e400";
      case 3 -> "-1e308";
      case 4 -> "9".repeat(300);
      case 5 -> "-0.0";
      case 6 -> "\"\\ud83c\"";
      case 7 -> "\"\\u0000\\u202e\"";
      case 8 -> "\"" + "x".repeat(random.nextInt(3_000)) + "\"";
      case 9 -> "{\"_placeholder\":true,\"num\":" + random.nextInt(3) + "}";
      case 10, 11, 12 -> "\"" + roomId + "\"";
      case 13 -> "\"Guest " + random.nextInt(50) + "\"";
      case 14 -> "\"https://films.example/\\udc00.mp4\"";
      case 15 -> Double.toString(random.nextDouble() * 1e6);
      case 16 -> "[" + value(random, roomId, depth + 1) + "]";
      case 17 -> "{\"a\":" + value(random, roomId, depth + 1) + "}";
      default -> "[".repeat(150) + "]".repeat(150);
    };
  }

  private static String payload(Random random, String roomId) {
    if (random.nextInt(8) == 0) {
      return value(random, roomId, 0);
    }
    var fields = new ArrayList<String>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      fields.add(
          "\"" + FIELDS.get(random.nextInt(FIELDS.size())) + "\":" + value(random, roomId, 0));
    }
    if (random.nextInt(3) > 0) {
      fields.add("\"roomId\":\"" + roomId + "\"");
    }
    return "{" + String.join(",", fields) + "}";
  }

  private static String packet(Random random, String roomId) {
    String event = EVENTS.get(random.nextInt(EVENTS.size()));
    String ack = random.nextBoolean() ? "" + random.nextInt(1_000) : "";
    String body = "[\"" + event + "\"," + payload(random, roomId) + "]";
    return switch (random.nextInt(12)) {
      case 0 -> "451-" + ack + body;
      case 1 -> {
        int at = random.nextInt(body.length());
        yield "42"
            + ack
            + body.substring(0, at)
            + (char) random.nextInt(32, 127)
            + body.substring(at);
      }
      case 2 -> "42" + ack + body.substring(0, random.nextInt(body.length()));
      default -> "42" + ack + body;
    };
  }

  @Test
  void RB1_ten_thousand_hostile_packets_on_websockets() {
    var random = new Random(SEED);
    try (TestClient ann = TestClient.base(server).create("Ann")) {
      RawSocket raw = RawSocket.connect(server);
      for (int i = 0; i < PACKETS; i++) {
        if (!raw.send(packet(random, ann.roomId())) || raw.ended()) {
          raw.close();
          raw = RawSocket.connect(server);
        }
      }
      raw.close();
      ann.must("send-message", ann.here("message", "still here"));
      try (TestClient late = TestClient.base(server)) {
        late.join(ann.roomId(), "Late");
      }
    }
  }

  @Test
  void RB1_huge_strings_and_binary_frames() {
    for (String frame :
        List.of(
            "42[\"send-message\",{\"message\":\"" + "x".repeat(900_000) + "\"}]",
            "42[\"send-message\",{\"message\":\"" + "x".repeat(1_100_000) + "\"}]",
            "42" + "[".repeat(400_000),
            "42[\"" + "e".repeat(500_000) + "\"]",
            "451-[\"send-message\",{\"_placeholder\":true,\"num\":0}]")) {
      RawSocket raw = RawSocket.connect(server);
      raw.send(frame);
      raw.send(new byte[1_000]);
      raw.close();
    }
  }

  @Test
  void RB1_hostile_bodies_over_polling() throws Exception {
    var random = new Random(SEED);
    String base = server.url() + "/api/socket/io/?EIO=4&transport=polling";
    String sid = "";
    for (int i = 0; i < 500; i++) {
      if (sid.isEmpty()) {
        String opened =
            HTTP.send(
                    HttpRequest.newBuilder(URI.create(base)).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body();
        int at = opened.indexOf("\"sid\":\"") + 7;
        sid = opened.substring(at, opened.indexOf('"', at));
        post(base + "&sid=" + sid, "40");
      }
      String body = packet(random, "ABC123");
      if (random.nextInt(4) == 0) {
        body = body + "\u001e" + packet(random, "ABC123") + "\u001e";
      }
      if (post(base + "&sid=" + sid, body) != 200) {
        sid = "";
      }
    }
    if (!sid.isEmpty()) {
      post(base + "&sid=" + sid, "1");
    }
  }

  private static int post(String url, String body) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void RB1_sockets_that_connect_and_close_without_an_event() {
    for (int i = 0; i < 200; i++) {
      RawSocket raw = i % 2 == 0 ? RawSocket.open(server) : RawSocket.connect(server);
      if (i % 4 == 1) {
        raw.send("42[\"create-room\",{\"hostName\":\"Ann\"}]");
      }
      raw.abort();
    }
  }
}
