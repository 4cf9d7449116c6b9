package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One of two instances shuts down: its clients continue on the other one. */
final class ServerGoesTest extends TwoServers {
  /** Counts the leases that were neither given back nor taken over. */
  private static final String LEASES_HELD =
      """
      local held = 0
      local leases = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
      for i = 1, #leases, 2 do
        if tonumber(leases[i + 1]) > 0 and redis.call('HEXISTS', KEYS[2], leases[i]) == 0 then
          held = held + 1
        end
      end
      return held
      """;

  private final TestClient ann = stock(second).create("Ann");
  private final TestClient bob = resumable(first);
  private final TestClient cleo = stock(first);
  private final JsonNode bobJoined = bob.join(ann.roomId(), "Bob");

  ServerGoesTest() {
    cleo.join(ann.roomId(), "Cleo");
    ann.take("user-joined");
    ann.take("user-joined");
  }

  private String leasesHeld() {
    return redis.cli("eval", LEASES_HELD, "2", "instances", "{instances}:dying");
  }

  @Test
  void IN9_members_of_an_instance_that_stops_are_away_and_resume_their_seats_on_the_other() {
    say(bob, "see you");
    ann.take("new-message");
    assertThat(leasesHeld()).isEqualTo("2");
    closeFirst();
    assertThat(leasesHeld()).as("the lease need not run out").isEqualTo("1");
    assertThat(
            List.of(text(ann.take("user-away"), "userId"), text(ann.take("user-away"), "userId")))
        .containsExactlyInAnyOrder(bob.userId(), cleo.userId());
    // As if the network had failed: a client then comes back by itself.
    assertThat(bob.awaitEnd()).isIn("transport close", "transport error");

    TestClient again = resumable(second);
    JsonNode joined =
        again.join(ann.roomId(), "Bob", "sessionToken", text(bobJoined, "sessionToken"));
    assertThat(joined.get("resumed").booleanValue()).isTrue();
    assertThat(again.userId()).isEqualTo(bob.userId());
    assertThat(text(joined.get("messages").get(0), "message")).isEqualTo("see you");
    assertThat(text(ann.take("user-returned"), "userId")).isEqualTo(bob.userId());
    say(again, "here I am");
    ann.take("new-message");
    ann.expectNothing();
  }

  @Test
  void IN9_base_guest_joins_again_under_its_name_at_once() {
    closeFirst();
    assertThat(leasesHeld()).as("the lease need not run out").isEqualTo("1");
    TestClient again = stock(second);
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            again
                .call("join-room", with("roomId", ann.roomId(), "userName", "Cleo"))
                .get("ok")
                .booleanValue());
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(cleo.userId());
    assertThat(text(ann.take("user-joined").get("user"), "name")).isEqualTo("Cleo");
    ann.expectNothing("user-left");
  }

  @Test
  void IN9_instance_that_stops_is_not_ready_and_answers_pending_requests() {
    assertThat(readiness(first)).isEqualTo(200);
    // Redis is there, and takes its time.
    redis.cli("client", "pause", "800", "write");
    CompletableFuture<JsonNode> answer =
        bob.start("send-message", bob.here("message", "my last words"));
    bob.settle();
    CompletableFuture<Void> closed = CompletableFuture.runAsync(this::closeFirst);
    await().pollInterval(Duration.ofMillis(10)).until(() -> readiness(first) == 503);
    assertThat(readiness(second)).isEqualTo(200);
    JsonNode said = TestClient.answerOf(answer, "send-message");
    assertThat(said.get("ok").booleanValue()).as(said.toString()).isTrue();
    awaitHeard(ann, "my last words");
    closed.join();
  }
}
