package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.json.JSONArray;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The queue of a room on two servers with one Redis (rules QU8, QU12, AT1). */
final class TwoServersQueueTest extends TwoServers {
  private static final String SECOND = "https://films.example/two.mp4";

  private final TestClient ann = resumable(first).create("Ann");
  private final TestClient bob = resumable(second);
  private final TestClient cleo = stock(second);

  private TwoServersQueueTest() {
    bob.join(ann.roomId(), "Bob");
    cleo.join(ann.roomId(), "Cleo");
    ann.must("set-settings", ann.here("queue", "everyone"));
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.forget();
    bob.forget();
    cleo.forget();
  }

  private static JsonNode list(TestClient client) {
    return client.must("get-queue", client.here()).get("items");
  }

  @Test
  void AT1_changes_of_both_servers_lead_to_one_list() {
    var answers = new ArrayList<CompletableFuture<JsonNode>>();
    for (int i = 0; i < 20; i++) {
      for (TestClient client : List.of(ann, bob, cleo)) {
        answers.add(
            client.start(
                "queue-add",
                client.here(
                    "videoUrl",
                    "https://films.example/" + i + ".mp4",
                    "place",
                    i % 2 == 0 ? "next" : "end")));
      }
    }
    for (CompletableFuture<JsonNode> answer : answers) {
      assertThat(TestClient.answerOf(answer, "queue-add").get("ok").booleanValue()).isTrue();
    }
    JsonNode all = list(ann);
    assertThat(all).hasSize(60);
    assertThat(list(bob)).isEqualTo(all);
    var orders = new ArrayList<List<JsonNode>>();
    for (TestClient client : List.of(ann, bob, cleo)) {
      var changes = new ArrayList<JsonNode>();
      for (int i = 0; i < answers.size(); i++) {
        changes.add(client.take("queue-changed"));
      }
      client.expectNothing();
      orders.add(changes);
    }
    assertThat(orders).containsOnly(orders.getFirst());
    TestClient late = resumable(second);
    JsonNode queue = late.join(ann.roomId(), "Late").get("room").get("queue");
    assertThat(queue.get("total").intValue()).isEqualTo(60);
    for (int i = 0; i < 50; i++) {
      assertThat(queue.get("items").get(i)).isEqualTo(all.get(i));
    }
  }

  @Test
  void QU8_film_ends_once_for_members_of_both_servers() {
    bob.must(
        "queue-add",
        bob.here("videoUrls", new JSONArray(List.of(SECOND, "https://films.example/three.mp4"))));
    ann.must("report-duration", ann.here("duration", 0.5));
    ann.must("play-video", ann.here("currentTime", 0));
    for (TestClient client : List.of(ann, bob, cleo)) {
      client.take("queue-changed"); // of the addition
    }
    JsonNode ends = ann.take("queue-changed");
    assertThat(text(ends.get("current"), "videoUrl")).isEqualTo(SECOND);
    for (TestClient client : List.of(bob, cleo)) {
      assertThat(client.take("queue-changed")).isEqualTo(ends);
    }
    for (TestClient client : List.of(ann, bob, cleo)) {
      assertThat(text(client.take("video-set"), "userId")).isEqualTo(bob.userId());
    }
    JsonNode timeline = timeline(bob);
    assertThat(timeline.get("item").intValue()).isEqualTo(2);
    assertThat(text(timeline, "phase")).isEqualTo("preparing");
    for (TestClient client : List.of(ann, bob)) {
      client.must("ready", client.here("seq", timeline.get("seq").longValue()));
    }
    while (!text(timeline, "phase").equals("playing")) {
      timeline = ann.take("timeline");
    }
    ann.expectNothing("queue-changed", "video-set");
    bob.expectNothing("queue-changed", "video-set");
    assertThat(list(ann)).hasSize(1);
  }

  @Test
  void SQ2_QU12_resume_gives_the_changes_of_the_other_server() {
    JsonNode at = bob.must("get-queue", bob.here());
    String id =
        ann.must("queue-add", ann.here("videoUrl", SECOND)).get("itemIds").get(0).stringValue();
    ann.must("vote-item", ann.here("itemId", id, "on", true));
    JsonNode added = bob.take("queue-changed");
    JsonNode voted = bob.take("queue-changed");
    JsonNode answer =
        bob.must(
            "resume",
            bob.here("epoch", at.get("epoch").longValue(), "seq", at.get("seq").longValue()));
    assertThat(answer.get("events")).hasSize(2);
    assertThat(answer.get("events").get(0).get(1)).isEqualTo(added);
    assertThat(answer.get("events").get(1).get(1)).isEqualTo(voted);
  }
}
