package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.redis.client.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Redis is lost under two servers, with all it knew. */
final class RedisGoesTest extends TwoServers {
  private final TestClient ann = stock(first).create("Ann");
  private final TestClient bob = resumable(first);
  private final TestClient cleo = stock(second);
  private final TestClient dora = resumable(second);

  RedisGoesTest() {
    bob.join(ann.roomId(), "Bob");
    cleo.join(ann.roomId(), "Cleo");
    dora.join(ann.roomId(), "Dora");
    ann.must("promote-host", ann.here("userId", dora.userId()));
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("seek-video", ann.here("currentTime", 42));
    say(ann, "one");
    say(cleo, "two");
    for (TestClient client : everybody()) {
      awaitHeard(client, "two");
    }
  }

  private List<TestClient> everybody() {
    return List.of(ann, bob, cleo, dora);
  }

  private void lose() {
    redis.stop();
    availability(false);
  }

  private void availability(boolean available) {
    for (TestClient client : everybody()) {
      JsonNode availability = client.take("room-availability");
      assertThat(text(availability, "roomId")).isEqualTo(ann.roomId());
      assertThat(availability.get("available").booleanValue()).isEqualTo(available);
    }
  }

  @Test
  void IN6_without_redis_changes_are_rejected_and_the_rest_continues() {
    redis.stop();
    JsonNode refused = ann.call("send-message", ann.here("message", "into the dark"));
    assertThat(text(refused, "code")).isEqualTo("unavailable");
    assertThat(refused.get("retryable").booleanValue()).isTrue();
    availability(false);
    await().until(() -> readiness(first) == 503 && readiness(second) == 503);

    bob.emit("typing-start", bob.here());
    assertThat(text(ann.take("user-typing"), "userId")).isEqualTo(bob.userId());
    dora.must("sync-check", dora.here("currentTime", 42, "isPlaying", false, "timestamp", 17));
    assertThat(cleo.take("sync-update").get("timestamp").longValue()).isEqualTo(17);
    assertThat(text(stock(first).call("create-room", TestClient.with("hostName", "Eve")), "code"))
        .isEqualTo("unavailable");
    for (TestClient client : everybody()) {
      client.expectNothing("room-closed", "user-away", "user-left", "session-replaced");
    }
  }

  @Test
  void SF7_IN6_redis_that_takes_no_changes_is_an_outage_and_over_by_itself() {
    String free = "" + RedisServer.freePort();
    for (List<String> way :
        List.of(
            List.of("replicaof", "127.0.0.1", free), List.of("config", "set", "maxmemory", "1"))) {
      redis.cli(way.toArray(String[]::new));
      JsonNode refused = ann.call("send-message", ann.here("message", "into the dark"));
      assertThat(text(refused, "code")).isEqualTo("unavailable");
      assertThat(refused.get("retryable").booleanValue()).isTrue();
      availability(false);
      await().until(() -> readiness(first) == 503 && readiness(second) == 503);
      assertThat(text(stock(first).call("create-room", TestClient.with("hostName", "Eve")), "code"))
          .isEqualTo("unavailable");
      for (TestClient client : everybody()) {
        client.expectNothing("room-availability", "room-closed", "user-away", "user-left");
      }
      redis.cli("replicaof", "no", "one");
      redis.cli("config", "set", "maxmemory", "0");
      availability(true);
      await().until(() -> readiness(first) == 200 && readiness(second) == 200);
      say(ann, "and on " + way);
      for (TestClient client : everybody()) {
        awaitHeard(client, "and on " + way);
      }
    }
  }

  @Test
  void IN8_redis_back_empty_gets_rooms_roles_and_chat_back_in_a_new_epoch() {
    long epoch = epoch(ann);
    lose();
    redis.start();
    availability(true);
    await().until(() -> readiness(first) == 200 && readiness(second) == 200);

    for (TestClient client : everybody()) {
      await().until(() -> epoch(client) > epoch);
      assertThat(epoch(client)).isEqualTo(epoch(ann));
    }
    for (TestServer server : List.of(first, second)) {
      JsonNode joined = resumable(server).join(ann.roomId(), "Eve " + server.port());
      JsonNode room = joined.get("room");
      assertThat(ContractTest.users(room)).startsWith("Ann", "Bob", "Cleo", "Dora");
      assertThat(room.get("users").get(0).get("isHost").booleanValue()).isTrue();
      assertThat(room.get("users").get(1).get("isHost").booleanValue()).isFalse();
      assertThat(room.get("users").get(3).get("isHost").booleanValue()).isTrue();
      assertThat(text(room, "videoUrl")).isEqualTo(FILM);
      assertThat(joined.get("timeline").get("position").doubleValue()).isEqualTo(42);
      assertThat(text(joined.get("messages").get(0), "message")).isEqualTo("one");
      assertThat(text(joined.get("messages").get(1), "message")).isEqualTo("two");
      assertThat(joined.get("messages")).hasSize(2);
    }
    say(cleo, "three");
    say(ann, "four");
    dora.must("play-video", dora.here("currentTime", 42));
    assertThat(ann.take("video-played").get("currentTime").doubleValue()).isEqualTo(42);
    for (TestClient stock : List.of(ann, cleo)) {
      assertThat(heard(stock)).containsExactly("one", "two", "three", "four");
      // Away and back at once is how the server that put the room back asks who is still there.
      stock.expectNothing("user-left", "room-closed", "session-replaced");
    }
  }

  @Test
  void IN6_short_and_repeated_outages_lose_no_message() {
    var said = new ArrayList<String>(List.of("one", "two"));
    for (int round = 0; round < 3; round++) {
      lose();
      redis.start();
      availability(true);
      for (TestClient client : List.of(cleo, ann)) {
        String message = client.userId() + " in round " + round;
        // What is refused was not said; what is not, was.
        await()
            .pollInterval(Duration.ofMillis(50))
            .until(() ->
                client
                    .call("send-message", client.here("message", message))
                    .get("ok")
                    .booleanValue());
        said.add(message);
      }
    }
    for (TestClient stock : List.of(ann, cleo)) {
      awaitHeard(stock, said.getLast());
      assertThat(heard(stock)).isEqualTo(said);
    }
  }

  private static long epoch(TestClient client) {
    return client.must("clock", TestClient.with("t1", 1)).get("epoch").longValue();
  }
}
