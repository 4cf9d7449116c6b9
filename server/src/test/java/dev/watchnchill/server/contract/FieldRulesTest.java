package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each field of each event: missing, null, of a wrong type, too short, too long, hostile. */
final class FieldRulesTest extends ContractTest {
  private static final String SHORT_NAME = "Name must be at least 2 characters long";
  private static final String LONG_NAME = "Name must be 50 characters or less";
  private static final String NAME_CHARACTERS =
      "Name can only contain letters, numbers, spaces, and basic punctuation";
  private static final String ROOM_LENGTH = "Room ID must be exactly 6 characters";
  private static final String ROOM_CHARACTERS =
      "Room ID can only contain uppercase letters and numbers";
  private static final String UUID_TEXT = "Invalid UUID";
  private static final String NO_URL = "Video URL is required";
  private static final String BAD_URL = "Invalid URL format";
  private static final String SMALL = "Too small: expected number to be >=0";
  private static final String NOT_POSITIVE = "Too small: expected number to be >0";
  private static final String EMPTY_TEXT = "Too small: expected string to have >=1 characters";
  private static final String LONG_TEXT = "Too big: expected string to have <=1000 characters";
  private static final String SLOW = "Too small: expected number to be >=0.25";
  private static final String FAST = "Too big: expected number to be <=2";
  private static final String MODES = "Invalid option: expected one of \"never\"|\"everyone\"";

  private record Bad(String json, List<String> messages) {
    Bad(String json, String... messages) {
      this(json, List.of(messages));
    }
  }

  private static List<Bad> bad(String field) {
    var all = new ArrayList<Bad>(wrongTypes(typeOf(field)));
    if (field.equals("beforeId")) {
      all.removeIf(bad -> bad.json().equals("null")); // the end of the list
    }
    switch (field) {
      case "hostName", "userName" -> {
        all.add(new Bad("\"\"", SHORT_NAME, NAME_CHARACTERS));
        all.add(new Bad("\"A\"", SHORT_NAME));
        all.add(new Bad("\" A \"", SHORT_NAME));
        all.add(new Bad("\"" + "A".repeat(51) + "\"", LONG_NAME));
        all.add(new Bad("\"A" + " ".repeat(60) + "\"", SHORT_NAME, LONG_NAME));
        all.add(new Bad("\"<b>Ann</b>\"", NAME_CHARACTERS));
        all.add(new Bad("\"Zo\\u00eb\"", NAME_CHARACTERS));
        all.add(new Bad("\"An\\u0000n\"", NAME_CHARACTERS));
        all.add(new Bad("\"\\ud83d\\ude00\\ud83d\\ude00\"", NAME_CHARACTERS));
        all.add(new Bad("\"<\"", SHORT_NAME, NAME_CHARACTERS));
        all.add(new Bad("\"" + "<".repeat(51) + "\"", LONG_NAME, NAME_CHARACTERS));
      }
      case "roomId" -> {
        all.add(new Bad("\"\"", ROOM_LENGTH, ROOM_CHARACTERS));
        all.add(new Bad("\"ABC12\"", ROOM_LENGTH));
        all.add(new Bad("\"ABC1234\"", ROOM_LENGTH));
        all.add(new Bad("\"abc123\"", ROOM_CHARACTERS));
        all.add(new Bad("\"ABC12\\n\"", ROOM_CHARACTERS));
        all.add(new Bad("\" ABC123\"", ROOM_LENGTH, ROOM_CHARACTERS));
        all.add(new Bad("\"\\u0410BC123\"", ROOM_CHARACTERS));
        all.add(new Bad("\"__proto__\"", ROOM_LENGTH, ROOM_CHARACTERS));
      }
      case "userId", "itemId", "beforeId" -> {
        all.add(new Bad("\"\"", UUID_TEXT));
        all.add(new Bad("\"not-a-uuid\"", UUID_TEXT));
        all.add(new Bad("\"6ba7b810-9dad-41d1-80b4-00c04fd430c\"", UUID_TEXT));
        all.add(new Bad("\"6ba7b810-9dad-91d1-80b4-00c04fd430c8\"", UUID_TEXT));
        all.add(new Bad("\"6ba7b810-9dad-41d1-70b4-00c04fd430c8\"", UUID_TEXT));
        all.add(new Bad("\"{6ba7b810-9dad-41d1-80b4-00c04fd430c8}\"", UUID_TEXT));
      }
      case "videoUrl" -> {
        all.add(new Bad("\"\"", NO_URL, BAD_URL));
        all.add(new Bad("\"   \"", NO_URL, BAD_URL));
        for (String url :
            List.of(
                "films",
                "javascript:alert(1)",
                "file:///etc/passwd",
                "ftp://films.example/a.mp4",
                "https://films.example/a.exe",
                "https://",
                "https://films.example/" + "a".repeat(4_096) + ".mp4")) {
          all.add(new Bad("\"" + url + "\"", BAD_URL));
        }
      }
      case "message" -> {
        all.add(new Bad("\"\"", EMPTY_TEXT));
        all.add(new Bad("\" \\t\\n\\u00a0 \"", EMPTY_TEXT));
        all.add(new Bad("\"" + "x".repeat(1_001) + "\"", LONG_TEXT));
      }
      case "currentTime", "epoch", "seq" -> {
        all.add(new Bad("-1", SMALL));
        all.add(new Bad("-0.001", SMALL));
      }
      case "rate" -> {
        all.add(new Bad("0", SLOW));
        all.add(new Bad("0.2499", SLOW));
        all.add(new Bad("-1", SLOW));
        all.add(new Bad("2.001", FAST));
        all.add(new Bad("1e308", FAST));
      }
      case "mode" -> {
        for (String mode : List.of("", "NEVER", "Everyone", " never", "some")) {
          all.add(new Bad("\"" + mode + "\"", MODES));
        }
      }
      case "item" -> {
        all.add(new Bad("-1", SMALL));
        all.add(new Bad("1.5", "Invalid input: expected int, received number"));
        all.add(new Bad("2147483648", "Too big: expected number to be <=2147483647"));
      }
      case "mediaIds" -> {
        all.add(new Bad("[]", "Too small: expected array to have >=1 items"));
        for (String id : List.of("7", "\"\"", "\"../../etc/passwd000000\"", "null", "[]")) {
          all.add(new Bad("[" + id + ",7]", "Invalid id"));
        }
        all.add(
            new Bad("[7" + ",7".repeat(50) + "]", "Too big: expected array to have <=50 items"));
      }
      case "delay" -> {
        all.add(new Bad("-1e15", "Too small: expected number to be >=-100000000000000"));
        all.add(new Bad("1e15", "Too big: expected number to be <=100000000000000"));
      }
      case "timestamp", "duration" -> {
        all.add(new Bad("0", NOT_POSITIVE));
        all.add(new Bad("-5", NOT_POSITIVE));
      }
      default -> {}
    }
    return all;
  }

