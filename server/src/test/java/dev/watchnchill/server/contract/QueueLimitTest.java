package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.json.JSONArray;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The token bucket of films for the queue (rule RL5). */
class QueueLimitTest extends ContractTest {
  private static final int TRIES = 20;

  QueueLimitTest() {
    super("EVENT_RATE_SCALE", "1");
  }

  @Test
  void RL5_each_film_takes_a_token_and_votes_take_none_of_them() {
    TestClient ann = extended().create("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    var links = new JSONArray();
    for (int i = 0; i < 50; i++) {
      links.put("https://films.example/" + i + ".mp4");
    }
    JsonNode answer = ann.must("queue-add", ann.here("videoUrls", links));
    String id = answer.get("itemIds").get(0).stringValue();
    int added = 1;
    while (answer.get("ok").booleanValue() && added < TRIES) {
      ann.must("queue-clear", ann.here());
      ann.forget();
      answer = ann.call("queue-add", ann.here("videoUrls", links));
      added++;
    }
    refused(ann, answer, "error", "rate_limited", "Too many requests. Please slow down.");
    assertThat(answer.get("retryable").booleanValue()).isTrue();
    assertThat(ann.must("get-queue", ann.here()).get("total").intValue()).isZero();
    for (int i = 0; i < 50; i++) {
      JsonNode vote = ann.call("vote-item", ann.here("itemId", id, "on", i % 2 == 0));
      assertThat(text(vote, "code")).isEqualTo("item_not_found");
    }
  }
}
