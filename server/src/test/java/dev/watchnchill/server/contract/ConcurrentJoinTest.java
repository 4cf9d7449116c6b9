package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rule AT1: concurrent joins and messages are all handled. */
class ConcurrentJoinTest extends ContractTest {
  /** Most attempts of one join. */
  private static final int ATTEMPTS_MAX = 3;

  @Test
  void AT1_ten_joins_at_once_are_all_there() {
    joinAtOnce(10);
  }

  @Test
  void AT1_two_hundred_joins_at_once_are_all_there() {
    joinAtOnce(199); // and the host
  }

  private void joinAtOnce(int count) {
    TestClient ann = host("Ann");
    var clients = new ArrayList<TestClient>();
    for (int i = 0; i < count; i++) {
      clients.add(base());
    }
    var answers = new ArrayList<CompletableFuture<JsonNode>>();
    for (int i = 0; i < count; i++) {
      answers.add(
          clients
              .get(i)
              .start("join-room", with("roomId", ann.roomId(), "userName", "Guest " + i)));
    }
    var ids = new HashSet<String>();
    for (int i = 0; i < count; i++) {
      JsonNode answer = TestClient.answerOf(answers.get(i), "join-room");
      // A store that waits for a network may ask those at the end of the queue to retry.
      for (int attempt = 1;
          attempt < ATTEMPTS_MAX && answer.path("retryable").booleanValue(false);
          attempt++) {
        answer =
            clients
                .get(i)
                .call("join-room", with("roomId", ann.roomId(), "userName", "Guest " + i));
      }
      assertThat(answer.path("ok").booleanValue(false)).as("%s", answer).isTrue();
      ids.add(text(answer, "userId"));
    }
    assertThat(ids).hasSize(count);
    JsonNode joined = ann.join(ann.roomId(), "Ann");
    assertThat(room(joined).get("users")).hasSize(count + 1);
    // A member gets each later join once, in the order of seq.
    ann.settle();
    List<Long> seqs =
        ann.everything().stream()
            .filter(heard -> heard.event().equals("user-joined"))
            .map(heard -> heard.payload().get("seq").longValue())
            .toList();
    assertThat(seqs).hasSize(count).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void AT1_joins_and_messages_of_many_at_once_are_not_lost() {
    TestClient ann = host("Ann");
    var answers = new ArrayList<CompletableFuture<JsonNode>>();
    for (int i = 0; i < 20; i++) {
      TestClient client = base();
      answers.add(
          client.start("join-room", with("roomId", ann.roomId(), "userName", "Guest " + i)));
      for (int j = 0; j < 5; j++) {
        answers.add(
            client.start(
                "send-message", with("roomId", ann.roomId(), "message", i + " says " + j)));
      }
    }
    answers.forEach(
        answer -> assertThat(TestClient.answerOf(answer, "any").get("ok").booleanValue()).isTrue());
    ann.settle();
    var seqs = new HashSet<Long>();
    long highest = 1;
    for (TestClient.Heard heard : ann.everything()) {
      JsonNode seq = heard.payload().get("seq");
      if (seq != null && !heard.event().equals("timeline")) {
        seqs.add(seq.longValue());
        highest = Math.max(highest, seq.longValue());
      }
    }
    assertThat(highest).isEqualTo(1 + 20 + 100);
    assertThat(seqs).hasSize((int) highest);
  }
}
