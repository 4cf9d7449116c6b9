package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Identity that survives a lost connection. */
class SeatContractTest extends ContractTest {
  @Test
  void RS1_only_an_extended_client_gets_a_session_token_and_no_other_client_sees_it() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    JsonNode joined = bob.join(ann.roomId(), "Bob");
    String token = text(joined, "sessionToken");
    assertThat(token).hasSizeGreaterThanOrEqualTo(32);
    assertThat(joined.get("resumed").booleanValue()).isFalse();
    TestClient cleo = extended();
    assertThat(text(cleo.join(ann.roomId(), "Cleo"), "sessionToken")).isNotEqualTo(token);
    ann.settle();
    assertThat(ann.everything().toString()).doesNotContain("sessionToken").doesNotContain(token);
    cleo.settle();
    assertThat(cleo.everything().toString()).doesNotContain(token);
  }

  @Test
  void RS2_RS3_away_user_resumes_its_seat_with_its_rights() {
    TestClient ann = extended();
    ann.must("create-room", with("hostName", "Ann"));
    JsonNode created = ann.take("room-joined");
    String token = text(created, "sessionToken");
    String roomId = text(room(created), "id");
    TestClient bob = base();
    bob.join(roomId, "Bob");
    ann.close();
    String id = text(created.get("user"), "id");
    assertThat(text(bob.take("user-away"), "userId")).isEqualTo(id);
    JsonNode seen = bob.join(roomId, "Bob");
    assertThat(room(seen).get("users").get(0).get("away").booleanValue()).isTrue();
    assertThat(room(seen).get("users").get(1).has("away")).isFalse();

    TestClient again = extended();
    JsonNode joined = again.join(roomId, "Somebody Else", "sessionToken", token);
    assertThat(joined.get("resumed").booleanValue()).isTrue();
    assertThat(again.userId()).isEqualTo(id);
    assertThat(text(joined.get("user"), "name")).isEqualTo("Ann");
    assertThat(joined.get("user").has("away")).isFalse();
    assertThat(text(bob.take("user-returned"), "userId")).isEqualTo(id);
    bob.expectNothing();
    again.must("play-video", again.here("currentTime", 2));
  }

  @Test
  void RS3_auth_payload_alone_brings_the_seat_back_at_connect() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String token = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    ann.forget();
    bob.close();
    ann.take("user-away");
    TestClient again =
        extended(Map.of("resume", true, "sessionToken", token, "roomId", ann.roomId()));
    JsonNode joined = again.take("room-joined");
    assertThat(joined.get("resumed").booleanValue()).isTrue();
    assertThat(text(joined.get("user"), "id")).isEqualTo(bob.userId());
    assertThat(text(joined, "sessionToken")).isEqualTo(token);
    ann.take("user-returned");
    again.must("send-message", with("roomId", ann.roomId(), "message", "back"));
    ann.take("new-message");
  }

  @Test
  void RS3_token_of_the_auth_payload_counts_in_join_room() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String token = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    bob.close();
    ann.take("user-away");
    TestClient again = extended(Map.of("resume", true, "sessionToken", token));
    again.expectNothing();
    JsonNode answer = again.must("join-room", with("roomId", ann.roomId(), "userName", "Bob"));
    assertThat(answer.get("resumed").booleanValue()).isTrue();
    assertThat(text(answer, "userId")).isEqualTo(bob.userId());
  }

  @Test
  void RS3_hostile_auth_payloads_are_no_reason_to_fail() {
    for (Object auth :
        java.util.List.of(
            Map.of("resume", "yes", "sessionToken", 7, "roomId", true),
            Map.of("resume", true, "sessionToken", 7, "roomId", "ABC123"),
            Map.of("resume", true, "sessionToken", "x".repeat(4_000), "roomId", "ABC123"),
            Map.of("resume", true, "sessionToken", "x", "roomId", "../../etc"))) {
      @SuppressWarnings("unchecked")
      Map<String, ?> payload = (Map<String, ?>) auth;
      extended(payload).expectNothing();
    }
  }

  @Test
  void RS3_host_token_resumes_the_seat_of_an_away_host_and_the_others_receive_it() {
    TestClient ann = extended().create("Ann");
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob");
    ann.close();
    bob.take("user-away");
    TestClient again = base();
    again.join(ann.roomId(), "Ann", "hostToken", ann.hostToken());
    assertThat(again.userId()).isEqualTo(ann.userId());
    assertThat(text(bob.take("user-returned"), "userId")).isEqualTo(ann.userId());
  }

  @Test
  void RS6_seat_is_taken_by_one_socket() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String token = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    ann.forget();
    TestClient tab = extended();
    tab.join(ann.roomId(), "Bob", "sessionToken", token);
    assertThat(bob.take("session-replaced")).isEmpty();
    ann.must("send-message", ann.here("message", "who hears?"));
    tab.take("new-message");
    bob.expectNothing();
    assertThat(text(bob.call("send-message", bob.here("message", "me?")), "code"))
        .isEqualTo("not_authenticated");
    bob.close();
    ann.expectNothing("user-away", "user-left");
  }

  @Test
  void RS6_takeover_by_a_seated_member_removes_its_former_seat() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String token = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    TestClient cleo = guest(ann, "Cleo");
    String former = cleo.userId();
    ann.forget();
    bob.forget();
    cleo.must("join-room", cleo.here("userName", "Cleo", "sessionToken", token));
    assertThat(cleo.names()).containsExactly("room-joined", "timeline");
    assertThat(users(room(cleo.take("room-joined")))).containsExactly("Ann", "Bob");
    bob.take("session-replaced");
    bob.expectNothing("user-returned", "user-joined");
    assertThat(text(ann.take("user-left"), "userId")).isEqualTo(former);
  }

  @Test
  void RS3_socket_lost_during_its_join_leaves_no_member_behind() {
    TestClient ann = host("Ann");
    for (int i = 0; i < 20; i++) {
      TestClient client = base();
      client.emit("join-room", with("roomId", ann.roomId(), "userName", "Guest " + i));
      client.close();
    }
    org.awaitility.Awaitility.await().until(() -> server().sessions() == 1);
    assertThat(users(room(ann.join(ann.roomId(), "Ann")))).containsExactly("Ann");
  }
}
