package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules CR1, ID1, JN0 to JN11 and TK1 on the wire. */
class EntryTest extends ContractTest {
  @Test
  void CR1_creator_gets_room_created_and_then_room_joined() {
    TestClient ann = base();
    JsonNode answer = ann.must("create-room", with("hostName", "  Ann "));
    assertThat(ann.names()).containsExactly("room-created", "room-joined", "timeline");
    JsonNode created = ann.take("room-created");
    JsonNode joined = ann.take("room-joined");
    JsonNode user = joined.get("user");
    assertThat(text(created, "roomId")).isEqualTo(text(answer, "roomId"));
    assertThat(text(user, "id")).isEqualTo(text(answer, "userId"));
    assertThat(text(user, "name")).isEqualTo("Ann");
    assertThat(user.get("isHost").booleanValue()).isTrue();
    assertThat(text(room(joined), "hostId")).isEqualTo(text(user, "id"));
    assertThat(text(room(joined), "hostName")).isEqualTo("Ann");
    assertThat(joined.get("messages")).isEmpty();
    assertThat(created.get("room")).isEqualTo(room(joined));
  }

  @Test
  void ID1_ids_and_tokens_have_their_forms_and_differ() {
    var seen = new HashSet<String>();
    TestClient ann = base();
    for (int i = 0; i < 50; i++) {
      ann.create("Ann");
      assertThat(ann.roomId()).matches("[A-Z0-9]{6}");
      assertThat(ann.userId()).matches(UUID_FORM);
      assertThat(ann.hostToken()).matches(UUID_FORM);
      assertThat(seen.add(ann.roomId())).isTrue();
      assertThat(seen.add(ann.userId())).isTrue();
      assertThat(seen.add(ann.hostToken())).isTrue();
    }
  }

  @Test
  void JN0_unknown_room_is_named() {
    TestClient bob = base();
    JsonNode answer = bob.call("join-room", with("roomId", "ZZZZZZ", "userName", "Bob"));
    refused(bob, answer, "room-error", "room_not_found", "Room not found");
  }

