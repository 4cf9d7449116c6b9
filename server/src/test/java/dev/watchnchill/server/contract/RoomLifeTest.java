package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The end of a room with members in it. */
final class RoomLifeTest {
  private static final long LIFE_MS = 1_500;

  @Test
  void RS8_room_that_expires_notifies_its_members() {
    try (TestServer server = TestServer.withRoomLife(LIFE_MS);
        TestClient ann = TestClient.extended(server).create("Ann");
        TestClient bob = TestClient.base(server)) {
      bob.join(ann.roomId(), "Bob");

      JsonNode closed = ann.take("room-closed");
      assertThat(closed.get("roomId").stringValue()).isEqualTo(ann.roomId());
      assertThat(closed.get("reason").stringValue()).isEqualTo("expired");
      assertThat(bob.take("room-closed")).isEqualTo(closed);

      JsonNode play = ann.call("play-video", ann.here("currentTime", 1));
      assertThat(play.get("code").stringValue()).isEqualTo("room_not_found");
      JsonNode talk = bob.call("send-message", ann.here("message", "anybody?"));
      assertThat(talk.get("code").stringValue()).isEqualTo("not_authenticated");
      JsonNode back =
          bob.call("join-room", TestClient.with("roomId", ann.roomId(), "userName", "Bob"));
      assertThat(back.get("code").stringValue()).isEqualTo("room_not_found");
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(server.rooms()).isZero());
    }
  }
}
