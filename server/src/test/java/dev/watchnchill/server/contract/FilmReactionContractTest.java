package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Rules FX1 and FX2 over real sockets. */
class FilmReactionContractTest extends ContractTest {
  private static final int EACH_MAX = 4;
  private static final String LAUGH = "\ud83d\ude02";
  private static final String HEART = "\u2764\ufe0f";

  FilmReactionContractTest() {
    super("PRESENCE_EACH_MAX", Integer.toString(EACH_MAX), "RATE_LIMIT_SOCKET_MAX_PER_IP", "100");
  }

  @Test
  void FX1_reaction_of_any_member_reaches_all_extended_clients_and_no_base_client() {
    TestClient ann = extended().create("Ann");
    TestClient bob = guest(ann, "Bob");
    bob.must("film-reaction", bob.here("emoji", "\u2764"));
    ann.must("film-reaction", ann.here("emoji", LAUGH));

    JsonNode first = ann.take("film-reactions");
    assertThat(first.propertyNames()).containsExactlyInAnyOrder("reactions", "userId", "userName");
    assertThat(first.get("reactions")).hasSize(1);
    assertThat(text(first.get("reactions").get(0), "emoji")).isEqualTo(HEART);
    assertThat(first.get("reactions").get(0).get("count").intValue()).isEqualTo(1);
    assertThat(text(first, "userId")).isEqualTo(bob.userId());
    assertThat(text(first, "userName")).isEqualTo("Bob");
    assertThat(text(ann.take("film-reactions"), "userId")).isEqualTo(ann.userId());
    bob.expectNothing();
  }

  @Test
  void FX1_reaction_is_no_message_and_no_change_and_is_not_kept() {
    TestClient ann = extended().create("Ann");
    JsonNode before = ann.must("send-message", ann.here("message", "one"));
    TestClient bob = guest(ann, "Bob");
    ann.must("set-settings", ann.here("chat", "hosts"));
    bob.must("film-reaction", bob.here("emoji", LAUGH));
    ann.take("film-reactions");

    JsonNode after = ann.must("send-message", ann.here("message", "two"));
    assertThat(after.get("seq").longValue() - before.get("seq").longValue()).isEqualTo(3);
    TestClient cleo = extended();
    assertThat(cleo.join(ann.roomId(), "Cleo").get("messages")).hasSize(2);
    assertThat(cleo.settle().names()).doesNotContain("film-reactions");
  }

  @Test
  void FX1_EN11_muted_member_is_rejected() {
    TestClient ann = extended().create("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("mute-member", ann.here("userId", bob.userId(), "muted", true));
    bob.forget();

    refused(
        bob,
        bob.call("film-reaction", bob.here("emoji", LAUGH)),
        "error",
        "muted",
        "A host has muted you");
    assertThat(ann.settle().names()).doesNotContain("film-reactions");
  }

  @Test
  void FX1_stranger_is_rejected() {
    TestClient ann = extended().create("Ann");
    TestClient stranger = base();
    JsonNode answer =
        stranger.call("film-reaction", TestClient.with("roomId", ann.roomId(), "emoji", LAUGH));
    refused(stranger, answer, "error", "not_authenticated", "Not authenticated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "7",
        "ok",
        "<b>",
        "\ud83d",
        "\ud83d\ude02\ud83d\ude02",
        "\ud83d\ude02 ",
        "\u200d",
        "\ufe0f"
      })
  void FX1_FR17_text_that_is_not_one_emoji_is_rejected(String emoji) {
    TestClient ann = extended().create("Ann");
    JsonNode answer = ann.call("film-reaction", ann.here("emoji", emoji));
    refused(ann, answer, "room-error", "invalid_data", "Invalid data: Invalid emoji");
  }

  @Test
  void FX1_FR17_ten_kilobytes_of_emoji_are_rejected() {
    TestClient ann = extended().create("Ann");
    for (String emoji : List.of(LAUGH.repeat(2_500), (LAUGH + "\u200d").repeat(1_500))) {
      JsonNode answer = ann.call("film-reaction", ann.here("emoji", emoji));
      refused(ann, answer, "room-error", "invalid_data", "Invalid data: Invalid emoji");
    }
    ann.must("film-reaction", ann.here("emoji", LAUGH));
    ann.take("film-reactions");
  }

  @Test
  void FX1_RL5_more_than_5_at_once_are_rejected_and_not_sent() {
    try (TestServer server = TestServer.start("EVENT_RATE_SCALE", "1");
        TestClient ann = TestClient.extended(server).create("Ann")) {
      var answers = new ArrayList<CompletableFuture<JsonNode>>();
      for (int i = 0; i < 40; i++) {
        answers.add(ann.start("film-reaction", ann.here("emoji", LAUGH)));
      }
      long done = 0;
      for (CompletableFuture<JsonNode> answer : answers) {
        JsonNode reply = TestClient.answerOf(answer, "film-reaction");
        if (reply.get("ok").booleanValue()) {
          done++;
        } else {
          assertThat(text(reply, "code")).isEqualTo("rate_limited");
        }
      }
      assertThat(done).isBetween(5L, 39L);
      ann.settle();
      long sent =
          ann.everything().stream().filter(each -> each.event().equals("film-reactions")).count();
      assertThat(sent).isEqualTo(done);
    }
  }

  @Test
  void FX2_reactions_in_a_large_room_are_counted_together() {
    TestClient ann = extended().create("Ann");
    var guests = new ArrayList<TestClient>();
    for (int i = 1; i <= EACH_MAX; i++) {
      TestClient guest = base();
      guest.join(ann.roomId(), "Guest " + i);
      guests.add(guest);
    }
    var answers = new ArrayList<CompletableFuture<JsonNode>>();
    for (int i = 0; i < 40; i++) {
      TestClient guest = guests.get(i % guests.size());
      answers.add(guest.start("film-reaction", guest.here("emoji", i % 2 == 0 ? LAUGH : HEART)));
    }
    for (CompletableFuture<JsonNode> answer : answers) {
      assertThat(TestClient.answerOf(answer, "film-reaction").get("ok").booleanValue()).isTrue();
    }
    int counted = 0;
    int events = 0;
    while (counted < 40) {
      JsonNode event = ann.take("film-reactions");
      assertThat(event.propertyNames()).containsExactly("reactions");
      for (JsonNode each : event.get("reactions")) {
        assertThat(text(each, "emoji")).isIn(LAUGH, HEART);
        counted += each.get("count").intValue();
      }
      events++;
    }
    assertThat(counted).isEqualTo(40);
    assertThat(events).isLessThan(20);
    assertThat(guests.getFirst().settle().names()).doesNotContain("film-reactions");
  }

  @Test
  void FX2_of_more_than_20_different_emoji_at_once_the_rest_is_dropped() {
    TestClient ann = extended().create("Ann");
    for (int i = 1; i <= EACH_MAX; i++) {
      base().join(ann.roomId(), "Guest " + i);
    }
    ann.must("film-reaction", ann.here("emoji", LAUGH));
    ann.take("film-reactions"); // from now on nothing is sent for 250 ms
    var answers = new ArrayList<CompletableFuture<JsonNode>>();
    for (int i = 0; i < 50; i++) {
      String emoji = Character.toString(0x1F600 + i);
      answers.add(ann.start("film-reaction", ann.here("emoji", emoji)));
    }
    answers.forEach(answer -> TestClient.answerOf(answer, "film-reaction"));
    assertThat(ann.take("film-reactions").get("reactions").size()).isLessThanOrEqualTo(20);
  }
}