  @Test
  void JN1_second_join_with_the_own_name_is_answered_and_not_broadcast() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    String id = bob.userId();
    ann.forget();
    JsonNode joined = bob.join(ann.roomId(), " bOB ");
    assertThat(bob.userId()).isEqualTo(id);
    assertThat(text(joined.get("user"), "name")).isEqualTo("Bob");
    assertThat(users(room(joined))).containsExactly("Ann", "Bob");
    ann.expectNothing();
    bob.expectNothing();
  }

  @Test
  void JN1_creator_joins_again_without_a_token() {
    TestClient ann = host("Ann");
    JsonNode joined = ann.join(ann.roomId(), "Ann");
    assertThat(joined.get("user").get("isHost").booleanValue()).isTrue();
  }

  @Test
  void JN2_right_token_takes_over_the_host_and_the_old_socket_is_out() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    TestClient again = base();
    JsonNode joined = again.join(ann.roomId(), "ann", "hostToken", ann.hostToken());
    assertThat(again.userId()).isEqualTo(ann.userId());
    assertThat(joined.get("user").get("isHost").booleanValue()).isTrue();
    assertThat(users(room(joined))).containsExactly("Ann", "Bob");
    ann.take("session-replaced");
    assertThat(text(ann.call("send-message", ann.here("message", "hi")), "code"))
        .isEqualTo("not_authenticated");
    ann.close();
    again.must("send-message", again.here("message", "I am it"));
    bob.take("new-message");
    bob.expectNothing("user-left", "user-joined", "user-promoted");
  }

  @Test
  void JN3_guest_with_taken_name_is_rejected() {
    TestClient ann = host("Ann");
    guest(ann, "Bob Lee");
    TestClient other = base();
    JsonNode answer = other.call("join-room", with("roomId", ann.roomId(), "userName", " bob lee"));
    refused(
        other,
        answer,
        "room-error",
        "name_taken",
        "The name \"bob lee\" is already taken in this room. Please choose a different name.");
    ann.expectNothing();
  }

  @Test
  void JN11_look_alike_of_a_name_is_rejected_and_a_name_is_shown_as_typed() {
    TestClient ann = host("Alice Cooper");
    base().join(ann.roomId(), "Bob\u00a0  Dylan");
    assertThat(text(ann.take("user-joined").get("user"), "name")).isEqualTo("Bob\u00a0  Dylan");
    for (String gap : List.of("  ", "\u00a0", "\ufeff", "\n", "\t\t", " \ufeff ", "\u2028")) {
      TestClient eve = base();
      String alice = "alice" + gap + "Cooper";
      refused(
          eve,
          eve.call("join-room", with("roomId", ann.roomId(), "userName", alice)),
          "room-error",
          "bad_host_credentials",
          CREDENTIALS);
      String bob = "Bob" + gap + "Dylan";
      refused(
          eve,
          eve.call("join-room", with("roomId", ann.roomId(), "userName", bob)),
          "room-error",
          "name_taken",
          "The name \""
              + bob
              + "\" is already taken in this room. Please choose a different name.");
    }
  }

  @Test
  void JN3_host_name_without_or_with_a_wrong_token_is_rejected() {
    TestClient ann = host("Ann");
    TestClient other = base();
    refused(
        other,
        other.call("join-room", with("roomId", ann.roomId(), "userName", "ANN")),
        "room-error",
        "bad_host_credentials",
        CREDENTIALS);
    refused(
        other,
        other.call(
            "join-room",
            with(
                "roomId",
                ann.roomId(),
                "userName",
                "Ann",
                "hostToken",
                UUID.randomUUID().toString())),
        "room-error",
        "bad_host_credentials",
        CREDENTIALS);
    ann.expectNothing();
  }

  @Test
  void JN4_right_token_joins_as_host_under_any_free_name() {
    TestClient ann = host("Ann");
    TestClient zoe = base();
    JsonNode joined = zoe.join(ann.roomId(), "Zoe", "hostToken", ann.hostToken());
    assertThat(joined.get("user").get("isHost").booleanValue()).isTrue();
    assertThat(text(room(joined), "hostId")).isEqualTo(zoe.userId());
    assertThat(text(room(joined), "hostName")).isEqualTo("Zoe");
    assertThat(ann.take("user-joined").get("user").get("isHost").booleanValue()).isTrue();
    zoe.must("play-video", zoe.here("currentTime", 1));
  }

  @Test
  void JN4_wrong_token_under_a_free_name_is_rejected() {
    TestClient ann = host("Ann");
    TestClient zoe = base();
    JsonNode answer =
        zoe.call(
            "join-room",
            with(
                "roomId",
                ann.roomId(),
                "userName",
                "Zoe",
                "hostToken",
                UUID.randomUUID().toString()));
    refused(zoe, answer, "room-error", "bad_host_credentials", CREDENTIALS);
  }

  @Test
  void JN5_creators_name_needs_the_token_even_when_the_creator_has_left() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("leave-room", ann.here());
    bob.take("user-left");
    TestClient other = base();
    refused(
        other,
        other.call("join-room", with("roomId", bob.roomId(), "userName", " aNN ")),
        "room-error",
        "bad_host_credentials",
        CREDENTIALS);
  }

  @Test
  void JN6_JN8_new_guest_gets_room_and_history_and_the_join_is_broadcast() {
    TestClient ann = host("Ann");
    ann.must("send-message", ann.here("message", "first"));
    ann.must("send-message", ann.here("message", "second"));
    ann.forget();
    TestClient bob = base();
    JsonNode joined = bob.join(ann.roomId(), "Bob");
    assertThat(joined.get("user").get("isHost").booleanValue()).isFalse();
    assertThat(users(room(joined))).containsExactly("Ann", "Bob");
    assertThat(joined.get("messages")).hasSize(2);
    assertThat(text(joined.get("messages").get(0), "message")).isEqualTo("first");
    assertThat(ann.take("user-joined").get("user")).isEqualTo(joined.get("user"));
    ann.expectNothing();
    bob.expectNothing();
  }

  @Test
  void JN7_names_are_compared_trimmed_and_without_case() {
    TestClient ann = host("Ann");
    guest(ann, "Bob");
    TestClient other = base();
    for (String name : List.of("bob", " BOB ", "\tBob", "\u00a0bOb\u2003")) {
      assertThat(
              text(other.call("join-room", with("roomId", ann.roomId(), "userName", name)), "code"))
          .as(name)
          .isEqualTo("name_taken");
    }
  }

  @Test
  void JN8_member_who_takes_another_name_does_not_receive_its_own_events() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    String before = bob.userId();
    bob.must("join-room", bob.here("userName", "Robert"));
    assertThat(bob.names()).containsExactly("room-joined", "timeline");
    assertThat(users(room(bob.take("room-joined")))).containsExactly("Ann", "Robert");
    assertThat(text(ann.take("user-joined").get("user"), "name")).isEqualTo("Robert");
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(before);
    bob.forget();
    ann.must("send-message", ann.here("message", "hi"));
    assertThat(bob.names()).containsExactly("new-message");
  }

  @Test
  void JN8_member_whose_new_name_is_rejected_keeps_receiving_events() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    bob.call("join-room", bob.here("userName", "Ann"));
    bob.forget();
    ann.must("send-message", ann.here("message", "still here?"));
    assertThat(bob.names()).containsExactly("new-message");
  }

  @Test
  void JN9_late_joiner_gets_the_position_of_the_film() {
    TestClient ann = host("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("play-video", ann.here("currentTime", 100));
    TestClient bob = base();
    bob.must("join-room", with("roomId", ann.roomId(), "userName", "Bob"));
    assertThat(bob.names()).containsExactly("room-joined", "sync-update", "timeline");
    JsonNode joined = bob.take("room-joined");
    JsonNode state = room(joined).get("videoState");
    JsonNode sync = bob.take("sync-update");
    assertThat(state.get("isPlaying").booleanValue()).isTrue();
    assertThat(state.get("currentTime").doubleValue()).isBetween(100.0, 130.0);
    assertThat(sync.get("isPlaying").booleanValue()).isTrue();
    assertThat(sync.get("currentTime").doubleValue())
        .isBetween(state.get("currentTime").doubleValue(), 130.0);
    assertThat(sync.get("timestamp").isIntegralNumber()).isTrue();
  }

  @Test
  void JN9_late_joiner_of_a_paused_film_gets_no_sync_update() {
    TestClient ann = host("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    TestClient bob = guest(ann, "Bob");
    bob.expectNothing("sync-update");
  }

  @Test
  void JN9_known_duration_bounds_the_position() {
    TestClient ann = host("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("report-duration", ann.here("duration", 60));
    ann.must("play-video", ann.here("currentTime", 5_000));
    TestClient bob = base();
    JsonNode joined = bob.join(ann.roomId(), "Bob");
    assertThat(room(joined).get("videoState").get("currentTime").doubleValue()).isEqualTo(60);
    assertThat(room(joined).get("videoState").get("duration").doubleValue()).isEqualTo(60);
    assertThat(bob.take("sync-update").get("currentTime").doubleValue()).isEqualTo(60);
  }

  @Test
  void JN10_joining_another_room_leaves_the_first() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    String before = bob.userId();
    TestClient zoe = host("Zoe");
    bob.join(zoe.roomId(), "Bob");
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(before);
    ann.must("send-message", ann.here("message", "are you there?"));
    bob.expectNothing("new-message");
    assertThat(text(bob.call("send-message", with("roomId", ann.roomId(), "message", "x")), "code"))
        .isEqualTo("not_authenticated");
    zoe.must("send-message", zoe.here("message", "hi"));
    bob.take("new-message");
  }

  @Test
  void JN10_creating_a_room_leaves_the_first() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    String before = bob.userId();
    bob.create("Bob");
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(before);
  }

  @Test
  void JN10_rejected_join_of_another_room_keeps_the_first() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    TestClient zoe = host("Zoe");
    bob.call("join-room", with("roomId", zoe.roomId(), "userName", "Zoe"));
    bob.call("join-room", with("roomId", "NOSUCH", "userName", "Bob"));
    ann.expectNothing("user-left");
    bob.must("send-message", bob.here("message", "still here"));
    ann.take("new-message");
  }

  @Test
  void TK1_host_token_is_in_room_created_alone() {
    TestClient ann = extended().create("Ann");
    TestClient bob = guest(ann, "Bob");
    TestClient cleo = extended();
    cleo.join(ann.roomId(), "Cleo");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("play-video", ann.here("currentTime", 3));
    ann.must("send-message", ann.here("message", "hi"));
    JsonNode missed = ann.must("resume", ann.here("epoch", 0, "seq", 0));
    TestClient again = base();
    again.join(ann.roomId(), "Ann", "hostToken", ann.hostToken());
    again.must("leave-room", again.here());
    int found = 0;
    for (TestClient client : List.of(ann, bob, cleo, again)) {
      client.settle();
      for (TestClient.Heard heard : client.everything()) {
        String json = heard.payload().toString();
        if (json.contains(ann.hostToken())) {
          assertThat(heard.event()).isEqualTo("room-created");
          found++;
        }
        if (!heard.event().equals("room-created")) {
          assertThat(json).doesNotContain("hostToken");
        } else {
          assertThat(heard.payload().get("room").toString()).doesNotContain("hostToken");
        }
      }
    }
    assertThat(found).isEqualTo(1);
    assertThat(missed.toString()).doesNotContain("hostToken").doesNotContain(ann.hostToken());
  }
}
