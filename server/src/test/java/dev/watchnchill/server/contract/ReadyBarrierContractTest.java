package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules TL3, TL9 and TL10 on the wire. */
final class ReadyBarrierContractTest extends ContractTest {
  private static final String HOSTS_ONLY = "Only hosts can control the video";

  private static double number(JsonNode node, String field) {
    JsonNode value = node.get(field);
    assertThat(value).as("%s in %s", field, node).isNotNull();
    return value.doubleValue();
  }

  private static List<String> awaited(JsonNode timeline) {
    return timeline.get("waiting").get("for").valueStream().map(JsonNode::stringValue).toList();
  }

  /** An extended host in a room where a film plays. */
  private TestClient playing() {
    TestClient ann = extended().create("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("play-video", ann.here("currentTime", 10));
    return ann.forget();
  }

  private TestClient viewer(TestClient host, String name) {
    TestClient viewer = extended();
    viewer.join(host.roomId(), name);
    return viewer.forget();
  }

  private static JsonNode timeline(TestClient client, String reason, String phase) {
    JsonNode timeline = client.take("timeline");
    assertThat(text(timeline, "reason")).isEqualTo(reason);
    assertThat(text(timeline, "phase")).isEqualTo(phase);
    return timeline;
  }

  @Test
  void TL9_seek_while_playing_waits_for_everybody_and_starts_when_all_are_ready() {
    TestClient ann = playing();
    TestClient bob = viewer(ann, "Bob");
    JsonNode sought = ann.must("seek-video", ann.here("currentTime", 300));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode waits = timeline(client, "seek", "preparing");
      assertThat(number(waits, "position")).isEqualTo(300);
      assertThat(waits.get("resume").booleanValue()).isTrue();
      assertThat(text(waits.get("waiting"), "reason")).isEqualTo("seek");
      assertThat(awaited(waits)).containsExactly(ann.userId(), bob.userId());
      assertThat(number(waits.get("waiting"), "until")).isEqualTo(number(waits, "at") + 3000);
      assertThat(waits.get("seq")).isEqualTo(sought.get("seq"));
    }
    long seq = sought.get("seq").longValue();
    assertThat(ann.must("ready", ann.here("seq", seq)).propertyNames()).containsExactly("ok");
    bob.expectNothing("timeline");
    bob.must("ready", bob.here("seq", seq));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode starts = timeline(client, "ready", "playing");
      assertThat(number(starts, "position")).isEqualTo(300);
      assertThat(starts.get("waiting").isNull()).isTrue();
      assertThat(starts.get("resume").booleanValue()).isFalse();
      assertThat(starts.get("seq").longValue()).isEqualTo(seq + 1);
      assertThat(number(starts, "at")).isGreaterThan(number(starts, "serverTime"));
    }
  }

  @Test
  void TL9_deadline_starts_without_late_members_who_are_not_awaited_until_they_report() {
    TestClient ann = playing();
    TestClient bob = viewer(ann, "Bob");
    long seq = ann.must("seek-video", ann.here("currentTime", 300)).get("seq").longValue();
    ann.must("ready", ann.here("seq", seq));
    JsonNode waits = timeline(ann, "seek", "preparing");
    JsonNode starts = timeline(ann, "deadline", "playing");
    assertThat(number(starts, "serverTime"))
        .isGreaterThanOrEqualTo(number(waits.get("waiting"), "until"));
    ann.must("seek-video", ann.here("currentTime", 400));
    assertThat(awaited(timeline(ann, "seek", "preparing"))).containsExactly(ann.userId());
    bob.must("ready", bob.here("seq", seq));
    ann.must("seek-video", ann.here("currentTime", 500));
    assertThat(awaited(timeline(ann, "seek", "preparing")))
        .containsExactly(ann.userId(), bob.userId());
  }

  @Test
  void TL9_stale_ready_is_answered_and_changes_nothing() {
    TestClient ann = playing();
    long seq = ann.must("seek-video", ann.here("currentTime", 300)).get("seq").longValue();
    timeline(ann, "seek", "preparing");
    ann.must("ready", ann.here("seq", seq - 1));
    ann.must("ready", ann.here("seq", seq + 1));
    ann.must("ready", ann.here("seq", 1e300));
    ann.expectNothing("timeline");
    ann.must("ready", ann.here("seq", seq));
    timeline(ann, "ready", "playing");
  }

  @Test
  void TL9_pause_while_preparing_pauses_and_play_starts_without_the_others() {
    TestClient ann = playing();
    viewer(ann, "Bob");
    ann.must("seek-video", ann.here("currentTime", 300));
    timeline(ann, "seek", "preparing");
    ann.must("pause-video", ann.here("currentTime", 7, "pressedAt", 1));
    assertThat(number(timeline(ann, "pause", "paused"), "position")).isEqualTo(300);
    ann.must("play-video", ann.here("currentTime", 300));
    timeline(ann, "play", "playing");
    ann.must("seek-video", ann.here("currentTime", 400));
    timeline(ann, "seek", "preparing");
    ann.must("play-video", ann.here("currentTime", 7));
    JsonNode goesOn = timeline(ann, "play", "playing");
    assertThat(number(goesOn, "position")).isEqualTo(400);
    assertThat(number(goesOn, "at")).isGreaterThan(number(goesOn, "serverTime"));
  }

  @Test
  void TL9_awaited_who_leaves_or_is_lost_is_awaited_no_longer() {
    TestClient ann = playing();
    TestClient bob = viewer(ann, "Bob");
    TestClient cleo = viewer(ann, "Cleo");
    long seq = ann.must("seek-video", ann.here("currentTime", 300)).get("seq").longValue();
    ann.must("ready", ann.here("seq", seq));
    timeline(ann, "seek", "preparing");
    bob.must("leave-room", bob.here());
    ann.expectNothing("timeline");
    cleo.close();
    ann.take("user-away");
    timeline(ann, "ready", "playing");
  }

  @Test
  void TL9_base_members_see_it_stand_and_play_again() {
    TestClient ann = playing();
    TestClient zoe = base();
    zoe.join(ann.roomId(), "Zoe");
    zoe.forget();
    long seq = ann.must("seek-video", ann.here("currentTime", 300)).get("seq").longValue();
    assertThat(number(zoe.take("video-seeked"), "currentTime")).isEqualTo(300);
    JsonNode stands = zoe.take("sync-update");
    assertThat(stands.get("isPlaying").booleanValue()).isFalse();
    assertThat(number(stands, "currentTime")).isEqualTo(300);
    TestClient late = base();
    JsonNode state = room(late.join(ann.roomId(), "Late")).get("videoState");
    assertThat(state.get("isPlaying").booleanValue()).isFalse();
    ann.must("ready", ann.here("seq", seq));
    for (TestClient client : List.of(zoe, late)) {
      JsonNode plays = client.take("sync-update");
      assertThat(plays.get("isPlaying").booleanValue()).isTrue();
      assertThat(number(plays, "currentTime")).isEqualTo(300);
    }
    ann.expectNothing("sync-update");
  }

  @Test
  void TL9_seek_of_a_base_host_while_playing_moves_at_once() {
    TestClient ann = playing();
    TestClient zoe = base();
    zoe.join(ann.roomId(), "Zoe", "hostToken", ann.hostToken());
    ann.forget();
    zoe.must("seek-video", zoe.here("currentTime", 50));
    JsonNode moved = timeline(ann, "seek", "playing");
    assertThat(number(moved, "at")).isLessThanOrEqualTo(number(moved, "serverTime"));
  }

  @Test
  void TL9_sync_check_while_preparing_is_passed_on_and_moves_nothing() {
    TestClient ann = playing();
    TestClient zoe = base();
    zoe.join(ann.roomId(), "Zoe", "hostToken", ann.hostToken());
    ann.must("seek-video", ann.here("currentTime", 300));
    timeline(ann, "seek", "preparing");
    zoe.must("sync-check", zoe.here("currentTime", 9, "isPlaying", true, "timestamp", 1));
    assertThat(number(ann.take("sync-update"), "currentTime")).isEqualTo(9);
    ann.expectNothing("timeline");
  }

  @Test
  void TL9_seek_while_paused_stays_there() {
    TestClient ann = playing();
    ann.must("pause-video", ann.here("currentTime", 20));
    timeline(ann, "pause", "paused");
    ann.must("seek-video", ann.here("currentTime", 300));
    assertThat(timeline(ann, "seek", "paused").get("waiting").isNull()).isTrue();
  }

  @Test
  void TL9_WT2_stranger_is_not_authenticated() {
    TestClient ann = playing();
    for (String event : List.of("ready", "buffering", "buffered")) {
      TestClient stranger = base();
      refused(
          stranger,
          stranger.call(event, TestClient.with("roomId", ann.roomId(), "seq", 1)),
          "error",
          "not_authenticated",
          "Not authenticated");
    }
  }

  @Test
  void TL10_rate_is_for_all_from_now_on_and_ends_with_the_film() {
    TestClient ann = playing();
    TestClient bob = viewer(ann, "Bob");
    JsonNode answer = ann.must("set-rate", ann.here("rate", 1.5));
    assertThat(answer.propertyNames()).containsExactlyInAnyOrder("ok", "epoch", "seq");
    JsonNode faster = timeline(bob, "rate", "playing");
    assertThat(number(faster, "rate")).isEqualTo(1.5);
    assertThat(faster.get("seq")).isEqualTo(answer.get("seq"));
    assertThat(text(faster, "by")).isEqualTo(ann.userId());
    assertThat(ann.must("set-rate", ann.here("rate", 1.5))).isEqualTo(answer);
    ann.must("set-video", ann.here("videoUrl", FILM));
    assertThat(number(timeline(bob, "video", "paused"), "rate")).isEqualTo(1);
  }

  @Test
  void TL10_WT1_only_hosts_may() {
    TestClient ann = playing();
    TestClient bob = viewer(ann, "Bob");
    refused(bob, bob.call("set-rate", bob.here("rate", 2)), "error", "not_host", HOSTS_ONLY);
    refused(
        bob, bob.call("set-waiting", bob.here("mode", "never")), "error", "not_host", HOSTS_ONLY);
  }
}
