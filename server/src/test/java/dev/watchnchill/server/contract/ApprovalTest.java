package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rooms whose hosts let people in (rule EN4). */
class ApprovalTest extends ContractTest {
  static final String ASKED = "A host has been asked to let you in.";

  private TestClient guarded() {
    TestClient ann = host("Ann");
    ann.must("set-settings", ann.here("entry", "approval"));
    ann.take("settings-changed");
    return ann;
  }

  /** Knocks and returns the acknowledgement. */
  static JsonNode knock(TestClient client, String room, String name) {
    JsonNode answer = client.call("join-room", with("roomId", room, "userName", name));
    assertThat(text(client.take("room-error"), "error")).isEqualTo(ASKED);
    assertThat(answer.get("ok").booleanValue()).isFalse();
    assertThat(text(answer, "code")).isEqualTo("approval_pending");
    assertThat(text(answer, "error")).isEqualTo(ASKED);
    assertThat(answer.get("retryable").booleanValue()).isFalse();
    assertThat(text(answer, "knockId")).matches(UUID_FORM);
    return answer;
  }

  private static void answer(TestClient host, JsonNode knock, boolean accept) {
    host.must("answer-knock", host.here("knockId", text(knock, "knockId"), "accept", accept));
  }

  @Test
  void EN4_hosts_alone_hear_the_knock_and_the_one_who_is_let_in_joins() {
    TestClient ann = guarded();
    TestClient guest = extended();
    JsonNode asked = knock(guest, ann.roomId(), "Gus");
    answer(ann, asked, true);
    guest.take("room-joined");
    ann.forget();

    TestClient bob = base();
    JsonNode waiting = knock(bob, ann.roomId(), "Bob");
    assertThat(waiting.has("sessionToken")).isFalse();
    JsonNode heard = ann.take("knock");
    assertThat(text(heard, "knockId")).isEqualTo(text(waiting, "knockId"));
    assertThat(text(heard, "userName")).isEqualTo("Bob");
    assertThat(heard.get("at").isIntegralNumber()).isTrue();
    assertThat(ann.must("get-knocks", ann.here()).get("knocks"))
        .isEqualTo(
            json(
                "[{\"knockId\":\"%s\",\"userName\":\"Bob\",\"at\":%d}]"
                    .formatted(text(heard, "knockId"), heard.get("at").longValue())));
    bob.expectNothing();

    answer(ann, waiting, true);
    JsonNode closed = ann.take("knock-closed");
    assertThat(text(closed, "knockId")).isEqualTo(text(waiting, "knockId"));
    assertThat(text(closed, "outcome")).isEqualTo("accepted");
    assertThat(text(closed, "by")).isEqualTo(ann.userId());
    JsonNode joined = bob.take("room-joined");
    assertThat(users(room(joined))).containsExactly("Ann", "Gus", "Bob");
    assertThat(joined.get("resumed").booleanValue()).isFalse();
    for (TestClient client : List.of(ann, guest)) {
      assertThat(text(client.take("user-joined").get("user"), "name")).isEqualTo("Bob");
    }
    bob.take("timeline");
    bob.expectNothing();
    guest.expectNothing("knock", "knock-closed");
    assertThat(ann.must("get-knocks", ann.here()).get("knocks")).isEmpty();
    bob.must("send-message", with("roomId", ann.roomId(), "message", "I am in"));
    ann.take("new-message");
  }

  @Test
  void EN4_one_who_is_refused_hears_it_and_may_ask_again() {
    TestClient ann = guarded();
    TestClient bob = extended();
    JsonNode waiting = knock(bob, ann.roomId(), "Bob");
    answer(ann, waiting, false);
    JsonNode refused = bob.take("entry-refused");
    assertThat(text(refused, "roomId")).isEqualTo(ann.roomId());
    assertThat(text(refused, "reason")).isEqualTo("refused");
    assertThat(text(ann.take("knock-closed"), "outcome")).isEqualTo("refused");
    bob.expectNothing();
    assertThat(text(knock(bob, ann.roomId(), "Bob"), "knockId"))
        .isNotEqualTo(text(waiting, "knockId"));
  }