  private static String typeOf(String field) {
    return switch (field) {
      case "isPlaying", "on" -> "boolean";
      case "mediaIds" -> "array";
      case "currentTime", "timestamp", "duration", "item", "delay", "rate", "t1", "epoch", "seq" ->
          "number";
      default -> "string";
    };
  }

  private static List<Bad> wrongTypes(String type) {
    var all = new ArrayList<Bad>();
    all.add(new Bad("", "Invalid input: expected " + type + ", received undefined"));
    Map.of("null", "null", "[]", "array", "{}", "object", "[\"ABC123\"]", "array")
        .forEach((json, received) -> {
          if (!type.equals(received)) {
            all.add(new Bad(json, "Invalid input: expected " + type + ", received " + received));
          }
        });
    if (!type.equals("boolean")) {
      all.add(new Bad("true", "Invalid input: expected " + type + ", received boolean"));
    }
    if (!type.equals("number")) {
      all.add(new Bad("7", "Invalid input: expected " + type + ", received number"));
    }
    if (!type.equals("string")) {
      all.add(new Bad("\"7\"", "Invalid input: expected " + type + ", received string"));
    }
    return all;
  }

  private static String payload(String event, Map<String, String> instead) {
    var fields = new ArrayList<String>();
    for (String field : EventFields.OF_EVENTS.getOrDefault(event, List.of())) {
      String json = instead.getOrDefault(field, EventFields.GOOD.getOrDefault(field, ""));
      if (!json.isEmpty()) {
        fields.add("\"" + field + "\":" + json);
      }
    }
    instead.forEach((field, json) -> {
      if (!EventFields.OF_EVENTS.getOrDefault(event, List.of()).contains(field)) {
        fields.add("\"" + field + "\":" + json);
      }
    });
    return "{" + String.join(",", fields) + "}";
  }

  static Stream<Arguments> badFields() {
    var all = new ArrayList<Arguments>();
    EventFields.OF_EVENTS.forEach((event, fields) -> {
      for (String field : fields) {
        for (Bad bad : bad(field)) {
          all.add(Arguments.of(event, payload(event, Map.of(field, bad.json())), bad.messages()));
        }
      }
    });
    return all.stream();
  }

  private TestClient sender;
  private TestClient witness;

  @BeforeAll
  void people() {
    sender = TestClient.base(server()).create("Ann");
    witness = TestClient.base(server());
    witness.join(sender.roomId(), "Wim");
    sender.take("user-joined");
  }

  private void refusedWith(String event, JsonNode answer, List<String> messages) {
    refused(
        sender,
        answer,
        "room-error",
        "invalid_data",
        "Invalid data: " + String.join(", ", messages));
    assertThat(answer.get("retryable").booleanValue()).as(event).isFalse();
    witness.expectNothing();
  }

  @ParameterizedTest
  @MethodSource("badFields")
  void FR1_to_FR12_bad_field_is_rejected_in_every_message(
      String event, String payload, List<String> messages) {
    refusedWith(event, sender.callJson(event, payload), messages);
  }

