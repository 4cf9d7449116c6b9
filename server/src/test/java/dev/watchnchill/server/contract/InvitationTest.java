package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Closed rooms, and invitations into guarded ones (rules EN5, EN6). */
class InvitationTest extends ContractTest {
  private static final long DAY_MS = 86_400_000;

  private TestClient guarded(String entry) {
    TestClient ann = host("Ann");
    if (entry.equals("password")) {
      ann.must("set-password", ann.here("password", "open sesame"));
    } else {
      ann.must("set-settings", ann.here("entry", entry));
    }
    return ann.forget();
  }

  private static JsonNode invite(TestClient host, Object... more) {
    JsonNode made = host.must("create-invite", host.here(more));
    host.take("invites-changed");
    return made;
  }

  private static JsonNode invites(TestClient host) {
    return host.must("get-invites", host.here()).get("invites");
  }

  private static JsonNode tryIn(TestClient client, String room, String token) {
    return client.call("join-room", with("roomId", room, "userName", "Eve", "invite", token));
  }

  private void badInvite(String room, String token) {
    TestClient eve = base();
    refused(
        eve,
        tryIn(eve, room, token),
        "room-error",
        "bad_invite",
        "This invitation is not valid any more.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "approval"})
  void EN6_invitation_lets_people_in_without_a_question(String entry) {
    TestClient ann = guarded(entry);
    JsonNode made = invite(ann);
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob", "invite", text(made, "token"));
    extended().join(ann.roomId(), "Cleo", "invite", text(made, "token"));
    assertThat(text(ann.take("user-joined").get("user"), "name")).isEqualTo("Bob");
    assertThat(text(ann.take("user-joined").get("user"), "name")).isEqualTo("Cleo");
    ann.expectNothing();
  }

  @Test
  void EN6_invitation_has_a_link_and_its_token_is_sent_once() {
    TestClient ann = guarded("approval");
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob", "hostToken", ann.hostToken());
    ann.forget();
    bob.forget();
    JsonNode made = ann.must("create-invite", ann.here());
    String token = text(made, "token");
    assertThat(text(made, "link")).isEqualTo("/room/" + ann.roomId() + "#invite=" + token);
    assertThat(token).matches("[A-Za-z0-9_-]{22}");
    for (TestClient host : List.of(ann, bob)) {
      JsonNode changed = host.take("invites-changed");
      assertThat(text(changed, "userId")).isEqualTo(ann.userId());
      assertThat(changed.get("seq")).isEqualTo(made.get("seq"));
      host.expectNothing();
      assertThat(host.everything().toString()).doesNotContain(token);
    }
    JsonNode list = bob.must("get-invites", bob.here()).get("invites");
    assertThat(list.toString()).doesNotContain(token);
    JsonNode only = list.get(0);
    assertThat(list).hasSize(1);
    assertThat(text(only, "inviteId")).isEqualTo(text(made, "inviteId"));
    assertThat(text(only, "userId")).isEqualTo(ann.userId());
    assertThat(text(only, "userName")).isEqualTo("Ann");
    assertThat(only.get("createdAt").isIntegralNumber()).isTrue();
    assertThat(only.get("expiresAt").isNull()).isTrue();
    assertThat(only.get("usesLeft").isNull()).isTrue();
  }

  @Test
  void EN6_invitation_ends_with_its_last_use() {
    TestClient ann = guarded("approval");
    JsonNode made = invite(ann, "uses", 2, "ttlMs", DAY_MS);
    String token = text(made, "token");
    JsonNode listed = invites(ann).get(0);
    assertThat(listed.get("usesLeft").intValue()).isEqualTo(2);
    assertThat(listed.get("expiresAt").longValue() - listed.get("createdAt").longValue())
        .isEqualTo(DAY_MS);
    base().join(ann.roomId(), "Bob", "invite", token);
    JsonNode used = ann.take("invites-changed");
    assertThat(used.has("userId")).isFalse();
    assertThat(invites(ann).get(0).get("usesLeft").intValue()).isEqualTo(1);
    base().join(ann.roomId(), "Cleo", "invite", token);
    ann.take("invites-changed");
    assertThat(invites(ann)).isEmpty();
    badInvite(ann.roomId(), token);
  }

  @Test
  void EN6_member_who_comes_back_uses_no_invitation() {
    TestClient ann = guarded("approval");
    String token = text(invite(ann, "uses", 1), "token");
    TestClient bob = extended();
    String seat = text(bob.join(ann.roomId(), "Bob", "invite", token), "sessionToken");
    bob.close();
    TestClient again = extended();
    assertThat(
            again
                .join(ann.roomId(), "Bob", "sessionToken", seat, "invite", token)
                .get("resumed")
                .booleanValue())
        .isTrue();
  }

  @Test
  void EN6_revoked_and_unknown_invitations_are_not_valid() {
    TestClient ann = guarded("password");
    JsonNode made = invite(ann);
    ann.must("revoke-invite", ann.here("inviteId", text(made, "inviteId")));
    assertThat(text(ann.take("invites-changed"), "userId")).isEqualTo(ann.userId());
    assertThat(invites(ann)).isEmpty();
    badInvite(ann.roomId(), text(made, "token"));
    badInvite(ann.roomId(), "never made");
    for (String id : List.of(text(made, "inviteId"), UUID.randomUUID().toString())) {
      refused(
          ann,
          ann.call("revoke-invite", ann.here("inviteId", id)),
          "error",
          "invite_not_found",
          "There is no such invitation");
    }
  }

  @Test
  void EN6_open_room_ignores_an_invitation() {
    TestClient ann = host("Ann");
    String token = text(invite(ann, "uses", 1), "token");
    base().join(ann.roomId(), "Bob", "invite", "never made");
    base().join(ann.roomId(), "Cleo", "invite", token);
    ann.expectNothing("invites-changed");
    assertThat(invites(ann).get(0).get("usesLeft").intValue()).isEqualTo(1);
  }

  @Test
  void EN6_right_password_lets_in_beside_a_bad_invitation() {
    TestClient ann = guarded("password");
    base().join(ann.roomId(), "Bob", "invite", "never made", "password", "open sesame");
  }

  @Test
  void EN6_invitation_of_another_room_is_none() {
    TestClient ann = guarded("approval");
    TestClient zoe = guarded("approval");
    badInvite(zoe.roomId(), text(invite(ann), "token"));
  }

  @ParameterizedTest
  @CsvSource({
    "ttlMs,59999,Too small: expected number to be >=60000",
    "ttlMs,2592000001,Too big: expected number to be <=2592000000",
    "uses,0,Too small: expected number to be >=1",
    "uses,1001,Too big: expected number to be <=1000"
  })
  void EN6_invitation_has_its_bounds(String field, long value, String problem) {
    TestClient ann = host("Ann");
    refused(
        ann,
        ann.call("create-invite", ann.here(field, value)),
        "room-error",
        "invalid_data",
        "Invalid data: " + problem);
  }

  @Test
  void EN6_room_has_a_hundred_invitations_at_most() {
    TestClient ann = host("Ann");
    String last = "";
    for (int i = 0; i < 100; i++) {
      last = text(ann.must("create-invite", ann.here()), "inviteId");
    }
    ann.forget();
    refused(
        ann,
        ann.call("create-invite", ann.here()),
        "error",
        "too_many_invites",
        "This room has too many invitations");
    ann.must("revoke-invite", ann.here("inviteId", last));
    ann.must("create-invite", ann.here());
  }

  @ParameterizedTest
  @ValueSource(strings = {"create-invite", "get-invites", "revoke-invite"})
  void EN6_guests_and_strangers_do_not_invite(String event) {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    JsonNode made = invite(ann);
    var payload = ann.here("inviteId", text(made, "inviteId"));
    refused(bob, bob.call(event, payload), "error", "not_host", "Only hosts can invite");
    TestClient stranger = base();
    refused(
        stranger, stranger.call(event, payload), "error", "not_authenticated", "Not authenticated");
    assertThat(invites(ann)).hasSize(1);
  }

  @Test
  void EN5_closed_room_takes_nobody_new_with_an_invitation_or_the_password() {
    TestClient ann = guarded("password");
    String token = text(invite(ann), "token");
    ann.must("set-settings", ann.here("entry", "closed"));
    TestClient eve = base();
    refused(
        eve,
        eve.call(
            "join-room",
            with(
                "roomId",
                ann.roomId(),
                "userName",
                "Eve",
                "invite",
                token,
                "password",
                "open sesame")),
        "room-error",
        "entry_closed",
        "Nobody new can come in now.");
    TestClient owner = base();
    owner.join(ann.roomId(), "Zoe", "hostToken", ann.hostToken());
  }

  @Test
  void EN5_members_of_a_closed_room_come_back() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String seat = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    ann.must("set-settings", ann.here("entry", "closed"));
    bob.close();
    ann.take("user-away");
    TestClient again =
        extended(Map.of("resume", true, "sessionToken", seat, "roomId", ann.roomId()));
    assertThat(again.take("room-joined").get("resumed").booleanValue()).isTrue();
    again.must("leave-room", with("roomId", ann.roomId()));
    TestClient gone = extended();
    refused(
        gone,
        gone.call(
            "join-room", with("roomId", ann.roomId(), "userName", "Bob", "sessionToken", seat)),
        "room-error",
        "entry_closed",
        "Nobody new can come in now.");
  }
}
