package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules WT1 and WT2 on the wire. */
final class WaitingContractTest extends ContractTest {
  private static final String[] POLICY = {"mode", "seconds", "graceMs", "peopleMax", "strikesMax"};

  /** Returns the fields of a wait policy. */
  private static List<String> policy(JsonNode node) {
    return List.of(POLICY).stream().map(field -> node.get(field).asString()).toList();
  }

  private static JsonNode timeline(TestClient client, String reason, String phase) {
    JsonNode timeline = client.take("timeline");
    assertThat(text(timeline, "reason")).isEqualTo(reason);
    assertThat(text(timeline, "phase")).isEqualTo(phase);
    return timeline;
  }

  @Test
  void WT1_room_does_not_wait_until_a_host_sets_it() {
    TestClient ann = host("Ann");
    JsonNode before = room(ann.join(ann.roomId(), "Ann")).get("waiting");
    assertThat(policy(before)).containsExactly("never", "5", "1000", "4", "3");
    TestClient bob = guest(ann, "Bob");
    JsonNode answer = ann.must("set-waiting", ann.here("mode", "everyone", "seconds", 10));
    assertThat(answer.propertyNames()).containsExactlyInAnyOrder("ok", "epoch", "seq");
    for (TestClient client : List.of(ann, bob)) {
      JsonNode set = client.take("waiting-set");
      assertThat(policy(set)).containsExactly("everyone", "10", "1000", "4", "3");
      assertThat(text(set, "userId")).isEqualTo(ann.userId());
      assertThat(set.get("seq")).isEqualTo(answer.get("seq"));
      assertThat(set.get("epoch")).isEqualTo(answer.get("epoch"));
    }
    TestClient cleo = base();
    assertThat(policy(room(cleo.join(ann.roomId(), "Cleo")).get("waiting")))
        .containsExactly("everyone", "10", "1000", "4", "3");
  }

  @Test
  void WT1_absent_fields_stay_and_the_same_policy_is_not_broadcast() {
    TestClient ann = host("Ann");
    ann.must("set-waiting", ann.here("mode", "everyone", "graceMs", 0, "peopleMax", 20));
    ann.take("waiting-set");
    ann.must("set-waiting", ann.here("mode", "never", "strikesMax", 20, "seconds", 30));
    assertThat(policy(ann.take("waiting-set"))).containsExactly("never", "30", "0", "20", "20");
    ann.must("set-waiting", ann.here("mode", "never"));
    ann.expectNothing("waiting-set");
  }

  @Test
  void WT2_room_pauses_for_a_stall_and_continues_after_it() {
    TestClient ann = extended().create("Ann");
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("set-waiting", ann.here("mode", "everyone", "graceMs", 50, "seconds", 30));
    long seq = ann.must("play-video", ann.here("currentTime", 10)).get("seq").longValue();
    ann.forget();
    bob.forget();
    assertThat(ann.must("buffering", ann.here("seq", seq)).propertyNames()).containsExactly("ok");
    JsonNode stops = timeline(ann, "stall", "preparing");
    assertThat(text(stops.get("waiting"), "reason")).isEqualTo("stall");
    assertThat(stops.get("waiting").get("for").get(0).stringValue()).isEqualTo(ann.userId());
    assertThat(stops.get("waiting").get("until").doubleValue())
        .isEqualTo(stops.get("at").doubleValue() + 30_000);
    assertThat(stops.get("by").isNull()).isTrue();
    assertThat(bob.take("sync-update").get("isPlaying").booleanValue()).isFalse();
    assertThat(ann.must("buffered", ann.here("seq", seq)).propertyNames()).containsExactly("ok");
    JsonNode goesOn = timeline(ann, "ready", "playing");
    assertThat(goesOn.get("position")).isEqualTo(stops.get("position"));
    assertThat(bob.take("sync-update").get("isPlaying").booleanValue()).isTrue();
  }

  @Test
  void WT2_room_waits_no_longer_than_its_seconds_and_never_by_default() {
    TestClient ann = extended().create("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("play-video", ann.here("currentTime", 10));
    ann.must("buffering", ann.here("seq", 3));
    ann.forget();
    ann.must("set-waiting", ann.here("mode", "everyone", "graceMs", 0, "seconds", 1));
    JsonNode stops = timeline(ann, "stall", "preparing");
    JsonNode goesOn = timeline(ann, "deadline", "playing");
    assertThat(goesOn.get("serverTime").doubleValue() - stops.get("at").doubleValue())
        .isBetween(1000.0, 14_000.0);
  }

  @Test
  void SQ2_change_of_the_policy_can_be_asked_for() {
    TestClient ann = host("Ann");
    JsonNode at = ann.must("get-timeline", ann.here());
    ann.must("set-waiting", ann.here("mode", "everyone"));
    JsonNode missed =
        ann.must(
            "resume",
            ann.here("epoch", at.get("epoch").longValue(), "seq", at.get("seq").longValue()));
    assertThat(missed.get("events").get(0).get(0).stringValue()).isEqualTo("waiting-set");
  }
}
