package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events that hosts alone receive, and the stream of everybody else (rule EN13). */
class HostsOnlyEventsTest extends ContractTest {
  private static final Set<String> HOSTS_ONLY =
      Set.of(
          "knock",
          "knock-closed",
          "knocks",
          "invites-changed",
          "bans-changed",
          "host-token-issued");

  private static List<String> missed(TestClient client, JsonNode from) {
    JsonNode answer =
        client.must(
            "resume",
            client.here(
                "epoch", from.get("epoch").longValue(), "seq", from.get("seq").longValue()));
    var names = new ArrayList<String>();
    answer.get("events").forEach(event -> names.add(event.get(0).stringValue()));
    return names;
  }

  /** A room with three changes that hosts alone receive. */
  private void quietChanges(TestClient ann) {
    ann.must("create-invite", ann.here());
    TestClient knocking = base();
    JsonNode waiting = ApprovalTest.knock(knocking, ann.roomId(), "Kim");
    ann.must(
        "answer-knock", ann.here("knockId", waiting.get("knockId").stringValue(), "accept", false));
    knocking.take("entry-refused");
  }

  private TestClient guarded(TestClient ann) {
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    ann.must("set-settings", ann.here("entry", "approval"));
    bob.forget();
    ann.forget();
    return bob;
  }

  @Test
  void EN13_guests_receive_none_and_the_next_event_closes_their_gap() {
    TestClient ann = extended().create("Ann");
    TestClient bob = guarded(ann);
    JsonNode before = ann.must("send-message", ann.here("message", "before"));
    ann.take("new-message");
    bob.take("new-message");
    quietChanges(ann);
    assertThat(ann.names()).containsExactly("invites-changed", "knock", "knock-closed");
    bob.expectNothing();
    long seq = before.get("seq").longValue();
    for (int i = 1; i <= 3; i++) {
      JsonNode event = ann.take(List.of("invites-changed", "knock", "knock-closed").get(i - 1));
      assertThat(event.get("seq").longValue()).isEqualTo(seq + i);
      assertThat(event.has("since")).isFalse();
    }
    // Nobody takes the gap for a loss: the clock tells a guest of no later change.
    JsonNode clock = bob.must("clock", TestClient.with("t1", 1));
    assertThat(clock.get("seq").longValue()).isEqualTo(seq);

    ann.must("send-message", ann.here("message", "after"));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode after = client.take("new-message");
      assertThat(after.get("seq").longValue()).isEqualTo(seq + 4);
      assertThat(after.get("since").longValue()).isEqualTo(seq);
    }
    ann.must("send-message", ann.here("message", "and after that"));
    assertThat(bob.take("new-message").has("since")).isFalse();
  }

  @Test
  void EN13_resume_replays_them_to_hosts_alone() {
    TestClient ann = extended().create("Ann");
    TestClient bob = guarded(ann);
    JsonNode before = ann.must("send-message", ann.here("message", "before"));
    quietChanges(ann);
    ann.must("send-message", ann.here("message", "after"));
    bob.take("new-message");
    assertThat(missed(ann, before))
        .containsExactly("invites-changed", "knock", "knock-closed", "new-message");
    assertThat(missed(bob, before)).containsExactly("new-message");
  }

  @Test
  void EN13_resume_replays_changes_of_rights_to_all() {
    TestClient ann = extended().create("Ann");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    TestClient cleo = guest(ann, "Cleo");
    JsonNode before = ann.must("set-settings", ann.here("title", "Kino"));
    ann.must("mute-member", ann.here("userId", bob.userId(), "muted", true));
    ann.must("promote-host", ann.here("userId", bob.userId()));
    ann.must("demote-host", ann.here("userId", bob.userId()));
    ann.must("set-settings", ann.here("title", null));
    ann.must("remove-member", ann.here("userId", cleo.userId(), "ban", TestClient.with()));
    assertThat(missed(bob, before))
        .containsExactly(
            "member-muted", "user-promoted", "user-demoted", "settings-changed", "user-left");
    assertThat(missed(ann, before))
        .containsExactly(
            "member-muted",
            "user-promoted",
            "user-demoted",
            "settings-changed",
            "user-left",
            "bans-changed");
  }

  @Test
  void EN13_snapshot_of_resume_has_settings_for_all_and_those_who_wait_for_hosts() {
    TestClient ann = extended().create("Ann");
    TestClient bob = guarded(ann);
    ann.must("mute-member", ann.here("userId", bob.userId(), "muted", true));
    ApprovalTest.knock(base(), ann.roomId(), "Kim");
    for (TestClient client : List.of(ann, bob)) {
      JsonNode answer = client.must("resume", client.here("epoch", 0, "seq", 0));
      JsonNode room = answer.get("snapshot").get("room");
      assertThat(text(room.get("settings"), "entry")).isEqualTo("approval");
      assertThat(room.get("users").get(1).get("muted").booleanValue()).isTrue();
      assertThat(room.has("knocks")).isEqualTo(client == ann);
    }
  }

  @Test
  void EN13_guest_of_an_eventful_room_never_hears_of_what_is_for_hosts() {
    TestClient ann = extended().create("Ann");
    TestClient bob = guarded(ann);
    TestClient stock = base();
    String invite = text(ann.must("create-invite", ann.here("uses", 1)), "token");
    stock.join(ann.roomId(), "Stock", "invite", invite);
    quietChanges(ann);
    TestClient eve = page("198.51.100.77", Pages.keyOf("Eve"));
    String second = text(ann.must("create-invite", ann.here()), "token");
    eve.join(ann.roomId(), "Eve", "invite", second);
    JsonNode ban =
        ann.must("remove-member", ann.here("userId", eve.userId(), "ban", TestClient.with()));
    ann.must("lift-ban", ann.here("banId", text(ban, "banId")));
    for (TestClient guest : List.of(bob, stock)) {
      guest.settle();
      assertThat(guest.everything())
          .extracting(TestClient.Heard::event)
          .doesNotContainAnyElementsOf(HOSTS_ONLY);
      assertThat(guest.everything().toString()).doesNotContain("Kim").doesNotContain("knocks");
    }
  }

  @Test
  void EN13_host_who_was_demoted_receives_no_more_of_them() {
    TestClient ann = extended().create("Ann");
    TestClient bob = guarded(ann);
    ann.must("promote-host", ann.here("userId", bob.userId()));
    ann.must("create-invite", ann.here());
    bob.take("invites-changed");
    ann.must("demote-host", ann.here("userId", bob.userId()));
    bob.take("user-demoted");
    JsonNode before = ann.must("create-invite", ann.here());
    bob.expectNothing("invites-changed");
    ann.must("create-invite", ann.here());
    assertThat(missed(bob, before)).isEmpty();
    assertThat(missed(ann, before)).containsExactly("invites-changed");
  }
}
