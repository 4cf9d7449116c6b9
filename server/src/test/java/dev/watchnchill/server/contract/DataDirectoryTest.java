package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.store.file.DataFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server on a directory of its own is closed and started again. */
final class DataDirectoryTest {
  private static final String FILM = "https://films.example/one.mp4";

  @TempDir Path directory;

  private TestServer open() {
    return TestServer.start("DATA_DIR", directory.toString());
  }

  private static TestClient host(TestServer server) {
    TestClient ann = TestClient.extended(server);
    ann.must("create-room", with("hostName", "Ann"));
    return ann;
  }

  private static String token(JsonNode joined) {
    return joined.get("sessionToken").stringValue();
  }

  @Test
  void RS3_after_a_restart_all_members_resume_seat_chat_and_position() {
    JsonNode annsJoined;
    JsonNode bobsJoined;
    double playedAtMs;
    String roomId;
    try (TestServer server = open()) {
      TestClient ann = host(server);
      annsJoined = ann.take("room-joined");
      roomId = annsJoined.get("room").get("id").stringValue();
      try (TestClient bob = TestClient.extended(server)) {
        bobsJoined = bob.join(roomId, "Bob");
        bob.must("send-message", bob.here("message", "hi"));
        ann.must("set-video", with("roomId", roomId, "videoUrl", FILM));
        ann.must("play-video", with("roomId", roomId, "currentTime", 40));
        playedAtMs = TwoServers.timeline(bob).get("at").doubleValue();
      }
    }
    try (TestServer server = open();
        TestClient ann = TestClient.extended(server);
        TestClient bob = TestClient.extended(server)) {
      JsonNode joined = ann.join(roomId, "Ann", "sessionToken", token(annsJoined));
      assertThat(joined.get("resumed").booleanValue()).isTrue();
      assertThat(joined.get("user").get("id")).isEqualTo(annsJoined.get("user").get("id"));
      assertThat(joined.get("user").get("isHost").booleanValue()).isTrue();
      assertThat(joined.get("messages").get(0).get("message").stringValue()).isEqualTo("hi");
      assertThat(joined.get("room").get("videoUrl").stringValue()).isEqualTo(FILM);
      JsonNode timeline = joined.get("timeline");
      assertThat(timeline.get("phase").stringValue()).isEqualTo("playing");
      assertThat(timeline.get("position").doubleValue()).isEqualTo(40);
      assertThat(timeline.get("at").doubleValue()).isEqualTo(playedAtMs);

      assertThat(bob.join(roomId, "Bob", "sessionToken", token(bobsJoined)).get("user").get("id"))
          .isEqualTo(bobsJoined.get("user").get("id"));
      assertThat(ann.take("user-returned").get("userId"))
          .isEqualTo(bobsJoined.get("user").get("id"));
      ann.must("pause-video", ann.here("currentTime", 41));
      bob.take("video-paused");
      ann.expectNothing("user-left");
    }
  }

  @Test
  void directory_belongs_to_one_instance_and_the_other_reports_that_in_one_line() {
    try (TestServer server = open();
        TestClient ann = TestClient.base(server)) {
      assertThatThrownBy(this::open)
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("in use by another server")
          .hasMessageNotContaining("\n");
      ann.create("Ann");
    }
    open().close();
  }
}
