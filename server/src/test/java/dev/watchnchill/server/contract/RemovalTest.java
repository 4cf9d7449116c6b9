package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Members whom a host removes or mutes (rules EN8, EN11). */
class RemovalTest extends ContractTest {
  private static final String REMOVED = "You were removed from this room.";

  private TestClient promoted(TestClient ann, String name) {
    TestClient host = guest(ann, name);
    ann.must("promote-host", ann.here("userId", host.userId()));
    ann.take("user-promoted");
    return host.forget();
  }

  private TestClient member(TestClient ann, String name) {
    TestClient page = page("203.0.113.7", Pages.keyOf(name));
    page.join(ann.roomId(), name);
    ann.take("user-joined");
    return page;
  }

  @Test
  void EN8_removed_stock_client_gets_a_room_error_and_its_seat_is_gone() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    TestClient cleo = guest(ann, "Cleo");
    bob.forget();
    JsonNode answer = ann.must("remove-member", ann.here("userId", bob.userId()));
    assertThat(answer.has("banId")).isFalse();
    for (TestClient client : List.of(ann, cleo)) {
      JsonNode left = client.take("user-left");
      assertThat(text(left, "userId")).isEqualTo(bob.userId());
      assertThat(text(left, "by")).isEqualTo(ann.userId());
      assertThat(text(left, "reason")).isEqualTo("removed");
      assertThat(left.get("seq")).isEqualTo(answer.get("seq"));
      client.expectNothing();
    }
    assertThat(text(bob.take("room-error"), "error")).isEqualTo(REMOVED);
    refused(
        bob,
        bob.call("send-message", bob.here("message", "but")),
        "error",
        "not_authenticated",
        "Not authenticated");
    ann.must("send-message", ann.here("message", "without Bob"));
    bob.expectNothing();
    bob.join(ann.roomId(), "Bob"); // not banned
  }

  @Test
  void EN8_removed_page_gets_room_closed_and_its_token_brings_no_seat_back() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String seat = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    ann.must("remove-member", ann.here("userId", bob.userId()));
    JsonNode closed = bob.take("room-closed");
    assertThat(text(closed, "roomId")).isEqualTo(ann.roomId());
    assertThat(text(closed, "reason")).isEqualTo("removed");
    bob.expectNothing();
    bob.close();
    ann.forget();

    TestClient again =
        extended(Map.of("resume", true, "sessionToken", seat, "roomId", ann.roomId()));
    again.expectNothing();
    ann.expectNothing();
    assertThat(again.join(ann.roomId(), "Bob").get("resumed").booleanValue()).isFalse();
  }

  @Test
  void EN8_away_member_is_removed_and_stays_gone() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String seat = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    bob.close();
    ann.take("user-away");
    ann.must("remove-member", ann.here("userId", bob.userId()));
    ann.take("user-left");
    extended(Map.of("resume", true, "sessionToken", seat, "roomId", ann.roomId())).expectNothing();
  }

  @Test
  void EN8_guests_remove_nobody_and_hosts_no_hosts() {
    TestClient ann = host("Ann");
    TestClient bob = promoted(ann, "Bob");
    TestClient cleo = promoted(ann, "Cleo");
    TestClient dora = guest(ann, "Dora");
    bob.forget();
    cleo.forget();
    refused(
        dora,
        dora.call("remove-member", dora.here("userId", bob.userId())),
        "error",
        "not_host",
        "Only hosts can remove people");
    refused(
        bob,
        bob.call("remove-member", bob.here("userId", cleo.userId())),
        "error",
        "not_owner",
        "Only the owner can do this");
    refused(
        bob,
        bob.call("remove-member", bob.here("userId", ann.userId(), "ban", with())),
        "error",
        "is_owner",
        "The owner cannot be removed");
    refused(
        bob,
        bob.call("remove-member", bob.here("userId", UUID.randomUUID().toString())),
        "error",
        "user_not_found",
        "User not found");
    TestClient stranger = base();
    refused(
        stranger,
        stranger.call("remove-member", ann.here("userId", bob.userId())),
        "error",
        "not_authenticated",
        "Not authenticated");
    ann.expectNothing();
    bob.must("remove-member", bob.here("userId", dora.userId()));
    ann.must("remove-member", ann.here("userId", cleo.userId()));
    assertThat(text(cleo.take("room-error"), "error")).isEqualTo(REMOVED);
  }

  @Test
  void EN8_nobody_removes_themselves() {
    TestClient ann = host("Ann");
    TestClient bob = promoted(ann, "Bob");
    TestClient zoe = host("Zoe");
    String error = "You cannot remove yourself";
    for (TestClient self : List.of(ann, zoe)) {
      refused(
          self,
          self.call("remove-member", self.here("userId", self.userId())),
          "error",
          "invalid_target",
          error);
    }
    refused(
        bob,
        bob.call("remove-member", bob.here("userId", bob.userId())),
        "error",
        "invalid_target",
        error);
  }

  @Test
  void EN11_muted_member_neither_writes_nor_types_until_a_host_ends_it() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    TestClient cleo = guest(ann, "Cleo");
    bob.forget();
    JsonNode answer = ann.must("mute-member", ann.here("userId", bob.userId(), "muted", true));
    for (TestClient client : List.of(ann, bob, cleo)) {
      JsonNode muted = client.take("member-muted");
      assertThat(text(muted, "userId")).isEqualTo(bob.userId());
      assertThat(text(muted, "userName")).isEqualTo("Bob");
      assertThat(text(muted, "by")).isEqualTo(ann.userId());
      assertThat(muted.get("muted").booleanValue()).isTrue();
      assertThat(muted.get("seq")).isEqualTo(answer.get("seq"));
    }
    refused(
        bob,
        bob.call("send-message", bob.here("message", "but")),
        "error",
        "muted",
        "A host has muted you");
    bob.must("typing-start", bob.here());
    ann.expectNothing();
    JsonNode users = room(cleo.join(ann.roomId(), "Cleo")).get("users");
    assertThat(users.get(1).get("muted").booleanValue()).isTrue();
    assertThat(users.get(0).has("muted")).isFalse();

    ann.must("mute-member", ann.here("userId", bob.userId(), "muted", false));
    assertThat(bob.take("member-muted").get("muted").booleanValue()).isFalse();
    ann.must("mute-member", ann.here("userId", bob.userId(), "muted", false));
    bob.expectNothing();
    bob.must("send-message", bob.here("message", "thanks"));
    cleo.take("new-message");
  }

  @Test
  void EN11_mute_stays_with_the_browser() {
    TestClient ann = host("Ann");
    TestClient bob = member(ann, "Bob");
    ann.must("mute-member", ann.here("userId", bob.userId(), "muted", true));
    bob.must("leave-room", bob.here());
    TestClient again = page("198.51.100.44", Pages.keyOf("Bob"));
    JsonNode joined = again.join(ann.roomId(), "Robert");
    assertThat(joined.get("user").get("muted").booleanValue()).isTrue();
    ann.forget();
    assertThat(text(again.call("send-message", again.here("message", "x")), "code"))
        .isEqualTo("muted");
    ann.must("mute-member", ann.here("userId", again.userId(), "muted", false));
    again.must("leave-room", again.here());
    again.join(ann.roomId(), "Bob");
    again.must("send-message", again.here("message", "x"));
  }

  @Test
  void EN11_mute_outlives_another_name_and_a_new_right() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("mute-member", ann.here("userId", bob.userId(), "muted", true));
    bob.join(ann.roomId(), "Robert");
    assertThat(text(bob.call("send-message", bob.here("message", "x")), "code"))
        .isEqualTo("muted");
    ann.must("transfer-room", ann.here("userId", bob.userId()));
    bob.take("room-transferred");
    assertThat(text(bob.call("send-message", bob.here("message", "x")), "code"))
        .isEqualTo("muted");
    bob.must("mute-member", bob.here("userId", bob.userId(), "muted", false));
    bob.must("send-message", bob.here("message", "x"));
  }

  @Test
  void EN11_mute_comes_back_with_the_seat() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String seat = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    ann.must("mute-member", ann.here("userId", bob.userId(), "muted", true));
    bob.close();
    ann.take("user-away");
    TestClient again = extended();
    again.join(ann.roomId(), "Bob", "sessionToken", seat);
    assertThat(text(again.call("send-message", again.here("message", "x")), "code"))
        .isEqualTo("muted");
  }

  @Test
  void EN11_hosts_mute_guests_the_owner_mutes_hosts_and_nobody_the_owner() {
    TestClient ann = host("Ann");
    TestClient bob = promoted(ann, "Bob");
    TestClient cleo = promoted(ann, "Cleo");
    TestClient dora = guest(ann, "Dora");
    bob.forget();
    refused(
        dora,
        dora.call("mute-member", dora.here("userId", bob.userId(), "muted", true)),
        "error",
        "not_host",
        "Only hosts can mute people");
    refused(
        bob,
        bob.call("mute-member", bob.here("userId", cleo.userId(), "muted", true)),
        "error",
        "not_owner",
        "Only the owner can do this");
    refused(
        bob,
        bob.call("mute-member", bob.here("userId", ann.userId(), "muted", true)),
        "error",
        "is_owner",
        "The owner cannot be muted");
    refused(
        bob,
        bob.call("mute-member", bob.here("userId", UUID.randomUUID().toString(), "muted", true)),
        "error",
        "user_not_found",
        "User not found");
    bob.must("mute-member", bob.here("userId", dora.userId(), "muted", true));
    ann.must("mute-member", ann.here("userId", cleo.userId(), "muted", true));
  }
}
