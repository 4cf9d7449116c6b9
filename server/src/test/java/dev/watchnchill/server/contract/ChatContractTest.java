package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatContractTest extends ContractTest {
  ChatContractTest() {
    super("CHAT_HISTORY", "5", "CHAT_KEEP", "20");
  }

  @Test
  void CH1_EV10_TP4_message_is_trimmed_and_reaches_all() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    JsonNode answer = bob.must("send-message", bob.here("message", "  <b>hi</b> \ud83c\udf7f "));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode message = client.take("new-message").get("message");
      assertThat(message.propertyNames())
          .containsExactlyInAnyOrder(
              "id", "userId", "userName", "message", "timestamp", "roomId", "isRead");
      assertThat(text(message, "message")).isEqualTo("<b>hi</b> \ud83c\udf7f");
      assertThat(text(message, "id")).matches(UUID_FORM).isEqualTo(text(answer, "messageId"));
      assertThat(text(message, "userId")).isEqualTo(bob.userId());
      assertThat(text(message, "userName")).isEqualTo("Bob");
      assertThat(text(message, "roomId")).isEqualTo(ann.roomId());
      assertThat(text(message, "timestamp")).matches(ISO_FORM);
      assertThat(message.get("isRead").booleanValue()).isFalse();
      client.expectNothing();
    }
  }

  @Test
  void LF2_last_messages_are_kept_oldest_first() {
    TestClient ann = host("Ann");
    for (int i = 1; i <= 8; i++) {
      ann.must("send-message", ann.here("message", "number " + i));
    }
    JsonNode messages = base().join(ann.roomId(), "Bob").get("messages");
    assertThat(messages).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(text(messages.get(i), "message")).isEqualTo("number " + (i + 4));
    }
  }

  @Test
  void CH2_message_said_again_under_its_id_is_said_once() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    String id = "6f1c1f0e-8a8e-4a5a-9c55-0d4f6f0f8f11";
    JsonNode first = ann.must("send-message", ann.here("message", "once", "messageId", id));
    ann.must("send-message", ann.here("message", "something else"));
    JsonNode again = ann.must("send-message", ann.here("message", "once", "messageId", id));
    assertThat(text(first, "messageId")).isEqualTo(id);
    assertThat(again).isEqualTo(first);
    assertThat(text(bob.take("new-message").get("message"), "id")).isEqualTo(id);
    bob.take("new-message");
    bob.expectNothing();

    JsonNode theft = bob.call("send-message", bob.here("message", "mine", "messageId", id));
    assertThat(text(theft, "code")).isEqualTo("invalid_data");
    assertThat(text(bob.take("room-error"), "error"))
        .isEqualTo("Invalid data: somebody else has used that messageId");
  }

  @Test
  void CH2_id_of_another_member_is_rejected_among_the_last_128_changes_and_free_afterwards() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    String id = "6f1c1f0e-8a8e-4a5a-9c55-0d4f6f0f8f12";
    JsonNode first = ann.must("send-message", ann.here("message", "mine", "messageId", id));
    long seq = first.get("seq").longValue();
    for (int i = 1; i <= 22; i++) {
      ann.must("send-message", ann.here("message", "more than the log " + i));
    }
    for (int i = 23; i <= 127; i++) {
      ann.must("set-rate", ann.here("rate", i % 2 == 0 ? 1 : 1.5));
    }
    JsonNode theft = bob.call("send-message", bob.here("message", "x", "messageId", id));
    assertThat(text(theft, "code")).isEqualTo("invalid_data");
    assertThat(text(theft, "error"))
        .isEqualTo("Invalid data: somebody else has used that messageId");
    assertThat(ann.must("send-message", ann.here("message", "mine", "messageId", id)))
        .isEqualTo(first);
    ann.must("set-rate", ann.here("rate", 1));
    JsonNode free = bob.must("send-message", bob.here("message", "now mine", "messageId", id));
    assertThat(free.get("seq").longValue()).isEqualTo(seq + 129);
  }

  @Test
  void CH2_id_that_is_no_UUID_is_rejected() {
    TestClient ann = host("Ann");
    JsonNode answer = ann.call("send-message", ann.here("message", "hi", "messageId", "7"));
    assertThat(text(answer, "error")).isEqualTo("Invalid data: Invalid UUID");
  }

  @Test
  void CH1_message_of_half_a_character_does_no_harm() {
    TestClient ann = host("Ann");
    RawSocket raw = RawSocket.connect(server());
    raw.call("join-room", "{\"roomId\":\"" + ann.roomId() + "\",\"userName\":\"Raw\"}");
    ann.take("user-joined");
    JsonNode answer =
        raw.call(
            "send-message",
            "{\"roomId\":\"" + ann.roomId() + "\",\"message\":\"half \\ud83c of it \\udf7f\"}");
    assertThat(answer.get("ok").booleanValue()).isTrue();
    assertThat(text(ann.take("new-message").get("message"), "message"))
        .startsWith("half ")
        .contains(" of it ");
    assertThat(base().join(ann.roomId(), "Late").get("messages")).hasSize(1);
    raw.close();
  }

  @Test
  void SV1_link_with_half_a_character_does_no_harm() {
    TestClient ann = host("Ann");
    RawSocket raw = RawSocket.connect(server());
    raw.call(
        "join-room",
        "{\"roomId\":\""
            + ann.roomId()
            + "\",\"userName\":\"Raw\",\"hostToken\":\""
            + ann.hostToken()
            + "\"}");
    raw.call(
        "set-video",
        "{\"roomId\":\"" + ann.roomId() + "\",\"videoUrl\":\"https://films.example/\\ud83c.mp4\"}");
    base().join(ann.roomId(), "Late");
    raw.close();
  }

  @Test
  void TY1_EV11_EV12_typing_reaches_the_others_alone() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    bob.must("typing-start", bob.here());
    JsonNode typing = ann.take("user-typing");
    assertThat(typing.propertyNames()).containsExactlyInAnyOrder("userId", "userName");
    assertThat(text(typing, "userId")).isEqualTo(bob.userId());
    assertThat(text(typing, "userName")).isEqualTo("Bob");
    bob.must("typing-stop", bob.here());
    JsonNode stopped = ann.take("user-stopped-typing");
    assertThat(stopped.propertyNames()).containsExactly("userId");
    assertThat(text(stopped, "userId")).isEqualTo(bob.userId());
    bob.expectNothing();
    ann.expectNothing();
  }
}
