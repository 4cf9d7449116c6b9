package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TimelineContractTest extends ContractTest {
  private static double number(JsonNode node, String field) {
    JsonNode value = node.get(field);
    assertThat(value).as("%s in %s", field, node).isNotNull();
    return value.doubleValue();
  }

  @Test
  void TL1_TL2_timeline_has_its_fields_and_goes_to_all_members() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    JsonNode answer = ann.must("set-video", ann.here("videoUrl", FILM));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode timeline = client.take("timeline");
      assertThat(timeline.propertyNames())
          .containsExactlyInAnyOrder(
              "epoch",
              "seq",
              "item",
              "phase",
              "position",
              "rate",
              "at",
              "resume",
              "by",
              "duration",
              "waiting",
              "serverTime",
              "reason");
      assertThat(text(timeline, "phase")).isEqualTo("paused");
      assertThat(text(timeline, "reason")).isEqualTo("video");
      assertThat(text(timeline, "by")).isEqualTo(ann.userId());
      assertThat(number(timeline, "item")).isEqualTo(1);
      assertThat(number(timeline, "rate")).isEqualTo(1);
      assertThat(timeline.get("seq")).isEqualTo(answer.get("seq"));
    }
  }

  @Test
  void TL1_TL2_joiner_gets_the_timeline_within_room_joined_and_behind_it() {
    TestClient ann = host("Ann");
    TestClient bob = base();
    bob.must("join-room", with("roomId", ann.roomId(), "userName", "Bob"));
    JsonNode joined = bob.take("room-joined");
    JsonNode timeline = bob.take("timeline");
    assertThat(timeline).isEqualTo(joined.get("timeline"));
    assertThat(text(timeline, "reason")).isEqualTo("join");
    assertThat(number(timeline, "item")).isZero();
    assertThat(timeline.get("by").isNull()).isTrue();
  }

  @Test
  void TL2_every_reason_and_the_request() {
    TestClient ann = host("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    assertThat(text(ann.take("timeline"), "reason")).isEqualTo("video");
    ann.must("play-video", ann.here("currentTime", 1));
    assertThat(text(ann.take("timeline"), "reason")).isEqualTo("play");
    ann.must("seek-video", ann.here("currentTime", 30));
    assertThat(text(ann.take("timeline"), "reason")).isEqualTo("seek");
    ann.must("pause-video", ann.here("currentTime", 31));
    assertThat(text(ann.take("timeline"), "reason")).isEqualTo("pause");
    ann.must("report-duration", ann.here("duration", 100));
    assertThat(text(ann.take("timeline"), "reason")).isEqualTo("duration");
    ann.must("sync-check", ann.here("currentTime", 90, "isPlaying", false, "timestamp", 1));
    assertThat(text(ann.take("timeline"), "reason")).isEqualTo("sync");
    ann.must("get-timeline", ann.here());
    JsonNode asked = ann.take("timeline");
    assertThat(text(asked, "reason")).isEqualTo("request");
    assertThat(number(asked, "position")).isEqualTo(90);
    ann.expectNothing("timeline");
  }

  @Test
  void TL3_start_of_an_extended_client_lies_ahead_and_of_a_base_client_does_not() {
    TestClient ann = extended().create("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.take("timeline");
    ann.must("play-video", ann.here("currentTime", 5));
    JsonNode ahead = ann.take("timeline");
    assertThat(number(ahead, "at") - number(ahead, "serverTime")).isBetween(1.0, 300.0);
    TestClient base = base();
    base.join(ann.roomId(), "Zoe", "hostToken", ann.hostToken());
    base.must("seek-video", base.here("currentTime", 50));
    JsonNode now = base.take("timeline");
    assertThat(number(now, "at")).isLessThanOrEqualTo(number(now, "serverTime"));
    assertThat(number(now, "position")).isEqualTo(50);
  }

  @Test
  void TL4_pause_is_at_the_position_where_it_was_pressed() {
    TestClient ann = host("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.take("timeline");
    ann.must("play-video", ann.here("currentTime", 100));
    JsonNode playing = ann.take("timeline");
    double pressed = number(playing, "at");
    ann.must("pause-video", ann.here("currentTime", 7, "pressedAt", pressed));
    double position = number(ann.take("timeline"), "position");
    // Within the last second it is exact, later the second is the bound.
    assertThat(position).isBetween(100.0, 130.0).isNotEqualTo(7.0);
    ann.must("play-video", ann.here("currentTime", 100));
    ann.must("pause-video", ann.here("currentTime", 7, "pressedAt", 1e300));
    ann.take("timeline");
    assertThat(number(ann.take("timeline"), "position")).isBetween(100.0, 130.0);
  }

  @Test
  void TL5_sync_check_within_the_tolerance_moves_nothing_and_beyond_it_does() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("pause-video", ann.here("currentTime", 10));
    ann.forget();
    bob.forget();
    ann.must("sync-check", ann.here("currentTime", 10.5, "isPlaying", false, "timestamp", 5));
    assertThat(bob.names()).containsExactly("sync-update");
    bob.forget();
    ann.must("sync-check", ann.here("currentTime", 10.6, "isPlaying", false, "timestamp", 5));
    assertThat(bob.names()).containsExactly("sync-update", "timeline");
    assertThat(number(bob.take("timeline"), "position")).isEqualTo(10.6);
    ann.must("sync-check", ann.here("currentTime", 10.6, "isPlaying", true, "timestamp", 5));
    assertThat(text(bob.take("timeline"), "phase")).isEqualTo("playing");
  }

  @Test
  void TL6_duration_bounds_every_position_and_ends_with_the_film() {
    TestClient ann = host("Ann");
    ann.must("report-duration", ann.here("duration", 9));
    ann.expectNothing("timeline");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("seek-video", ann.here("currentTime", 500));
    ann.forget();
    ann.must("report-duration", ann.here("duration", 60));
    JsonNode bounded = ann.take("timeline");
    assertThat(number(bounded, "duration")).isEqualTo(60);
    assertThat(number(bounded, "position")).isEqualTo(60);
    ann.must("seek-video", ann.here("currentTime", 1e9));
    assertThat(number(ann.take("timeline"), "position")).isEqualTo(60);
    ann.must("set-video", ann.here("videoUrl", FILM));
    JsonNode next = ann.take("timeline");
    assertThat(number(next, "duration")).isZero();
    assertThat(number(next, "item")).isEqualTo(2);
  }

  @Test
  void LS1_delay_of_a_live_stream_goes_to_all_and_ends_with_the_film() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-video", ann.here("videoUrl", "https://films.example/live.m3u8"));
    bob.take("timeline");
    ann.must("report-live", ann.here("item", 1, "delay", -7_200_000.5));
    JsonNode reported = bob.take("timeline");
    assertThat(number(reported, "liveDelay")).isEqualTo(-7_200_000.5);
    assertThat(text(reported, "reason")).isEqualTo("duration");
    ann.must("report-live", ann.here("item", 1, "delay", 5, "replaces", null));
    bob.expectNothing("timeline");
    ann.must("report-live", ann.here("item", 1, "delay", 5, "replaces", -7_200_000.5));
    assertThat(number(bob.take("timeline"), "liveDelay")).isEqualTo(5);
    ann.must("set-video", ann.here("videoUrl", FILM));
    assertThat(bob.take("timeline").has("liveDelay")).isFalse();
  }

  @Test
  void TL7_clock_answer_has_server_time_and_position() {
    TestClient ann = base();
    JsonNode outside = ann.must("clock", with("t1", 12.25));
    assertThat(outside.propertyNames())
        .containsExactlyInAnyOrder("ok", "t1", "t2", "t3", "clockEpoch", "epoch", "seq");
    assertThat(number(outside, "t1")).isEqualTo(12.25);
    assertThat(number(outside, "t3")).isGreaterThanOrEqualTo(number(outside, "t2"));
    assertThat(number(outside, "t2"))
        .isCloseTo((double) java.time.Instant.now().toEpochMilli(), within(60_000.0));
    assertThat(outside.get("epoch").isNull()).isTrue();
    assertThat(outside.get("seq").isNull()).isTrue();
    ann.create("Ann");
    JsonNode inside = ann.must("clock", with("t1", -1e9));
    JsonNode at = ann.must("get-timeline", ann.here());
    assertThat(inside.get("epoch")).isEqualTo(at.get("epoch"));
    assertThat(inside.get("seq")).isEqualTo(at.get("seq"));
    assertThat(inside.get("clockEpoch")).isEqualTo(outside.get("clockEpoch"));
    assertThat(number(inside, "t2")).isGreaterThanOrEqualTo(number(outside, "t3"));
  }

  @Test
  void TL8_base_members_of_a_room_driven_by_an_extended_client_get_sync_updates() {
    TestClient ann = extended().create("Ann");
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("play-video", ann.here("currentTime", 10));
    JsonNode update = bob.take("sync-update");
    assertThat(update.get("isPlaying").booleanValue()).isTrue();
    assertThat(number(update, "currentTime")).isGreaterThan(14);
    ann.expectNothing("sync-update");
  }
}
