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
  /** Shorter than a lease: the shutdown is not detected by the lease. */
  private static final Duration AT_ONCE = Duration.ofMillis(1_500);

  private final TestClient ann = stock(second).create("Ann");
  private final TestClient bob = resumable(first);
  private final TestClient cleo = stock(first);
  private final JsonNode bobJoined = bob.join(ann.roomId(), "Bob");

  ServerGoesTest() {
    cleo.join(ann.roomId(), "Cleo");
    ann.take("user-joined");
    ann.take("user-joined");
  }

  @Test
  void IN9_people_of_a_server_that_goes_are_away_and_take_their_seats_at_the_other() {
    say(bob, "see you");
    ann.take("new-message");
    closeFirst();
    long goneNs = System.nanoTime();
    assertThat(
            List.of(text(ann.take("user-away"), "userId"), text(ann.take("user-away"), "userId")))
        .containsExactlyInAnyOrder(bob.userId(), cleo.userId());
    assertThat(System.nanoTime() - goneNs).isLessThan(AT_ONCE.toNanos());
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
  void IN9_base_guest_comes_back_by_name_at_once() {
    closeFirst();
    long goneNs = System.nanoTime();
    TestClient again = stock(second);
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            again
                .call("join-room", with("roomId", ann.roomId(), "userName", "Cleo"))
                .get("ok")
                .booleanValue());
    assertThat(System.nanoTime() - goneNs).isLessThan(AT_ONCE.toNanos());
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(cleo.userId());
    assertThat(text(ann.take("user-joined").get("user"), "name")).isEqualTo("Cleo");
    ann.expectNothing("user-left");
  }

  @Test
  void IN9_server_that_goes_says_so_and_finishes_what_it_was_asked_for() {
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
