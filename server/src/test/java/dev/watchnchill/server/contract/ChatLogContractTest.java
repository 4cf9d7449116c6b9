package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules CH5 to CH9 over sockets. */
class ChatLogContractTest extends ContractTest {
  private static final String HEART = "\u2764\ufe0f";
  private static final String UNKNOWN = "6f1c1f0e-8a8e-4a5a-9c55-0d4f6f0f8f11";

  ChatLogContractTest() {
    super("CHAT_HISTORY", "5", "CHAT_KEEP", "60");
  }

  private static String send(TestClient client, String message) {
    return text(client.must("send-message", client.here("message", message)), "messageId");
  }

  private static List<String> texts(JsonNode messages) {
    return messages.valueStream().map(message -> text(message, "message")).toList();
  }

  @Test
  void CH5_extended_client_reads_the_log_by_pages_and_a_base_client_its_history() {
    TestClient ann = host("Ann");
    String first = send(ann, "number 1");
    for (int i = 2; i <= 70; i++) {
      send(ann, "number " + i);
    }
    TestClient bob = extended();
    JsonNode joined = bob.join(ann.roomId(), "Bob");
    assertThat(texts(joined.get("messages"))).hasSize(50).startsWith("number 21");
    assertThat(joined.get("chatMore").booleanValue()).isTrue();
    String oldest = text(joined.get("messages").get(0), "id");
    JsonNode page = bob.must("get-messages", bob.here("before", oldest, "limit", 9));
    assertThat(texts(page.get("messages")))
        .hasSize(9)
        .startsWith("number 12")
        .endsWith("number 20");
    assertThat(page.get("more").booleanValue()).isTrue();
    JsonNode last =
        bob.must("get-messages", bob.here("before", text(page.get("messages").get(0), "id")));
    assertThat(texts(last.get("messages"))).containsExactly("number 11");
    assertThat(last.get("more").booleanValue()).isFalse();
    JsonNode gone = bob.call("get-messages", bob.here("before", first));
    assertThat(text(gone, "code")).isEqualTo("message_not_found");
    JsonNode newest = bob.must("get-messages", bob.here());
    assertThat(texts(newest.get("messages"))).hasSize(50).endsWith("number 70");
    JsonNode all = bob.must("get-messages", bob.here("limit", 100));
    assertThat(texts(all.get("messages"))).hasSize(60).startsWith("number 11");

    JsonNode base = base().join(ann.roomId(), "Cleo");
    assertThat(texts(base.get("messages"))).hasSize(5).startsWith("number 66");
    assertThat(base.has("chatMore")).isFalse();
  }

  @Test
  void CH5_stranger_reads_no_messages() {
    TestClient ann = host("Ann");
    send(ann, "hello");
    TestClient bob = host("Bob");
    JsonNode answer = bob.call("get-messages", TestClient.with("roomId", ann.roomId(), "limit", 5));
    assertThat(text(answer, "code")).isEqualTo("not_authenticated");
  }

