package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Short graces: an empty room waits 400 ms, a hostless one 300. */
class DepartureTest extends ContractTest {
  DepartureTest() {
    super("EMPTY_ROOM_GRACE_MS", "400", "RECONNECT_GRACE_MS", "300");
  }

  @Test
  void LV1_leave_removes_the_user_and_is_broadcast() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    bob.must("leave-room", bob.here());
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(bob.userId());
    bob.expectNothing();
    ann.must("send-message", ann.here("message", "gone?"));
    bob.expectNothing();
  }

  @Test
  void LV1_unknown_room_and_strangers_are_ignored() {
    TestClient ann = host("Ann");
    TestClient other = base();
    other.must("leave-room", with("roomId", ann.roomId()));
    other.must("leave-room", with("roomId", "ZZZZZZ"));
    other.expectNothing();
    ann.must("leave-room", with("roomId", "ZZZZZZ"));
    ann.expectNothing();
    ann.must("send-message", ann.here("message", "still in"));
  }

  @Test
  void LV2_RS7_disconnect_of_a_base_client_removes_it_at_once() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    bob.close();
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(bob.userId());
    ann.expectNothing("user-away");
  }

  @Test
  void RS7_base_client_is_removed_at_once_even_from_a_seat_that_a_token_took_back() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String token = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    TestClient plain = base();
    plain.join(ann.roomId(), "Bob", "sessionToken", token);
    ann.forget();
    plain.close();
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(bob.userId());
    ann.expectNothing("user-away");
  }

  @Test
  void LV3_longest_in_the_room_inherits_from_the_last_host() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    TestClient cleo = guest(ann, "Cleo");
    bob.forget();
    ann.must("leave-room", ann.here());
    for (TestClient client : java.util.List.of(bob, cleo)) {
      assertThat(text(client.take("user-left"), "userId")).isEqualTo(ann.userId());
      JsonNode promoted = client.take("user-promoted");
      assertThat(text(promoted, "userId")).isEqualTo(bob.userId());
      assertThat(text(promoted, "userName")).isEqualTo("Bob");
      assertThat(text(client.take("room-transferred"), "hostId")).isEqualTo(bob.userId());
      client.expectNothing();
    }
    JsonNode joined = cleo.join(cleo.roomId(), "Cleo");
    assertThat(text(room(joined), "hostId")).isEqualTo(bob.userId());
    assertThat(text(room(joined), "hostName")).isEqualTo("Bob");
    assertThat(room(joined).get("users").get(0).get("isHost").booleanValue()).isTrue();
    bob.must("play-video", bob.here("currentTime", 1));
  }

  @Test
  void LV3_no_member_is_promoted_while_another_host_is_present() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    TestClient cleo = guest(ann, "Cleo");
    ann.must("promote-host", ann.here("userId", cleo.userId()));
    bob.forget();
    ann.must("leave-room", ann.here());
    bob.take("user-left");
    assertThat(text(bob.take("room-transferred"), "hostId")).isEqualTo(cleo.userId());
    bob.expectNothing();
    cleo.must("pause-video", cleo.here("currentTime", 1));
  }

  @Test
  void LV4_empty_room_is_found_as_it_was_and_the_creator_gets_in_by_token() {
    TestClient ann = host("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("send-message", ann.here("message", "brb"));
    ann.close();
    await().until(() -> server().sessions() == 0);
    TestClient again = base();
    JsonNode joined = again.join(ann.roomId(), "Ann", "hostToken", ann.hostToken());
    assertThat(joined.get("user").get("isHost").booleanValue()).isTrue();
    assertThat(text(room(joined), "videoUrl")).isEqualTo(FILM);
    assertThat(joined.get("messages")).hasSize(1);
    assertThat(text(room(joined), "hostId")).isEqualTo(again.userId());
  }

  @Test
  void LV4_LF2_empty_room_and_its_chat_are_removed_after_the_grace() {
    TestClient ann = host("Ann");
    ann.must("leave-room", ann.here());
    await().until(() -> server().rooms() == 0);
    JsonNode answer =
        ann.call(
            "join-room",
            with("roomId", ann.roomId(), "userName", "Ann", "hostToken", ann.hostToken()));
    assertThat(text(answer, "code")).isEqualTo("room_not_found");
  }

  @Test
  void LV5_room_without_a_host_gets_one_after_the_grace() {
    TestClient ann = host("Ann");
    ann.must("leave-room", ann.here());
    TestClient bob = base();
    bob.must("join-room", with("roomId", ann.roomId(), "userName", "Bob"));
    JsonNode joined = bob.take("room-joined");
    assertThat(joined.get("user").get("isHost").booleanValue()).isFalse();
    assertThat(text(bob.take("user-promoted"), "userId")).isEqualTo(text(joined.get("user"), "id"));
  }

  @Test
  void RS2_RS4_extended_user_is_away_for_the_grace_and_then_left() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    ann.forget();
    bob.close();
    assertThat(text(ann.take("user-away"), "userId")).isEqualTo(bob.userId());
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(bob.userId());
    ann.expectNothing();
  }

  @Test
  void LV3_RS4_host_who_does_not_come_back_is_succeeded_by_a_present_member() {
    TestClient ann = extended().create("Ann");
    TestClient away = extended();
    away.join(ann.roomId(), "Away");
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob");
    ann.close();
    bob.take("user-away");
    away.close();
    bob.take("user-away");
    assertThat(text(bob.take("user-promoted"), "userId")).isEqualTo(bob.userId());
  }

  @Test
  void RS4_leave_room_ends_the_session_at_once() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String token = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    bob.must("leave-room", bob.here());
    ann.take("user-left");
    String before = bob.userId();
    JsonNode joined = bob.join(ann.roomId(), "Bob", "sessionToken", token);
    assertThat(joined.get("resumed").booleanValue()).isFalse();
    assertThat(bob.userId()).isNotEqualTo(before);
    ann.expectNothing("user-away");
  }

  @Test
  void RS5_away_guests_name_passes_to_a_joiner() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    bob.close();
    ann.take("user-away");
    TestClient other = base();
    other.join(ann.roomId(), "bob");
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(bob.userId());
    ann.expectNothing("user-returned");
  }

  @Test
  void RS3_unknown_token_is_ignored_and_the_join_continues() {
    TestClient ann = host("Ann");
    TestClient bob =
        extended(Map.of("resume", true, "sessionToken", "no-such-token", "roomId", ann.roomId()));
    bob.expectNothing();
    JsonNode joined = bob.join(ann.roomId(), "Bob", "sessionToken", "nor-this");
    assertThat(joined.get("resumed").booleanValue()).isFalse();
  }
}
