package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.json.JSONArray;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The token bucket of films for the queue (rule RL5). */
class QueueLimitTest extends ContractTest {
  @Test
  void RL5_each_film_takes_a_token_and_votes_take_none_of_them() {
    TestClient ann = extended().create("Ann");
    var links = new JSONArray();
    for (int i = 0; i < 50; i++) {
      links.put("https://films.example/" + i + ".mp4");
    }
    ann.must("queue-add", ann.here("videoUrls", links));
    ann.must("queue-add", ann.here("videoUrls", links));
    ann.forget();
    JsonNode answer = ann.call("queue-add", ann.here("videoUrls", links));
    refused(ann, answer, "error", "rate_limited", "Too many requests. Please slow down.");
    assertThat(answer.get("retryable").booleanValue()).isTrue();
    JsonNode page = ann.must("get-queue", ann.here("limit", 1));
    assertThat(page.get("total").intValue()).isEqualTo(99);
    String id = text(page.get("items").get(0), "itemId");
    for (int i = 0; i < 50; i++) {
      ann.must("vote-item", ann.here("itemId", id, "on", i % 2 == 0));
    }
  }
}
