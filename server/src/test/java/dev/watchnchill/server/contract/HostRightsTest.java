package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Owners, hosts and guests (rules RT1, RT2, RT6, RT7). */
class HostRightsTest extends ContractTest {
  private static final String OWNER_ONLY = "Only the owner can do this";

  private TestClient promoted(TestClient ann, String name) {
    TestClient host = guest(ann, name);
    ann.must("promote-host", ann.here("userId", host.userId()));
    ann.take("user-promoted");
    host.take("user-promoted");
    return host;
  }

  private TestClient extendedGuest(TestClient ann, String name) {
    TestClient guest = extended();
    guest.join(ann.roomId(), name);
    ann.take("user-joined");
    return guest;
  }

  @Test
  void RT7_promotion_names_the_host_who_decided_it() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    assertThat(text(bob.take("user-promoted"), "by")).isEqualTo(ann.userId());
  }

  @Test
  void RT6_owner_demotes_a_host_and_all_receive_it() {
    TestClient ann = host("Ann");
    TestClient bob = promoted(ann, "Bob");
    TestClient cleo = guest(ann, "Cleo");
    bob.forget();
    JsonNode answer = ann.must("demote-host", ann.here("userId", bob.userId()));
    for (TestClient client : List.of(ann, bob, cleo)) {
      JsonNode demoted = client.take("user-demoted");
      assertThat(text(demoted, "userId")).isEqualTo(bob.userId());
      assertThat(text(demoted, "userName")).isEqualTo("Bob");
      assertThat(text(demoted, "by")).isEqualTo(ann.userId());
      assertThat(demoted.get("seq")).isEqualTo(answer.get("seq"));
      client.expectNothing();
    }
    refused(
        bob,
        bob.call("play-video", bob.here("currentTime", 1)),
        "error",
        "not_host",
        "Only hosts can control the video");
    JsonNode users = room(cleo.join(ann.roomId(), "Cleo")).get("users");
    assertThat(users.get(1).get("isHost").booleanValue()).isFalse();
  }

  @Test
  void RT6_host_becomes_a_guest_again_by_choice() {
    TestClient ann = host("Ann");
    TestClient bob = promoted(ann, "Bob");
    bob.must("demote-host", bob.here("userId", bob.userId()));
    assertThat(text(ann.take("user-demoted"), "by")).isEqualTo(bob.userId());
    ann.expectNothing();
  }

  @Test
  void RT6_nobody_but_the_owner_demotes_another() {
    TestClient ann = host("Ann");
    TestClient bob = promoted(ann, "Bob");
    TestClient cleo = promoted(ann, "Cleo");
    TestClient dora = guest(ann, "Dora");
    bob.forget();
    cleo.forget();
    for (TestClient client : List.of(bob, dora)) {
      for (TestClient target : List.of(ann, cleo)) {
        JsonNode answer = client.call("demote-host", client.here("userId", target.userId()));
        refused(client, answer, "error", "not_owner", OWNER_ONLY);
      }
    }
    ann.expectNothing("user-demoted");
  }

  @Test
  void RT6_demotion_needs_a_host_and_leaves_one() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    refused(
        ann,
        ann.call("demote-host", ann.here("userId", UUID.randomUUID().toString())),
        "error",
        "user_not_found",
        "User not found");
    refused(
        ann,
        ann.call("demote-host", ann.here("userId", bob.userId())),
        "error",
        "not_a_host",
        "User is not a host");
    refused(
        bob,
        bob.call("demote-host", bob.here("userId", bob.userId())),
        "error",
        "not_a_host",
        "User is not a host");
    refused(
        ann,
        ann.call("demote-host", ann.here("userId", ann.userId())),
        "error",
        "last_host",
        "The room needs a host");
    bob.expectNothing();
  }

  @Test
  void RT6_away_host_is_no_host_for_the_last_one_to_leave_the_room_to() {
    TestClient ann = host("Ann");
    TestClient bob = extendedGuest(ann, "Bob");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    ann.take("user-promoted");
    bob.close();
    ann.take("user-away");
    refused(
        ann,
        ann.call("demote-host", ann.here("userId", ann.userId())),
        "error",
        "last_host",
        "The room needs a host");
  }

  @Test
  void RT1_owner_who_becomes_a_guest_is_followed_by_another_host() {
    TestClient ann = host("Ann");
    TestClient bob = promoted(ann, "Bob");
    ann.must("demote-host", ann.here("userId", ann.userId()));
    for (TestClient client : List.of(ann, bob)) {
      client.take("user-demoted");
      JsonNode transferred = client.take("room-transferred");
      assertThat(text(transferred, "hostId")).isEqualTo(bob.userId());
      assertThat(text(transferred, "hostName")).isEqualTo("Bob");
      assertThat(transferred.has("by")).isFalse();
    }
    refused(
        ann,
        ann.call("transfer-room", ann.here("userId", ann.userId())),
        "error",
        "not_owner",
        OWNER_ONLY);
  }

  @Test
  void RT1_owner_who_leaves_is_followed_by_the_first_host() {
    TestClient ann = host("Ann");
    TestClient bob = promoted(ann, "Bob");
    TestClient cleo = guest(ann, "Cleo");
    bob.forget();
    ann.must("leave-room", ann.here());
    for (TestClient client : List.of(bob, cleo)) {
      client.take("user-left");
      assertThat(text(client.take("room-transferred"), "hostId")).isEqualTo(bob.userId());
      client.expectNothing();
    }
    assertThat(text(room(cleo.join(bob.roomId(), "Cleo")), "hostId")).isEqualTo(bob.userId());
  }

  @Test
  void RT2_new_owner_alone_gets_the_host_token_and_the_old_one_is_void() {
    TestClient ann = host("Ann");
    TestClient bob = extendedGuest(ann, "Bob");
    TestClient cleo = guest(ann, "Cleo");
    bob.forget();
    ann.must("transfer-room", ann.here("userId", bob.userId()));
    for (TestClient client : List.of(ann, bob, cleo)) {
      assertThat(text(client.take("user-promoted"), "userId")).isEqualTo(bob.userId());
      JsonNode transferred = client.take("room-transferred");
      assertThat(text(transferred, "hostId")).isEqualTo(bob.userId());
      assertThat(text(transferred, "hostName")).isEqualTo("Bob");
      assertThat(text(transferred, "by")).isEqualTo(ann.userId());
      assertThat(transferred.has("hostToken")).isFalse();
    }
    JsonNode alone = bob.take("room-transferred");
    String token = text(alone, "hostToken");
    assertThat(token).matches(UUID_FORM).isNotEqualTo(ann.hostToken());
    assertThat(text(alone, "hostId")).isEqualTo(bob.userId());
    for (TestClient client : List.of(ann, cleo)) {
      client.expectNothing("room-transferred", "error", "room-error");
      assertThat(client.everything().toString()).doesNotContain(token);
    }

    TestClient again = base();
    refused(
        again,
        again.call(
            "join-room",
            with("roomId", ann.roomId(), "userName", "Zoe", "hostToken", ann.hostToken())),
        "room-error",
        "bad_host_credentials",
        CREDENTIALS);
    JsonNode joined = again.join(ann.roomId(), "Bob", "hostToken", token);
    assertThat(again.userId()).isEqualTo(bob.userId());
    assertThat(joined.get("user").get("isHost").booleanValue()).isTrue();
    assertThat(bob.take("session-replaced")).isEmpty();
  }

  @Test
  void RT2_room_goes_to_a_host_without_another_promotion() {
    TestClient ann = host("Ann");
    TestClient bob = extendedGuest(ann, "Bob");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    ann.take("user-promoted");
    ann.must("transfer-room", ann.here("userId", bob.userId()));
    bob.take("room-transferred");
    assertThat(bob.take("room-transferred").has("hostToken")).isTrue();
    ann.take("room-transferred");
    ann.expectNothing("user-promoted", "user-demoted");
    ann.must("play-video", ann.here("currentTime", 1)); // still a host
  }

  @Test
  void RT2_owner_who_is_away_gets_the_token_on_the_way_back() {
    TestClient ann = host("Ann");
    TestClient bob = extended();
    String seat = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    ann.take("user-joined");
    bob.close();
    ann.take("user-away");
    ann.must("transfer-room", ann.here("userId", bob.userId()));
    assertThat(text(ann.take("room-transferred"), "hostId")).isEqualTo(bob.userId());
    ann.expectNothing("host-token-issued");

    TestClient again =
        extended(Map.of("resume", true, "sessionToken", seat, "roomId", ann.roomId()));
    again.take("room-joined");
    String token = text(again.take("room-transferred"), "hostToken");
    ann.take("host-token-issued");
    ann.settle();
    assertThat(ann.everything().toString()).doesNotContain(token);
    TestClient elsewhere = base();
    assertThat(
            elsewhere
                .join(ann.roomId(), "Bob", "hostToken", token)
                .get("user")
                .get("isHost")
                .booleanValue())
        .isTrue();
  }

  @Test
  void RT2_nobody_but_the_owner_transfers_the_room() {
    TestClient ann = host("Ann");
    TestClient bob = promoted(ann, "Bob");
    TestClient cleo = guest(ann, "Cleo");
    bob.forget();
    for (TestClient client : List.of(bob, cleo)) {
      JsonNode answer = client.call("transfer-room", client.here("userId", client.userId()));
      refused(client, answer, "error", "not_owner", OWNER_ONLY);
    }
    refused(
        ann,
        ann.call("transfer-room", ann.here("userId", ann.userId())),
        "error",
        "already_owner",
        "User is the owner already");
    refused(
        ann,
        ann.call("transfer-room", ann.here("userId", UUID.randomUUID().toString())),
        "error",
        "user_not_found",
        "User not found");
  }

  @Test
  void RT2_no_name_is_reserved_in_a_room_that_was_handed_over() {
    TestClient ann = host("Ann");
    TestClient bob = extendedGuest(ann, "Bob");
    ann.must("transfer-room", ann.here("userId", bob.userId()));
    bob.take("room-transferred");
    bob.take("room-transferred");
    ann.must("leave-room", ann.here());
    bob.must("leave-room", bob.here());
    base().join(ann.roomId(), "Ann");
    JsonNode joined = base().join(ann.roomId(), "Bob");
    assertThat(joined.get("user").get("isHost").booleanValue()).isFalse();
  }

  @Test
  void RT2_stock_client_that_owns_the_room_gets_no_token_and_needs_none_for_its_name() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    ann.must("transfer-room", ann.here("userId", bob.userId()));
    ann.take("room-transferred");
    bob.take("room-transferred");
    bob.expectNothing("room-transferred");
    ann.expectNothing("host-token-issued");
    bob.must("demote-host", bob.here("userId", ann.userId()));
    TestClient old = base();
    refused(
        old,
        old.call(
            "join-room",
            with("roomId", ann.roomId(), "userName", "Zoe", "hostToken", ann.hostToken())),
        "room-error",
        "bad_host_credentials",
        CREDENTIALS);
    bob.must("leave-room", bob.here());
    base().join(ann.roomId(), "Bob");
  }

  @Test
  void RT1_host_token_makes_its_bearer_the_owner() {
    TestClient ann = host("Ann");
    TestClient bob = promoted(ann, "Bob");
    TestClient zoe = base();
    zoe.join(ann.roomId(), "Zoe", "hostToken", ann.hostToken());
    assertThat(text(bob.take("room-transferred"), "hostId")).isEqualTo(zoe.userId());
    zoe.must("demote-host", zoe.here("userId", ann.userId()));
    assertThat(text(ann.take("user-demoted"), "by")).isEqualTo(zoe.userId());
  }
}