  static Stream<String> events() {
    return EventFields.OF_EVENTS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("events")
  void FR11_payload_that_is_no_object_is_rejected(String event) {
    Map.of(
            "null", "null",
            "[]", "array",
            "\"x\"", "string",
            "1", "number",
            "true", "boolean",
            "[{\"roomId\":\"ABC123\"}]", "array")
        .forEach((json, received) ->
            refusedWith(
                event,
                sender.callJson(event, json),
                List.of("Invalid input: expected object, received " + received)));
    refusedWith(
        event, sender.call(event), List.of("Invalid input: expected object, received undefined"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void FR11_messages_of_all_fields_come_in_field_order(String event) {
    var messages = new ArrayList<String>();
    for (String field : EventFields.OF_EVENTS.getOrDefault(event, List.of())) {
      messages.add("Invalid input: expected " + typeOf(field) + ", received undefined");
    }
    refusedWith(event, sender.call(event, with()), messages);
  }

  @Test
  void FR11_every_message_of_every_field_is_joined() {
    refusedWith(
        "join-room",
        sender.callJson("join-room", "{\"hostToken\":\"x\",\"userName\":\"<\",\"roomId\":\"a\"}"),
        List.of(ROOM_LENGTH, ROOM_CHARACTERS, SHORT_NAME, NAME_CHARACTERS, UUID_TEXT));
    refusedWith(
        "sync-check",
        sender.callJson(
            "sync-check",
            "{\"timestamp\":0,\"isPlaying\":\"yes\",\"currentTime\":-1,\"roomId\":7}"),
        List.of(
            "Invalid input: expected string, received number",
            SMALL,
            "Invalid input: expected boolean, received string",
            NOT_POSITIVE));
  }

  @Test
  void FR11_rejected_events_without_an_ack_get_an_error_event() {
    sender.emit("join-room", with("roomId", "a"));
    assertThat(text(sender.take("room-error"), "error"))
        .isEqualTo(
            "Invalid data: "
                + String.join(
                    ", ",
                    ROOM_LENGTH,
                    ROOM_CHARACTERS,
                    "Invalid input: expected string, received undefined"));
    sender.expectNothing();
  }

  @Test
  void FR3_host_token_is_a_uuid_or_absent() {
    for (String json : List.of("\"\"", "\"x\"", "\"6ba7b8109dad41d180b400c04fd430c8\"")) {
      refusedWith(
          "join-room",
          sender.callJson("join-room", payload("join-room", Map.of("hostToken", json))),
          List.of(UUID_TEXT));
    }
    refusedWith(
        "join-room",
        sender.callJson("join-room", payload("join-room", Map.of("hostToken", "null"))),
        List.of("Invalid input: expected string, received null"));
  }

  @Test
  void FR12_extension_fields_have_their_rules() {
    refusedWith(
        "join-room",
        sender.callJson("join-room", payload("join-room", Map.of("sessionToken", "\"\""))),
        List.of(EMPTY_TEXT));
    refusedWith(
        "join-room",
        sender.callJson(
            "join-room",
            payload("join-room", Map.of("sessionToken", "\"" + "x".repeat(201) + "\""))),
        List.of("Too big: expected string to have <=200 characters"));
    refusedWith(
        "join-room",
        sender.callJson("join-room", payload("join-room", Map.of("sessionToken", "5"))),
        List.of("Invalid input: expected string, received number"));
    refusedWith(
        "pause-video",
        sender.callJson("pause-video", payload("pause-video", Map.of("pressedAt", "\"now\""))),
        List.of("Invalid input: expected number, received string"));
  }

  @Test
  void FR12_unknown_fields_are_ignored() {
    JsonNode answer =
        sender.callJson(
            "send-message",
            "{\"roomId\":\""
                + sender.roomId()
                + "\",\"message\":\"hi\",\"__proto__\":{\"isHost\":true},\"x\":[1,{\"y\":null}]}");
    assertThat(answer.get("ok").booleanValue()).isTrue();
    sender.take("new-message");
    witness.take("new-message");
  }

  @Test
  void FR1_names_at_the_bounds_are_taken() {
    for (String name : List.of("Al", "A-b_c.d!e?", "x".repeat(50), "a\tb", "12")) {
      TestClient client = base();
      client.join(sender.roomId(), name);
      client.must("leave-room", client.here());
    }
    sender.forget();
    witness.forget();
  }

  @Test
  void FR9_longest_message_is_taken_and_blanks_around_it_go() {
    JsonNode answer = sender.call("send-message", sender.here("message", "x".repeat(1_000)));
    assertThat(answer.get("ok").booleanValue()).isTrue();
    sender.take("new-message");
    assertThat(text(witness.take("new-message").get("message"), "message")).hasSize(1_000);
    sender.must("send-message", sender.here("message", "\u00a0 hi \ufeff\n"));
    sender.take("new-message");
    assertThat(text(witness.take("new-message").get("message"), "message")).isEqualTo("hi");
  }

  @Test
  void FR11_rules_go_before_identity_and_the_room() {
    TestClient stranger = base();
    JsonNode answer = stranger.call("promote-host", with("roomId", "nope", "userId", "x"));
    refused(
        stranger,
        answer,
        "room-error",
        "invalid_data",
        "Invalid data: " + ROOM_LENGTH + ", " + ROOM_CHARACTERS + ", " + UUID_TEXT);
  }
}