  @Test
  void CH6_reply_quotes_the_message_and_the_film_is_named() {
    TestClient ann = host("Ann");
    ann.must("set-video", ann.here("videoUrl", "https://films.example/a.mp4"));
    String first = send(ann, "||" + "x".repeat(200) + "||");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    bob.must("send-message", bob.here("message", "yes", "replyTo", first));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode message = client.take("new-message").get("message");
      if (!text(message, "message").equals("yes")) {
        message = client.take("new-message").get("message");
      }
      JsonNode quote = message.get("replyTo");
      assertThat(text(quote, "messageId")).isEqualTo(first);
      assertThat(text(quote, "userName")).isEqualTo("Ann");
      assertThat(text(quote, "message")).isEqualTo("||" + "x".repeat(118) + "||");
      assertThat(text(message.get("at"), "videoUrl")).isEqualTo("https://films.example/a.mp4");
      assertThat(text(message.get("at"), "item")).matches(UUID_FORM);
      assertThat(message.get("at").get("position").doubleValue()).isZero();
    }
    ann.must("delete-message", ann.here("messageId", first));
    JsonNode joined = extended().join(ann.roomId(), "Cleo");
    JsonNode deleted = joined.get("messages").get(0);
    assertThat(deleted.get("deleted").booleanValue()).isTrue();
    assertThat(text(deleted, "message")).isEmpty();
    JsonNode quote = joined.get("messages").get(1).get("replyTo");
    assertThat(text(quote, "message")).isEmpty();
    assertThat(quote.get("deleted").booleanValue()).isTrue();
    JsonNode answer = bob.call("send-message", bob.here("message", "no", "replyTo", UNKNOWN));
    assertThat(text(answer, "code")).isEqualTo("message_not_found");
  }

  @Test
  void CH7_edit_reaches_the_members_and_the_history_of_base_clients() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    String id = send(ann, "hello");
    JsonNode theft = bob.call("edit-message", bob.here("messageId", id, "message", "mine"));
    assertThat(text(theft, "code")).isEqualTo("not_your_message");
    bob.take("new-message");
    JsonNode answer = ann.must("edit-message", ann.here("messageId", id, "message", " better "));
    JsonNode edited = bob.take("message-edited");
    assertThat(text(edited, "messageId")).isEqualTo(id);
    assertThat(text(edited, "message")).isEqualTo("better");
    assertThat(text(edited, "editedAt")).matches(ISO_FORM);
    assertThat(text(edited, "userId")).isEqualTo(ann.userId());
    assertThat(edited.get("seq")).isEqualTo(answer.get("seq"));
    ann.must("edit-message", ann.here("messageId", id, "message", "better"));
    bob.expectNothing("message-edited");
    JsonNode base = base().join(ann.roomId(), "Cleo");
    assertThat(texts(base.get("messages"))).containsExactly("better");
  }

  @Test
  void CH8_host_deletes_and_base_clients_find_no_trace() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    String id = send(bob, "rude");
    send(ann, "hello");
    String mine = send(ann, "mine");
    JsonNode theft = bob.call("delete-message", bob.here("messageId", mine));
    assertThat(text(theft, "code")).isEqualTo("not_your_message");
    ann.must("delete-message", ann.here("messageId", id));
    JsonNode deleted = bob.take("message-deleted");
    assertThat(text(deleted, "messageId")).isEqualTo(id);
    assertThat(text(deleted, "userId")).isEqualTo(ann.userId());
    ann.must("delete-message", ann.here("messageId", id));
    bob.expectNothing("message-deleted");
    JsonNode base = base().join(ann.roomId(), "Cleo");
    assertThat(texts(base.get("messages"))).containsExactly("hello", "mine");
  }

  @Test
  void CH9_reactions_are_sent_whole() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    String id = send(ann, "hello");
    bob.must("react", bob.here("messageId", id, "emoji", "\u2764", "on", true));
    ann.take("message-reactions");
    ann.must("react", ann.here("messageId", id, "emoji", HEART, "on", true));
    JsonNode reactions = ann.take("message-reactions").get("reactions");
    assertThat(reactions).hasSize(1);
    assertThat(text(reactions.get(0), "emoji")).isEqualTo(HEART);
    assertThat(reactions.get(0).get("count").intValue()).isEqualTo(2);
    assertThat(reactions.get(0).get("userIds").valueStream().map(JsonNode::stringValue))
        .containsExactly(bob.userId(), ann.userId());
    for (String emoji : new String[] {"x", HEART + HEART, "\u0301".repeat(10_000)}) {
      JsonNode answer = ann.call("react", ann.here("messageId", id, "emoji", emoji, "on", true));
      assertThat(text(answer, "code")).isEqualTo("invalid_data");
    }
    JsonNode entry = extended().join(ann.roomId(), "Cleo").get("messages").get(0);
    assertThat(entry.get("reactions")).isEqualTo(reactions);
    assertThat(entry.has("mine")).isFalse();
  }

  @Test
  void CH9_member_reads_which_reactions_are_its_own_and_others_do_not() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    String id = send(ann, "hello");
    bob.must("react", bob.here("messageId", id, "emoji", HEART, "on", true));
    bob.must("react", bob.here("messageId", id, "emoji", "\ud83d\ude00", "on", true));
    JsonNode page = bob.must("get-messages", bob.here()).get("messages").get(0);
    assertThat(page.get("mine").valueStream().map(JsonNode::stringValue))
        .containsExactly(HEART, "\ud83d\ude00");
    JsonNode snapshot = bob.must("resume", bob.here("epoch", 1, "seq", 1)).get("snapshot");
    assertThat(snapshot.get("messages").get(0).get("mine")).isEqualTo(page.get("mine"));
    JsonNode other = ann.must("get-messages", ann.here()).get("messages").get(0);
    assertThat(other.has("mine")).isFalse();
  }

  @Test
  void RS1_resume_replays_what_became_of_messages() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    JsonNode sent = ann.must("send-message", ann.here("message", "hello"));
    String id = text(sent, "messageId");
    ann.must("edit-message", ann.here("messageId", id, "message", "better"));
    ann.must("react", ann.here("messageId", id, "emoji", HEART, "on", true));
    ann.must("delete-message", ann.here("messageId", id));
    JsonNode resumed =
        bob.must("resume", bob.here("epoch", sent.get("epoch").longValue(), "seq", 2));
    assertThat(resumed.get("events").valueStream().map(event -> event.get(0).stringValue()))
        .containsExactly("new-message", "message-edited", "message-reactions", "message-deleted");
  }
}
