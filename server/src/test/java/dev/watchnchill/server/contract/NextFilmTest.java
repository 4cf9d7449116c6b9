package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.json.JSONArray;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The end of a film and what follows, over real sockets (rules QU8 to QU10). */
class NextFilmTest extends ContractTest {
  private static final String SECOND = "https://films.example/two.mp4";
  private static final String THIRD = "https://films.example/three.mp4";

  /** Creates a room with a film and others after it. */
  private TestClient room(String... links) {
    TestClient ann = extended().create("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    if (links.length > 0) {
      ann.must("queue-add", ann.here("videoUrls", new JSONArray(List.of(links))));
    }
    return ann.forget();
  }

  private static JsonNode reason(TestClient client, String reason) {
    JsonNode timeline = client.take("timeline");
    while (!text(timeline, "reason").equals(reason)) {
      timeline = client.take("timeline");
    }
    return timeline;
  }

  private static void report(TestClient client, int item, Object... more) {
    var report = with("item", item);
    try {
      for (int i = 0; i < more.length; i += 2) {
        report.put((String) more[i], more[i + 1]);
      }
    } catch (org.json.JSONException e) {
      throw new IllegalArgumentException(e);
    }
    client.must("clock", with("t1", 1, "report", report));
  }

  @Test
  void QU8_QU10_next_film_starts_by_itself_and_base_members_get_it() {
    TestClient ann = room(SECOND);
    TestClient bob = guest(ann, "Bob");
    ann.must("report-duration", ann.here("duration", 0.5));
    ann.must("play-video", ann.here("currentTime", 0));
    JsonNode next = reason(ann, "next");
    assertThat(text(next, "phase")).isEqualTo("preparing");
    assertThat(next.get("by").isNull()).isTrue();
    JsonNode waiting = next.get("waiting");
    assertThat(text(waiting, "reason")).isEqualTo("next");
    assertThat(waiting.get("for").get(0).stringValue()).isEqualTo(ann.userId());
    assertThat(waiting.get("until").longValue() - next.get("serverTime").doubleValue())
        .isBetween(7_000.0, 8_001.0);
    JsonNode change = ann.take("queue-changed");
    assertThat(text(change.get("current"), "videoUrl")).isEqualTo(SECOND);
    assertThat(change.has("userId")).isFalse();
    JsonNode set = bob.take("video-set");
    assertThat(text(set, "videoUrl")).isEqualTo(SECOND);
    assertThat(text(set, "userId")).isEqualTo(ann.userId());

    ann.must("ready", ann.here("seq", next.get("seq").longValue()));
    JsonNode started = reason(ann, "ready");
    assertThat(text(started, "phase")).isEqualTo("playing");
    assertThat(started.get("position").doubleValue()).isZero();
    assertThat(started.get("item").intValue()).isEqualTo(next.get("item").intValue());
    JsonNode position = bob.take("sync-update");
    while (!position.get("isPlaying").booleanValue()) {
      position = bob.take("sync-update");
    }
  }

  @Test
  void QU8_film_without_a_next_one_is_paused_at_its_end_once() {
    TestClient ann = room();
    ann.must("report-duration", ann.here("duration", 0.5));
    ann.must("play-video", ann.here("currentTime", 0));
    JsonNode ended = reason(ann, "ended");
    assertThat(text(ended, "phase")).isEqualTo("paused");
    assertThat(ended.get("position").doubleValue()).isEqualTo(0.5, within(0.001));
    ann.must("queue-add", ann.here("videoUrl", SECOND));
    ann.take("queue-changed");
    ann.expectNothing();
    assertThat(text(ann.must("get-queue", ann.here()).get("items").get(0), "videoUrl"))
        .isEqualTo(SECOND);
  }

  @Test
  void QU9_reports_of_viewers_end_a_film_that_no_host_measures() {
    TestClient ann = room(SECOND, THIRD);
    JsonNode at = ann.must("get-timeline", ann.here());
    assertThat(at.get("ok").booleanValue()).isTrue();
    int item = ann.take("timeline").get("item").intValue();
    ann.must("play-video", ann.here("currentTime", 0));
    ann.forget();
    report(ann, item, "state", "synced", "duration", 1);
    JsonNode next = reason(ann, "next");
    assertThat(next.get("item").intValue()).isEqualTo(item + 1);
    ann.must("ready", ann.here("seq", next.get("seq").longValue()));
    JsonNode started = reason(ann, "ready");
    // A film of unknown length, whose players are at its end for 2 s.
    double startsInMs = started.get("at").doubleValue() - started.get("serverTime").doubleValue();
    assertThat(startsInMs).isLessThan(700);
    while (ann.must("clock", with("t1", 1)).get("t2").doubleValue()
        < started.get("at").doubleValue()) {
      ann.settle();
    }
    report(ann, item + 1, "state", "ended");
    assertThat(reason(ann, "next").get("item").intValue()).isEqualTo(item + 2);
  }

  @Test
  void TL7_report_of_a_length_or_a_film_that_is_none_is_rejected() {
    TestClient ann = room();
    for (String bad :
        List.of(
            "{\"duration\":0}",
            "{\"duration\":\"long\"}",
            "{\"item\":-1}",
            "{\"item\":1.5}",
            "{\"item\":4294967296}")) {
      JsonNode answer = ann.callJson("clock", "{\"t1\":1,\"report\":" + bad + "}");
      assertThat(text(answer, "code")).as(bad).isEqualTo("invalid_data");
    }
    JsonNode answer = ann.callJson("clock", "{\"t1\":1,\"report\":{\"duration\":null}}");
    assertThat(answer.get("ok").booleanValue()).isTrue();
  }
}
