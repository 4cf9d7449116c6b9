package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Jumps that are undone, and who did what to the film (rules RT7, RT8). */
class UndoSeekTest extends ContractTest {
  private TestClient cinema() {
    TestClient ann = host("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    return ann.forget();
  }

  private static void nothingToUndo(TestClient client) {
    JsonNode answer = client.call("undo-seek", client.here());
    refused(client, answer, "error", "nothing_to_undo", "There is nothing to undo");
  }

  @Test
  void RT7_changes_of_the_film_name_the_member() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("play-video", ann.here("currentTime", 1));
    ann.must("pause-video", ann.here("currentTime", 2));
    ann.must("seek-video", ann.here("currentTime", 3));
    for (String event : List.of("video-set", "video-played", "video-paused", "video-seeked")) {
      assertThat(text(bob.take(event), "userId")).isEqualTo(ann.userId());
    }
    for (int i = 0; i < 4; i++) {
      assertThat(text(bob.take("timeline"), "by")).isEqualTo(ann.userId());
    }
  }

  @Test
  void RT8_jump_of_a_paused_film_is_undone_for_all() {
    TestClient ann = cinema();
    TestClient bob = guest(ann, "Bob");
    ann.must("seek-video", ann.here("currentTime", 100));
    ann.take("timeline");
    bob.forget();
    ann.must("seek-video", ann.here("currentTime", 700));
    JsonNode jump = ann.take("timeline");
    assertThat(jump.get("undoUntil").longValue() - jump.get("serverTime").doubleValue())
        .isBetween(1_000.0, 30_001.0);
    assertThat(bob.take("timeline").get("undoUntil")).isEqualTo(jump.get("undoUntil"));
    bob.forget();

    JsonNode answer = ann.must("undo-seek", ann.here());
    JsonNode seeked = bob.take("video-seeked");
    assertThat(seeked.get("currentTime").doubleValue()).isEqualTo(100);
    assertThat(text(seeked, "userId")).isEqualTo(ann.userId());
    for (TestClient client : List.of(ann, bob)) {
      JsonNode timeline = client.take("timeline");
      assertThat(text(timeline, "reason")).isEqualTo("undo");
      assertThat(timeline.get("position").doubleValue()).isEqualTo(100);
      assertThat(timeline.get("seq")).isEqualTo(answer.get("seq"));
      assertThat(timeline.has("undoUntil")).isFalse();
      client.expectNothing();
    }
    nothingToUndo(ann);
  }

  @Test
  void RT8_playing_film_continues_where_it_would_be_without_the_jump() {
    TestClient ann = cinema();
    ann.must("play-video", ann.here("currentTime", 50));
    ann.must("seek-video", ann.here("currentTime", 3_000));
    ann.forget();
    ann.must("undo-seek", ann.here());
    JsonNode timeline = ann.take("timeline");
    assertThat(text(timeline, "phase")).isEqualTo("playing");
    assertThat(timeline.get("position").doubleValue()).isEqualTo(50, within(20.0));
  }

  @Test
  void RT8_nothing_is_undone_before_a_jump_or_in_another_film() {
    TestClient ann = cinema();
    nothingToUndo(ann);
    ann.must("play-video", ann.here("currentTime", 50));
    ann.must("pause-video", ann.here("currentTime", 60));
    ann.forget();
    nothingToUndo(ann);
    ann.must("seek-video", ann.here("currentTime", 3_000));
    ann.must("set-video", ann.here("videoUrl", "https://films.example/two.mp4"));
    ann.forget();
    nothingToUndo(ann);
  }

  @Test
  void RT8_who_may_not_control_undoes_nothing() {
    TestClient ann = cinema();
    TestClient bob = guest(ann, "Bob");
    ann.must("seek-video", ann.here("currentTime", 700));
    ann.forget();
    bob.forget();
    for (TestClient client : List.of(bob, host("Zoe"), base())) {
      JsonNode answer = client.call("undo-seek", ann.here());
      refused(client, answer, "error", "not_host", "Only hosts can control the video");
    }
    ann.expectNothing();
  }

  @Test
  void RT8_another_host_undoes_a_jump() {
    TestClient ann = cinema();
    TestClient bob = guest(ann, "Bob");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    ann.must("seek-video", ann.here("currentTime", 700));
    ann.forget();
    bob.must("undo-seek", bob.here());
    assertThat(text(ann.take("video-seeked"), "userId")).isEqualTo(bob.userId());
    assertThat(ann.take("timeline").get("position").doubleValue()).isZero();
  }

  @Test
  void RT8_snapshot_says_until_when_a_jump_can_be_undone() {
    TestClient ann = cinema();
    ann.must("seek-video", ann.here("currentTime", 700));
    JsonNode until = ann.take("timeline").get("undoUntil");
    TestClient bob = base();
    JsonNode joined = bob.join(ann.roomId(), "Bob");
    assertThat(joined.get("timeline").get("undoUntil")).isEqualTo(until);
    ann.must("undo-seek", ann.here());
    TestClient cem = base();
    assertThat(cem.join(ann.roomId(), "Cem").get("timeline").has("undoUntil")).isFalse();
  }
}
