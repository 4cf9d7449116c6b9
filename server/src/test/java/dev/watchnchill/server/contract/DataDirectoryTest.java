package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.media.index.LibraryFolders;
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
  void EN9_after_a_restart_the_door_and_the_rights_are_as_they_were() {
    String roomId;
    String seat;
    String invite;
    String knock;
    String hostToken;
    try (TestServer server = open();
        TestClient ann = TestClient.extended(server).create("Ann");
        TestClient bob = TestClient.extended(server);
        TestClient eve = Pages.open(server, "198.51.100.9", Pages.keyOf("Eve"));
        TestClient kim = TestClient.extended(server)) {
      roomId = ann.roomId();
      seat = token(bob.join(roomId, "Bob"));
      eve.join(roomId, "Eve");
      ann.must("mute-member", ann.here("userId", bob.userId(), "muted", true));
      ann.must("remove-member", ann.here("userId", eve.userId(), "ban", with()));
      invite = ann.must("create-invite", ann.here("uses", 2)).get("token").stringValue();
      ann.must("set-password", ann.here("password", "open sesame"));
      ann.must("set-settings", ann.here("title", "Kino", "entry", "approval"));
      knock = token(ApprovalTest.knock(kim, roomId, "Kim"));
      ann.must("transfer-room", ann.here("userId", bob.userId()));
      bob.take("room-transferred");
      hostToken = bob.take("room-transferred").get("hostToken").stringValue();
    }
    try (TestServer server = open();
        TestClient bob = TestClient.extended(server);
        TestClient kim = TestClient.extended(server);
        TestClient eve = Pages.open(server, "198.51.100.9", Pages.keyOf("cleared"));
        TestClient cleo = TestClient.base(server)) {
      JsonNode room = bob.join(roomId, "Bob", "sessionToken", seat).get("room");
      assertThat(room.get("settings").get("title").stringValue()).isEqualTo("Kino");
      assertThat(room.get("settings").get("hasPassword").booleanValue()).isTrue();
      assertThat(room.get("hostId").stringValue()).isEqualTo(bob.userId());
      assertThat(room.get("users").get(1).get("muted").booleanValue()).isTrue();
      JsonNode waiting = room.get("knocks").get(0);
      assertThat(waiting.get("userName").stringValue()).isEqualTo("Kim");
      bob.must(
          "answer-knock",
          bob.here("knockId", waiting.get("knockId").stringValue(), "accept", true));
      kim.join(roomId, "Kim", "sessionToken", knock);
      JsonNode banned = eve.call("join-room", with("roomId", roomId, "userName", "Ivy"));
      assertThat(banned.get("code").stringValue()).isEqualTo("banned");
      cleo.join(roomId, "Cleo", "invite", invite);
      bob.must("set-settings", bob.here("entry", "password"));
      cleo.join(roomId, "Bob", "hostToken", hostToken);
      assertThat(cleo.userId()).isEqualTo(bob.userId());
      try (TestClient dora = TestClient.base(server)) {
        dora.join(roomId, "Dora", "password", "open sesame");
      }
    }
  }

  private TestServer openWithFilms(Path films) {
    return TestServer.start(
        "DATA_DIR",
        directory.toString(),
        "MEDIA_DIR",
        films.toString(),
        "FFPROBE",
        "off",
        "FFMPEG",
        "off");
  }

  @Test
  void LB8_after_a_restart_a_link_to_a_film_is_good(@TempDir Path films) {
    LibraryFolders.createFiles(films, "film.mp4");
    String link;
    try (TestServer server = openWithFilms(films);
        TestClient ann = TestClient.extended(server).create("Ann")) {
      await().until(() -> !ann.must("get-library", ann.here()).get("films").isEmpty());
      JsonNode film = ann.must("get-library", ann.here()).get("films").get(0);
      ann.must("set-video", ann.here("videoUrl", "library:" + film.get("mediaId").stringValue()));
      int item = ann.take("timeline").get("item").intValue();
      link = ann.must("get-media-link", ann.here("item", item)).get("url").stringValue();
    }
    try (TestServer server = openWithFilms(films)) {
      await().until(() -> FilmAnswer.of(server, "GET", link).status() == 200);
    }
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
