package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Rooms with a password (rules EN1 to EN3). */
class PasswordEntryTest extends ContractTest {
  private static final String SECRET = "open sesame \u2713";
  private static final String TOO_MANY = "Too many wrong passwords. Please try again later.";

  private TestClient guarded() {
    TestClient ann = host("Ann");
    ann.must("set-password", ann.here("password", SECRET));
    ann.take("settings-changed");
    return ann;
  }

  private static JsonNode tryIn(TestClient client, TestClient host, @Nullable String password) {
    var payload = with("roomId", host.roomId(), "userName", "Bob");
    return client.call(
        "join-room",
        password == null
            ? payload
            : with("roomId", host.roomId(), "userName", "Bob", "password", password));
  }

  @Test
  void EN2_password_closes_an_open_room_and_null_opens_it() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    JsonNode answer = ann.must("set-password", ann.here("password", SECRET));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode changed = client.take("settings-changed");
      assertThat(changed.get("seq")).isEqualTo(answer.get("seq"));
      assertThat(text(changed, "userId")).isEqualTo(ann.userId());
      assertThat(text(changed.get("settings"), "entry")).isEqualTo("password");
      assertThat(changed.get("settings").get("hasPassword").booleanValue()).isTrue();
      client.expectNothing();
      assertThat(client.everything().toString()).doesNotContain("sesame").doesNotContain("pbkdf2");
    }
    ann.must("set-password", ann.here("password", null));
    JsonNode open = bob.take("settings-changed").get("settings");
    assertThat(text(open, "entry")).isEqualTo("link");
    assertThat(open.get("hasPassword").booleanValue()).isFalse();
    base().join(ann.roomId(), "Cleo");
  }

  @Test
  void EN2_password_of_a_room_with_another_entry_waits_for_its_use() {
    TestClient ann = host("Ann");
    ann.must("set-settings", ann.here("entry", "closed"));
    ann.must("set-password", ann.here("password", SECRET));
    ann.take("settings-changed");
    JsonNode settings = ann.take("settings-changed").get("settings");
    assertThat(text(settings, "entry")).isEqualTo("closed");
    assertThat(settings.get("hasPassword").booleanValue()).isTrue();
    ann.must("set-settings", ann.here("entry", "password"));
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob", "password", SECRET);
  }

  @Test
  void EN2_entry_by_password_needs_one() {
    TestClient ann = host("Ann");
    refused(
        ann,
        ann.call("set-settings", ann.here("entry", "password")),
        "error",
        "password_missing",
        "Set a password first.");
    TestClient zoe = base();
    refused(
        zoe,
        zoe.call("create-room", with("hostName", "Zoe", "settings", with("entry", "password"))),
        "room-error",
        "password_missing",
        "Set a password first.");
  }

  @Test
  void EN2_room_is_created_with_a_password() {
    TestClient ann = base();
    ann.must(
        "create-room",
        with("hostName", "Ann", "settings", with("entry", "password"), "password", SECRET));
    JsonNode created = ann.take("room-created");
    assertThat(created.get("room").get("settings").get("hasPassword").booleanValue()).isTrue();
    TestClient bob = base();
    String room = text(created, "roomId");
    refused(
        bob,
        bob.call("join-room", with("roomId", room, "userName", "Bob")),
        "room-error",
        "password_required",
        "This room needs a password.");
    bob.join(room, "Bob", "password", SECRET);
  }

  @ParameterizedTest
  @CsvSource({"abc,Too small: expected string to have >=4 characters", ",undefined", "7,number"})
  void EN2_password_has_its_bounds(@Nullable String password, String problem) {
    TestClient ann = host("Ann");
    var payload =
        password == null
            ? ann.here()
            : ann.here("password", password.equals("7") ? (Object) 7 : password);
    String error =
        problem.contains(" ") ? problem : "Invalid input: expected string, received " + problem;
    refused(
        ann,
        ann.call("set-password", payload),
        "room-error",
        "invalid_data",
        "Invalid data: " + error);
    refused(
        ann,
        ann.call("set-password", ann.here("password", "x".repeat(129))),
        "room-error",
        "invalid_data",
        "Invalid data: Too big: expected string to have <=128 characters");
  }

  @Test
  void EN2_guests_and_strangers_set_no_password() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    for (Object password : new Object[] {"mine now", null}) {
      refused(
          bob,
          bob.call("set-password", ann.here("password", password)),
          "error",
          "not_host",
          "Only hosts can set the password");
    }
    TestClient stranger = base();
    refused(
        stranger,
        stranger.call("set-password", ann.here("password", "mine now")),
        "error",
        "not_authenticated",
        "Not authenticated");
    ann.expectNothing();
  }

  @Test
  void EN3_missing_and_wrong_passwords_have_codes_of_their_own_and_no_member_receives_them() {
    TestClient ann = guarded();
    TestClient bob = base();
    refused(
        bob,
        tryIn(bob, ann, null),
        "room-error",
        "password_required",
        "This room needs a password.");
    refused(bob, tryIn(bob, ann, "open"), "room-error", "bad_password", "Wrong password.");
    refused(bob, tryIn(bob, ann, ""), "room-error", "bad_password", "Wrong password.");
    ann.expectNothing();
  }

  @Test
  void EN3_stock_client_with_the_right_password_is_in_like_any_other() {
    TestClient ann = guarded();
    TestClient bob = base();
    JsonNode joined = bob.join(ann.roomId(), "Bob", "password", SECRET);
    assertThat(users(room(joined))).containsExactly("Ann", "Bob");
    ann.take("user-joined");
    bob.expectNothing();
    bob.must("send-message", bob.here("message", "hello"));
    assertThat(text(ann.take("new-message").get("message"), "message")).isEqualTo("hello");
  }

  @Test
  void EN3_stranger_without_the_password_learns_no_name() {
    TestClient ann = guarded();
    TestClient eve = base();
    JsonNode answer =
        eve.call("join-room", with("roomId", ann.roomId(), "userName", "Ann", "password", "guess"));
    refused(eve, answer, "room-error", "bad_password", "Wrong password.");
  }

  @Test
  void EN3_five_wrong_passwords_of_an_address_are_enough_for_one_room() {
    TestClient ann = guarded();
    TestClient other = guarded();
    for (int i = 0; i < 5; i++) {
      TestClient eve = stockAt("198.51.100.7"); // another socket does not help
      refused(eve, tryIn(eve, ann, "guess " + i), "room-error", "bad_password", "Wrong password.");
    }
    TestClient eve = stockAt("198.51.100.7");
    JsonNode answer = tryIn(eve, ann, SECRET);
    assertThat(answer.get("retryInMs").longValue()).isBetween(1L, 600_000L);
    assertThat(answer.get("retryable").booleanValue()).isTrue();
    refused(eve, answer, "room-error", "rate_limited", TOO_MANY);
    eve.join(other.roomId(), "Bob", "password", SECRET); // another room
    stockAt("198.51.100.8").join(ann.roomId(), "Bob", "password", SECRET); // another address
  }

  @Test
  void EN1_seat_and_host_token_need_no_password_and_cost_no_attempt() {
    TestClient ann = guarded();
    TestClient bob = page("203.0.113.9", Pages.keyOf("bob"));
    String seat = text(bob.join(ann.roomId(), "Bob", "password", SECRET), "sessionToken");
    ann.take("user-joined");
    for (int i = 0; i < 7; i++) {
      bob.close();
      ann.take("user-away");
      bob = page("203.0.113.9", Pages.keyOf("bob"));
      bob.join(ann.roomId(), "Bob", "sessionToken", seat, "password", "of yesterday");
      ann.take("user-returned");
      bob.join(ann.roomId(), "Bob", "password", "of yesterday"); // the socket's own seat
    }
    TestClient again = stockAt("203.0.113.9");
    again.join(ann.roomId(), "Zoe", "hostToken", ann.hostToken(), "password", "wrong");
    stockAt("203.0.113.9").join(ann.roomId(), "Cleo", "password", SECRET);
  }

  @Test
  void EN3_password_that_was_changed_is_wrong() {
    TestClient ann = guarded();
    ann.must("set-password", ann.here("password", "another one"));
    TestClient bob = base();
    refused(bob, tryIn(bob, ann, SECRET), "room-error", "bad_password", "Wrong password.");
    bob.join(ann.roomId(), "Bob", "password", "another one");
  }

  @Test
  void EN1_member_who_changes_the_name_needs_no_new_admission() {
    TestClient ann = guarded();
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob", "password", SECRET);
    ann.take("user-joined");
    bob.join(ann.roomId(), "Robert");
    assertThat(text(ann.take("user-joined").get("user"), "name")).isEqualTo("Robert");
    ann.must("set-settings", ann.here("entry", "closed"));
    bob.join(ann.roomId(), "Bobby");
  }
}
