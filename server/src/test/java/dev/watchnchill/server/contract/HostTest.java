package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The events that only hosts may send. */
final class HostTest extends ContractTest {
  private static final String CONTROL_ONLY = "Only hosts can control the video";

  private static JSONObject payload(String event, String roomId) {
    return switch (event) {
      case "promote-host" -> with("roomId", roomId, "userId", UUID.randomUUID().toString());
      case "set-video" -> with("roomId", roomId, "videoUrl", FILM);
      case "sync-check" ->
          with("roomId", roomId, "currentTime", 1, "isPlaying", true, "timestamp", 1);
      case "report-duration" -> with("roomId", roomId, "duration", 60);
      case "report-live" -> with("roomId", roomId, "item", 0, "delay", 9_000);
      default -> with("roomId", roomId, "currentTime", 3);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "promote-host,Only hosts can promote users",
    "set-video,Only hosts can set the video",
    "play-video," + CONTROL_ONLY,
    "pause-video," + CONTROL_ONLY,
    "seek-video," + CONTROL_ONLY,
    "sync-check,Only hosts can send sync checks",
    "report-duration," + CONTROL_ONLY,
    "report-live," + CONTROL_ONLY
  })
  void HR1_guest_is_rejected_and_nothing_changes(String event, String error) {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    refused(bob, bob.call(event, payload(event, ann.roomId())), "error", "not_host", error);
    ann.expectNothing();
    assertThat(
            room(ann.join(ann.roomId(), "Ann")).get("videoState").get("isPlaying").booleanValue())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "promote-host,Only hosts can promote users",
    "set-video,Only hosts can set the video",
    "play-video," + CONTROL_ONLY,
    "pause-video," + CONTROL_ONLY,
    "seek-video," + CONTROL_ONLY,
    "sync-check,Only hosts can send sync checks",
    "report-duration," + CONTROL_ONLY,
    "report-live," + CONTROL_ONLY
  })
  void MB1_host_of_another_room_is_a_stranger_here(String event, String error) {
    TestClient ann = host("Ann");
    TestClient zoe = host("Zoe");
    refused(zoe, zoe.call(event, payload(event, ann.roomId())), "error", "not_host", error);
    ann.expectNothing();
  }

  @ParameterizedTest
  @CsvSource({"send-message", "typing-start", "typing-stop", "get-timeline", "resume"})
  void MB1_members_events_from_a_stranger_are_not_authenticated(String event) {
    TestClient ann = host("Ann");
    for (TestClient stranger : List.of(host("Zoe"), base())) {
      JsonNode answer =
          stranger.call(event, with("roomId", ann.roomId(), "message", "hi", "epoch", 1, "seq", 1));
      refused(stranger, answer, "error", "not_authenticated", "Not authenticated");
    }
    ann.expectNothing();
  }

  @ParameterizedTest
  @CsvSource({
    "promote-host,error,not_authenticated,Not authenticated",
    "sync-check,error,not_authenticated,Not authenticated",
    "set-video,error,not_host,Only hosts can set the video",
    "play-video,error,not_host," + CONTROL_ONLY,
  })
  void MB1_checks_of_a_socket_without_any_seat(String event, String as, String code, String error) {
    TestClient ann = host("Ann");
    TestClient stranger = base();
    refused(stranger, stranger.call(event, payload(event, ann.roomId())), as, code, error);
  }

  @ParameterizedTest
  @CsvSource({
    "promote-host",
    "set-video",
    "play-video",
    "pause-video",
    "seek-video",
    "sync-check",
    "report-duration",
    "report-live"
  })
  void MB1_member_of_another_room_gets_room_not_found_for_an_unknown_room(String event) {
    TestClient ann = host("Ann");
    refused(
        ann,
        ann.call(event, payload(event, "ZZZZZZ")),
        "room-error",
        "room_not_found",
        "Room not found");
  }

  @Test
  void PR1_promotion_is_broadcast_to_all_and_valid_at_once() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode promoted = client.take("user-promoted");
      assertThat(text(promoted, "userId")).isEqualTo(bob.userId());
      assertThat(text(promoted, "userName")).isEqualTo("Bob");
      client.expectNothing();
    }
    bob.must("play-video", bob.here("currentTime", 1));
    JsonNode joined = bob.join(ann.roomId(), "Bob");
    assertThat(joined.get("user").get("isHost").booleanValue()).isTrue();
    assertThat(text(room(joined), "hostId")).isEqualTo(ann.userId());
  }

  @Test
  void PR1_promotion_of_an_unknown_user_or_a_host_is_rejected() {
    TestClient ann = host("Ann");
    refused(
        ann,
        ann.call("promote-host", ann.here("userId", UUID.randomUUID().toString())),
        "error",
        "user_not_found",
        "User not found");
    refused(
        ann,
        ann.call("promote-host", ann.here("userId", ann.userId())),
        "error",
        "already_host",
        "User is already a host");
  }

  @Test
  void PR1_promoted_hosts_seat_is_kept_by_the_host_token_alone() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    TestClient other = base();
    refused(
        other,
        other.call("join-room", with("roomId", ann.roomId(), "userName", "Bob")),
        "room-error",
        "bad_host_credentials",
        CREDENTIALS);
  }

  @Test
  void SV1_EV7_film_is_set_for_all_and_the_state_is_reset() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-video", ann.here("videoUrl", "https://youtu.be/dQw4w9WgXcQ"));
    ann.must("play-video", ann.here("currentTime", 50));
    ann.forget();
    bob.forget();
    ann.must("set-video", ann.here("videoUrl", " " + FILM + " "));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode set = client.take("video-set");
      assertThat(text(set, "videoUrl")).isEqualTo(FILM);
      assertThat(text(set, "videoType")).isEqualTo("video");
      client.take("timeline");
      client.take("queue-changed");
      client.expectNothing();
    }
    JsonNode state = room(bob.join(ann.roomId(), "Bob")).get("videoState");
    assertThat(state.get("isPlaying").booleanValue()).isFalse();
    assertThat(state.get("currentTime").doubleValue()).isZero();
    assertThat(state.get("duration").doubleValue()).isZero();
  }

  @Test
  void MD3_film_begins_at_the_position_in_its_link_for_base_clients_too() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-video", ann.here("videoUrl", "https://youtu.be/dQw4w9WgXcQ?t=1m30s"));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode set = client.take("video-set");
      assertThat(text(set, "videoUrl")).isEqualTo("https://youtu.be/dQw4w9WgXcQ?t=1m30s");
      assertThat(set.get("currentTime").doubleValue()).isEqualTo(90);
      assertThat(client.take("timeline").get("position").doubleValue()).isEqualTo(90);
      JsonNode sync = client.take("sync-update");
      assertThat(sync.get("currentTime").doubleValue()).isEqualTo(90);
      assertThat(sync.get("isPlaying").booleanValue()).isFalse();
      client.take("queue-changed");
      client.expectNothing();
    }
    JsonNode state = room(bob.join(ann.roomId(), "Bob")).get("videoState");
    assertThat(state.get("currentTime").doubleValue()).isEqualTo(90);
    ann.must("set-video", ann.here("videoUrl", FILM));
    assertThat(ann.take("video-set").has("currentTime")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "play-video,video-played,true,true",
    "pause-video,video-paused,true,false",
    "pause-video,video-paused,false,false",
    "seek-video,video-seeked,true,true",
    "seek-video,video-seeked,false,false"
  })
  void PB1_PB2_PB3_EV8_control_is_stored_and_broadcast_to_the_others(
      String event, String sent, boolean playingBefore, boolean playingAfter) {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-video", ann.here("videoUrl", FILM));
    if (playingBefore) {
      ann.must("play-video", ann.here("currentTime", 10));
    }
    ann.forget();
    bob.forget();
    ann.must(event, ann.here("currentTime", 42.5));
    JsonNode heard = bob.take(sent);
    assertThat(heard.get("currentTime").doubleValue()).isEqualTo(42.5);
    assertThat(heard.get("timestamp").isIntegralNumber()).isTrue();
    ann.expectNothing(sent);
    JsonNode state = room(bob.join(ann.roomId(), "Bob")).get("videoState");
    assertThat(state.get("isPlaying").booleanValue()).isEqualTo(playingAfter);
    assertThat(state.get("currentTime").doubleValue()).isBetween(42.5, 72.5);
    assertThat(state.get("lastUpdateTime").longValue())
        .isGreaterThanOrEqualTo(heard.get("timestamp").longValue());
  }

  @Test
  void SC1_EV9_sync_check_reaches_the_others_with_the_same_three_values() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.forget();
    bob.forget();
    ann.must(
        "sync-check",
        ann.here("currentTime", 0.25, "isPlaying", false, "timestamp", 1_700_000_000_123L));
    JsonNode update = bob.take("sync-update");
    assertThat(update.get("currentTime").doubleValue()).isEqualTo(0.25);
    assertThat(update.get("isPlaying").booleanValue()).isFalse();
    assertThat(update.get("timestamp").longValue()).isEqualTo(1_700_000_000_123L);
    assertThat(update.propertyNames())
        .containsExactlyInAnyOrder("currentTime", "isPlaying", "timestamp");
    ann.expectNothing("sync-update");
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ,youtube",
    "https://youtu.be/dQw4w9WgXcQ,youtube",
    "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=3,youtube",
    "https://music.youtube.com/watch?v=dQw4w9WgXcQ,youtube",
    "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ,youtube",
    "http://films.example/a.mp4?token=1,video",
    "https://films.example/a.M4V,video",
    "https://films.example/a.webm,video",
    "https://films.example/a.ogv,video",
    "https://films.example/a.mov,video",
    "https://films.example/a.mp3,audio",
    "https://films.example/a.m4a,audio",
    "https://films.example/a.ogg,audio",
    "https://films.example/a.oga,audio",
    "https://films.example/a.opus,audio",
    "https://films.example/a.wav,audio",
    "https://films.example/a.flac,audio",
    "https://films.example/a.aac,audio",
    "https://films.example/a.m3u8,hls",
    "https://films.example/a.mpd,dash"
  })
  void MD1_kind_is_derived_from_the_link(String url, String type) {
    TestClient ann = host("Ann");
    ann.must("set-video", ann.here("videoUrl", url));
    assertThat(text(ann.take("video-set"), "videoType")).isEqualTo(type);
    JsonNode room = room(ann.join(ann.roomId(), "Ann"));
    assertThat(text(room, "videoType")).isEqualTo(type);
    assertThat(text(room, "videoUrl")).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ",
    "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com/watch?v=short",
    "https://www.youtube.com/playlist?list=PL123",
    "https://films.example/",
    "https://films.example/page.html",
    "https://films.example/a.mp4/page.html",
    "data:video/mp4;base64,AAAA"
  })
  void MD1_any_other_link_is_rejected(String url) {
    TestClient ann = host("Ann");
    refused(
        ann,
        ann.call("set-video", ann.here("videoUrl", url)),
        "room-error",
        "invalid_data",
        "Invalid data: Invalid URL format");
  }
}
