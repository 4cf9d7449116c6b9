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

  private static String codeOf(JsonNode answer) {
    return answer.path("code").stringValue("");
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
    for (int i = 0; i < TRIES && !codeOf(answer).equals("rate_limited"); i++) {
      ann.forget();
      answer = ann.call("queue-add", ann.here("videoUrls", links));
    }
    refused(ann, answer, "error", "rate_limited", "Too many requests. Please slow down.");
    assertThat(answer.get("retryable").booleanValue()).isTrue();
    for (int i = 0; i < 50; i++) {
      ann.must("vote-item", ann.here("itemId", id, "on", i % 2 == 0));
    }
  }

  @Test
  void RL5_change_of_the_whole_list_takes_ten_tokens() {
    TestClient ann = extended().create("Ann");
    JsonNode answer = ann.must("queue-clear", ann.here());
    int cleared = 1;
    while (answer.get("ok").booleanValue() && cleared < 100) {
      answer = ann.call("queue-clear", ann.here());
      cleared++;
    }
    assertThat(codeOf(answer)).isEqualTo("rate_limited");
    assertThat(cleared).isLessThan(60);
  }
}