  @Test
  void EN4_guests_and_strangers_let_nobody_in_and_see_nobody_wait() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-settings", ann.here("entry", "approval"));
    bob.take("settings-changed");
    JsonNode waiting = knock(base(), ann.roomId(), "Cleo");
    var answer = ann.here("knockId", text(waiting, "knockId"), "accept", true);
    String error = "Only hosts can let people in";
    refused(bob, bob.call("answer-knock", answer), "error", "not_host", error);
    refused(bob, bob.call("get-knocks", ann.here()), "error", "not_host", error);
    TestClient stranger = base();
    for (String event : List.of("answer-knock", "get-knocks")) {
      refused(
          stranger,
          stranger.call(event, answer),
          "error",
          "not_authenticated",
          "Not authenticated");
    }
    assertThat(room(bob.join(ann.roomId(), "Bob")).has("knocks")).isFalse();
  }

  @Test
  void EN4_unknown_and_answered_knocks_are_not_found() {
    TestClient ann = guarded();
    JsonNode waiting = knock(base(), ann.roomId(), "Bob");
    answer(ann, waiting, false);
    ann.forget();
    for (String id : List.of(UUID.randomUUID().toString(), text(waiting, "knockId"))) {
      refused(
          ann,
          ann.call("answer-knock", ann.here("knockId", id, "accept", true)),
          "error",
          "knock_not_found",
          "Nobody waits with that id");
    }
  }

  @Test
  void EN4_leave_room_takes_the_knock_back() {
    TestClient ann = guarded();
    TestClient bob = base();
    JsonNode waiting = knock(bob, ann.roomId(), "Bob");
    bob.must("leave-room", with("roomId", ann.roomId()));
    JsonNode closed = ann.take("knock-closed");
    assertThat(text(closed, "outcome")).isEqualTo("withdrawn");
    assertThat(closed.has("by")).isFalse();
    refused(
        ann.forget(),
        ann.call("answer-knock", ann.here("knockId", text(waiting, "knockId"), "accept", true)),
        "error",
        "knock_not_found",
        "Nobody waits with that id");
    bob.expectNothing();
  }

  @Test
  void EN4_another_name_is_another_knock_and_a_seat_elsewhere_ends_it() {
    TestClient ann = guarded();
    TestClient bob = extended();
    JsonNode first = knock(bob, ann.roomId(), "Bob");
    JsonNode second = knock(bob, ann.roomId(), "Robert");
    assertThat(second.get("knockId")).isNotEqualTo(first.get("knockId"));
    JsonNode closed = ann.take("knock-closed");
    assertThat(closed.get("knockId")).isEqualTo(first.get("knockId"));
    assertThat(text(closed, "outcome")).isEqualTo("withdrawn");
    bob.create("Bob");
    assertThat(ann.take("knock-closed").get("knockId")).isEqualTo(second.get("knockId"));
  }

  @Test
  void EN4_the_same_join_again_is_the_same_knock() {
    TestClient ann = guarded();
    TestClient bob = base();
    JsonNode first = knock(bob, ann.roomId(), "Bob");
    assertThat(knock(bob, ann.roomId(), "Bob").get("knockId")).isEqualTo(first.get("knockId"));
    ann.take("knock");
    ann.expectNothing();
  }

  @Test
  void EN4_knock_survives_a_lost_connection_and_is_found_by_its_token() {
    TestClient ann = guarded();
    TestClient bob = extended();
    JsonNode waiting = knock(bob, ann.roomId(), "Bob");
    String token = text(waiting, "sessionToken");
    bob.close();
    ann.take("knock");

    TestClient again = extended(Map.of("resume", true, "sessionToken", token));
    JsonNode found = knock(again, ann.roomId(), "Bob");
    assertThat(found.get("knockId")).isEqualTo(waiting.get("knockId"));
    assertThat(text(found, "sessionToken")).isEqualTo(token);
    ann.expectNothing();
    again.close();

    answer(ann, waiting, true); // nobody is there, or the server does not know it yet
    ann.take("knock-closed");
    TestClient last = extended();
    JsonNode joined = last.join(ann.roomId(), "Bob", "sessionToken", token);
    assertThat(text(joined, "sessionToken")).isEqualTo(token);
    assertThat(users(room(joined))).containsExactly("Ann", "Bob");
    TestClient second = extended();
    knock(second, ann.roomId(), "Bob Two"); // an acceptance is for one
  }

  @Test
  void EN4_client_that_missed_its_acceptance_resumes_its_seat_by_the_token_of_the_knock() {
    TestClient ann = guarded();
    TestClient bob = extended(); // its connection will be dead without a goodbye
    String token = text(knock(bob, ann.roomId(), "Bob"), "sessionToken");
    String id = text(ann.take("knock"), "knockId");
    ann.must("answer-knock", ann.here("knockId", id, "accept", true));
    assertThat(text(bob.take("room-joined"), "sessionToken")).isEqualTo(token);
    ann.take("user-joined");
    TestClient again =
        extended(Map.of("resume", true, "sessionToken", token, "roomId", ann.roomId()));
    assertThat(again.take("room-joined").get("resumed").booleanValue()).isTrue();
    bob.take("session-replaced");
    ann.expectNothing("knock", "user-joined", "user-left");
  }

  @Test
  void EN4_acceptance_holds_for_the_name_that_the_host_saw() {
    TestClient ann = guarded();
    TestClient bob = extended();
    JsonNode waiting = knock(bob, ann.roomId(), "Bob");
    TestClient eve = extended();
    JsonNode other =
        eve.call(
            "join-room",
            with(
                "roomId",
                ann.roomId(),
                "userName",
                "Eve",
                "sessionToken",
                text(waiting, "sessionToken")));
    assertThat(text(other, "code")).isEqualTo("approval_pending");
    assertThat(text(other, "knockId")).isNotEqualTo(text(waiting, "knockId"));
    answer(ann, waiting, true);
    bob.take("room-joined");
    eve.expectNothing("room-joined");
  }

  @Test
  void EN4_taken_name_is_rejected_before_the_hosts_are_asked() {
    TestClient ann = host("Ann");
    guest(ann, "Bob");
    ann.must("set-settings", ann.here("entry", "approval"));
    ann.forget();
    TestClient other = base();
    refused(
        other,
        other.call("join-room", with("roomId", ann.roomId(), "userName", "bob")),
        "room-error",
        "name_taken",
        "The name \"bob\" is already taken in this room. Please choose a different name.");
    ann.expectNothing();
  }

  @Test
  void EN4_new_host_gets_those_who_wait_and_so_does_a_host_who_joins() {
    TestClient ann = guarded();
    TestClient bob = extended();
    answer(ann, knock(bob, ann.roomId(), "Bob"), true);
    bob.take("room-joined");
    ann.take("knock-closed");
    JsonNode waiting = knock(base(), ann.roomId(), "Cleo");
    bob.forget();
    JsonNode users = room(ann.join(ann.roomId(), "Ann")).get("users");
    ann.must("promote-host", ann.here("userId", text(users.get(1), "id")));
    JsonNode knocks = bob.take("knocks");
    assertThat(text(knocks, "roomId")).isEqualTo(ann.roomId());
    assertThat(texts(knocks.get("knocks"), "knockId")).containsExactly(text(waiting, "knockId"));
    ann.expectNothing("knocks");
    TestClient again = base();
    JsonNode joined = again.join(ann.roomId(), "Zoe", "hostToken", ann.hostToken());
    assertThat(texts(room(joined).get("knocks"), "userName")).containsExactly("Cleo");
    bob.must(
        "answer-knock",
        with("roomId", ann.roomId(), "knockId", text(waiting, "knockId"), "accept", false));
    assertThat(text(ann.take("knock-closed"), "knockId")).isEqualTo(text(waiting, "knockId"));
  }

  @Test
  void EN4_successor_of_the_last_host_gets_those_who_wait() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("set-settings", ann.here("entry", "approval"));
    JsonNode waiting = knock(base(), ann.roomId(), "Cleo");
    bob.forget();
    ann.must("leave-room", ann.here());
    bob.take("user-promoted");
    JsonNode knocks = bob.take("knocks").get("knocks");
    assertThat(texts(knocks, "knockId")).containsExactly(text(waiting, "knockId"));
    answer(bob, waiting, true);
  }

  @Test
  void EN4_one_who_waits_stays_in_another_room_until_then() {
    TestClient ann = guarded();
    TestClient zoe = host("Zoe");
    TestClient bob = guest(zoe, "Bob");
    String seat = bob.userId();
    JsonNode waiting = knock(bob, ann.roomId(), "Bob");
    bob.must("send-message", bob.here("message", "I am still here"));
    zoe.take("new-message");
    answer(ann, waiting, true);
    assertThat(text(room(bob.take("room-joined")), "id")).isEqualTo(ann.roomId());
    assertThat(text(zoe.take("user-left"), "userId")).isEqualTo(seat);
  }

  @Test
  void EN4_room_that_opens_lets_all_in_and_one_that_closes_none() {
    TestClient ann = guarded();
    TestClient bob = base();
    knock(bob, ann.roomId(), "Bob");
    ann.must("set-settings", ann.here("entry", "link"));
    bob.take("room-joined");
    assertThat(text(ann.take("knock-closed"), "outcome")).isEqualTo("withdrawn");
    ann.must("set-settings", ann.here("entry", "approval"));
    TestClient cleo = base();
    knock(cleo, ann.roomId(), "Cleo");
    ann.must("set-settings", ann.here("entry", "closed"));
    assertThat(text(cleo.take("entry-refused"), "reason")).isEqualTo("closed");
    assertThat(text(cleo.take("room-error"), "error")).isEqualTo("Nobody new can come in now.");
  }

  @Test
  void EN4_fifty_wait_and_ten_of_an_address() {
    TestClient ann = guarded();
    var waiting = new ArrayList<TestClient>();
    for (int i = 0; i < 51; i++) {
      if (i == 10 || i == 50) {
        TestClient full = stockAt("198.51.100." + (i == 10 ? 0 : 5));
        JsonNode answer = full.call("join-room", with("roomId", ann.roomId(), "userName", "Full"));
        assertThat(answer.get("retryable").booleanValue()).isTrue();
        refused(full, answer, "room-error", "waiting_full", "Too many people wait already.");
      }
      if (i < 50) {
        TestClient client = stockAt("198.51.100." + i / 10);
        knock(client, ann.roomId(), "Guest " + i);
        waiting.add(client);
      }
    }
    assertThat(ann.must("get-knocks", ann.here()).get("knocks")).hasSize(50);
    waiting.getFirst().must("leave-room", with("roomId", ann.roomId()));
    ann.take("knock-closed");
    knock(stockAt("198.51.100.5"), ann.roomId(), "Full");
  }
}
