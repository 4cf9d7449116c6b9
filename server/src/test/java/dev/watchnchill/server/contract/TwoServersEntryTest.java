package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.ApprovalTest.knock;
import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rights and entry control of a room whose members are on two servers. */
final class TwoServersEntryTest extends TwoServers {
  private static final String GUESSER = "198.51.100.7";

  private final TestClient ann = stock(first).create("Ann");

  private TestClient guestOnSecond(String name) {
    TestClient guest = resumable(second);
    guest.join(ann.roomId(), name);
    ann.take("user-joined");
    return guest;
  }

  private void approval() {
    ann.must("set-settings", ann.here("entry", "approval"));
    ann.take("settings-changed");
  }

  @Test
  void RT3_RT4_settings_of_one_server_count_on_the_other() {
    TestClient bob = guestOnSecond("Bob");
    JsonNode answer = ann.must("set-settings", ann.here("control", "everyone", "title", "Kino"));
    JsonNode changed = bob.take("settings-changed");
    assertThat(changed.get("seq")).isEqualTo(answer.get("seq"));
    assertThat(text(changed.get("settings"), "title")).isEqualTo("Kino");
    bob.must("seek-video", bob.here("currentTime", 90));
    assertThat(text(ann.take("video-seeked"), "userId")).isEqualTo(bob.userId());
    ann.must("undo-seek", ann.here());
    assertThat(bob.take("video-seeked").get("currentTime").doubleValue()).isZero();
    ann.must("mute-member", ann.here("userId", bob.userId(), "muted", true));
    bob.take("member-muted");
    assertThat(text(bob.call("send-message", bob.here("message", "x")), "code")).isEqualTo("muted");
  }

  @Test
  void RT2_new_owner_on_the_other_server_alone_gets_the_host_token() {
    TestClient bob = guestOnSecond("Bob");
    ann.must("transfer-room", ann.here("userId", bob.userId()));
    for (TestClient client : List.of(ann, bob)) {
      assertThat(text(client.take("room-transferred"), "by")).isEqualTo(ann.userId());
    }
    String token = text(bob.take("room-transferred"), "hostToken");
    ann.take("host-token-issued");
    ann.expectNothing("room-transferred");
    assertThat(ann.everything().toString()).doesNotContain(token);
    JsonNode old =
        stock(second)
            .call(
                "join-room",
                with("roomId", ann.roomId(), "userName", "Zoe", "hostToken", ann.hostToken()));
    assertThat(text(old, "code")).isEqualTo("bad_host_credentials");
    TestClient elsewhere = stock(first);
    elsewhere.join(ann.roomId(), "Bob", "hostToken", token);
    assertThat(elsewhere.userId()).isEqualTo(bob.userId());
    assertThat(bob.take("session-replaced")).isEmpty();
  }

  @Test
  void RT2_away_owner_gets_the_token_on_either_server() {
    TestClient bob = resumable(second);
    String seat = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    bob.close();
    ann.take("user-away");
    ann.must("transfer-room", ann.here("userId", bob.userId()));
    TestClient again = resumable(first);
    again.join(ann.roomId(), "Bob", "sessionToken", seat);
    assertThat(text(again.take("room-transferred"), "hostToken")).hasSize(36);
  }

  @Test
  void EN4_host_of_one_server_lets_in_who_waits_on_the_other() {
    approval();
    TestClient bob = resumable(second);
    JsonNode waiting = knock(bob, ann.roomId(), "Bob");
    assertThat(text(ann.take("knock"), "knockId")).isEqualTo(text(waiting, "knockId"));
    ann.must("answer-knock", ann.here("knockId", text(waiting, "knockId"), "accept", true));
    assertThat(ContractTest.users(bob.take("room-joined").get("room")))
        .containsExactly("Ann", "Bob");
    assertThat(text(ann.take("user-joined").get("user"), "name")).isEqualTo("Bob");

    TestClient eve = stock(second);
    JsonNode other = knock(eve, ann.roomId(), "Eve");
    ann.must("answer-knock", ann.here("knockId", text(other, "knockId"), "accept", false));
    assertThat(text(eve.take("entry-refused"), "reason")).isEqualTo("refused");
    bob.expectNothing("knock", "knock-closed");
  }

  @Test
  void EN4_new_host_on_the_other_server_gets_those_who_wait() {
    TestClient bob = guestOnSecond("Bob");
    approval();
    TestClient cleo = stock(first);
    JsonNode waiting = knock(cleo, ann.roomId(), "Cleo");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    JsonNode knocks = bob.take("knocks").get("knocks");
    assertThat(ContractTest.texts(knocks, "knockId")).containsExactly(text(waiting, "knockId"));
    bob.must("answer-knock", bob.here("knockId", text(waiting, "knockId"), "accept", true));
    cleo.take("room-joined");
  }

  @Test
  void EN4_knock_is_found_again_on_the_other_server_after_the_first_is_gone() {
    TestClient bob = guestOnSecond("Bob");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    approval();
    TestClient cleo = resumable(first);
    JsonNode waiting = knock(cleo, ann.roomId(), "Cleo");
    bob.take("knock");
    closeFirst();
    TestClient again = resumable(second);
    String token = text(waiting, "sessionToken");
    JsonNode found =
        again.call(
            "join-room", with("roomId", ann.roomId(), "userName", "Cleo", "sessionToken", token));
    assertThat(text(found, "code")).isEqualTo("approval_pending");
    assertThat(text(found, "knockId")).isEqualTo(text(waiting, "knockId"));
    bob.expectNothing("knock", "knock-closed");
    bob.must("answer-knock", bob.here("knockId", text(waiting, "knockId"), "accept", true));
    again.take("room-joined");
  }

  @Test
  void EN4_one_who_gives_up_on_the_other_server_waits_no_more() {
    approval();
    TestClient bob = stock(second);
    knock(bob, ann.roomId(), "Bob");
    ann.take("knock");
    bob.must("leave-room", with("roomId", ann.roomId()));
    assertThat(text(ann.take("knock-closed"), "outcome")).isEqualTo("withdrawn");
    knock(bob, ann.roomId(), "Bob");
    ann.must("set-settings", ann.here("entry", "link"));
    bob.take("room-joined");
  }

  @Test
  void EN6_invitation_of_one_server_opens_the_door_of_the_other() {
    approval();
    JsonNode made = ann.must("create-invite", ann.here("uses", 1));
    ann.take("invites-changed");
    TestClient bob = stock(second);
    bob.join(ann.roomId(), "Bob", "invite", text(made, "token"));
    assertThat(ann.take("invites-changed").has("userId")).isFalse();
    for (TestServer server : List.of(first, second)) {
      JsonNode late =
          stock(server)
              .call(
                  "join-room",
                  with("roomId", ann.roomId(), "userName", "Eve", "invite", text(made, "token")));
      assertThat(text(late, "code")).isEqualTo("bad_invite");
    }
  }

  @Test
  void EN3_wrong_passwords_are_counted_over_both_servers() {
    ann.must("set-password", ann.here("password", "open sesame"));
    var codes = new ArrayList<String>();
    for (int i = 0; i < 6; i++) {
      TestClient eve = kept(AbuseServers.at(i % 2 == 0 ? first : second, GUESSER));
      codes.add(
          text(
              eve.call(
                  "join-room",
                  with("roomId", ann.roomId(), "userName", "Eve", "password", "guess " + i)),
              "code"));
    }
    assertThat(codes.subList(0, 5)).containsOnly("bad_password");
    assertThat(codes.get(5)).isEqualTo("rate_limited");
    stock(second).join(ann.roomId(), "Bob", "password", "open sesame");
  }

  @Test
  void EN8_removed_members_of_the_other_server_are_out_at_once() {
    TestClient bob = guestOnSecond("Bob");
    TestClient cleo = stock(second);
    cleo.join(ann.roomId(), "Cleo");
    bob.forget();
    ann.must("remove-member", ann.here("userId", cleo.userId()));
    assertThat(text(cleo.take("room-error"), "error"))
        .isEqualTo("You were removed from this room.");
    JsonNode left = bob.take("user-left");
    assertThat(text(left, "by")).isEqualTo(ann.userId());
    assertThat(text(left, "reason")).isEqualTo("removed");
    ann.must("remove-member", ann.here("userId", bob.userId()));
    assertThat(text(bob.take("room-closed"), "reason")).isEqualTo("removed");
    say(ann, "alone");
    bob.expectNothing();
    cleo.expectNothing();
    assertThat(text(cleo.call("send-message", cleo.here("message", "x")), "code"))
        .isEqualTo("not_authenticated");
  }

  @Test
  void EN9_ban_outlives_the_server_that_it_was_made_on() {
    TestClient bob = guestOnSecond("Bob");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    TestClient eve = kept(Pages.open(first, GUESSER, Pages.keyOf("Eve")));
    String seat = text(eve.join(ann.roomId(), "Eve"), "sessionToken");
    ann.must("remove-member", ann.here("userId", eve.userId(), "ban", with()));
    bob.take("bans-changed");
    closeFirst();
    var auth = Map.of("sessionToken", seat, "roomId", ann.roomId());
    TestClient back = kept(Pages.open(second, GUESSER, Pages.keyOf("Eve"), auth));
    back.expectNothing();
    JsonNode answer = back.call("join-room", with("roomId", ann.roomId(), "userName", "Ivy"));
    assertThat(text(answer, "code")).isEqualTo("banned");
    JsonNode bans = bob.must("get-bans", bob.here()).get("bans");
    assertThat(ContractTest.texts(bans, "userName")).containsExactly("Eve");
    bob.must("lift-ban", bob.here("banId", text(bans.get(0), "banId")));
    back.forget().join(ann.roomId(), "Ivy");
  }

  @Test
  void EN13_hosts_only_events_reach_hosts_of_both_servers_and_no_guest() {
    TestClient bob = guestOnSecond("Bob");
    TestClient host = guestOnSecond("Cleo");
    ann.must("promote-host", ann.here("userId", host.userId()));
    bob.take("user-promoted");
    bob.forget();
    JsonNode before = ann.must("send-message", ann.here("message", "before"));
    bob.take("new-message");
    ann.must("create-invite", ann.here());
    host.take("invites-changed");
    bob.expectNothing();
    say(ann, "after");
    assertThat(bob.take("new-message").get("since")).isEqualTo(before.get("seq"));
    for (TestClient client : List.of(host, bob)) {
      JsonNode missed =
          client.must(
              "resume",
              client.here(
                  "epoch", before.get("epoch").longValue(), "seq", before.get("seq").longValue()));
      var names = new ArrayList<String>();
      missed.get("events").forEach(event -> names.add(event.get(0).stringValue()));
      assertThat(names.contains("invites-changed")).isEqualTo(client == host);
      assertThat(names).endsWith("new-message");
    }
  }
}
