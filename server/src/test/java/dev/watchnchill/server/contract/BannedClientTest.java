package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bans: whom they keep out, and whom they do not (rules EN9, EN10). */
class BannedClientTest extends ContractTest {
  private static final String HOME = "203.0.113.20";
  private static final String ELSEWHERE = "198.51.100.30";
  private static final String BANNED = "You are banned from this room.";

  private TestClient joined(TestClient ann, String name) {
    return joined(ann, name, HOME);
  }

  private TestClient joined(TestClient ann, String name, String address) {
    TestClient page = page(address, Pages.keyOf(name));
    page.join(ann.roomId(), name);
    ann.take("user-joined");
    return page;
  }

  private static JsonNode ban(TestClient host, TestClient target, JSONObject ban) {
    JsonNode answer = host.must("remove-member", host.here("userId", target.userId(), "ban", ban));
    host.take("user-left");
    host.take("bans-changed");
    return answer;
  }

  private static void staysOut(TestClient client, String room, String name, Object... more) {
    var payload = new ArrayList<Object>(List.of("roomId", room, "userName", name));
    payload.addAll(List.of(more));
    JsonNode answer = client.call("join-room", with(payload.toArray()));
    assertThat(answer.get("retryable").booleanValue()).isFalse();
    refused(client, answer, "room-error", "banned", BANNED);
  }

  @Test
  void EN9_banned_member_leaves_at_once_and_everybody_hears_why() {
    TestClient ann = host("Ann");
    TestClient eve = joined(ann, "Eve");
    TestClient bob = guest(ann, "Bob");
    eve.forget();
    JsonNode answer = ann.must("remove-member", ann.here("userId", eve.userId(), "ban", with()));
    assertThat(text(answer, "banId")).matches(UUID_FORM);
    JsonNode closed = eve.take("room-closed");
    assertThat(text(closed, "reason")).isEqualTo("banned");
    for (TestClient client : List.of(ann, bob)) {
      JsonNode left = client.take("user-left");
      assertThat(text(left, "userId")).isEqualTo(eve.userId());
      assertThat(text(left, "by")).isEqualTo(ann.userId());
      assertThat(text(left, "reason")).isEqualTo("banned");
    }
    JsonNode bans = ann.take("bans-changed");
    assertThat(text(bans, "userId")).isEqualTo(ann.userId());
    assertThat(bans.get("seq")).isEqualTo(answer.get("seq"));
    bob.expectNothing();
    eve.expectNothing();
    staysOut(eve, ann.roomId(), "Eve");
  }

  @Test
  void EN9_ban_is_of_the_browser_wherever_it_is() {
    TestClient ann = host("Ann");
    ban(ann, joined(ann, "Eve"), with());
    staysOut(page(ELSEWHERE, Pages.keyOf("Eve")), ann.roomId(), "Ivy");
    ann.expectNothing();
  }

  @Test
  void EN9_ban_is_of_the_seat_token_whatever_else_is_new() {
    TestClient ann = host("Ann");
    TestClient eve = page(HOME, Pages.keyOf("Eve"));
    String seat = text(eve.join(ann.roomId(), "Eve"), "sessionToken");
    ann.take("user-joined");
    ban(ann, eve, with());
    staysOut(page(ELSEWHERE, Pages.keyOf("new")), ann.roomId(), "Ivy", "sessionToken", seat);
    var auth = Map.of("sessionToken", seat, "roomId", ann.roomId());
    TestClient resuming = kept(Pages.open(server(), ELSEWHERE, Pages.keyOf("new"), auth));
    resuming.expectNothing();
    staysOut(resuming, ann.roomId(), "Ivy");
    ann.expectNothing();
  }

  @Test
  void EN9_ban_is_of_the_address_with_another_browser_and_with_none() {
    TestClient ann = host("Ann");
    ban(ann, joined(ann, "Eve"), with());
    staysOut(page(HOME, Pages.keyOf("cleared")), ann.roomId(), "Ivy");
    staysOut(stockAt(HOME), ann.roomId(), "Ivy");
  }

  @Test
  void EN9_ban_of_an_ipv6_address_is_of_its_network() {
    TestClient ann = host("Ann");
    TestClient eve = page("2001:db8:1:2::1", Pages.keyOf("Eve"));
    eve.join(ann.roomId(), "Eve");
    ann.take("user-joined");
    ban(ann, eve, with());
    staysOut(page("2001:db8:1:2:ffff::9", Pages.keyOf("new")), ann.roomId(), "Ivy");
    page("2001:db8:1:3::1", Pages.keyOf("other")).join(ann.roomId(), "Neighbour");
  }

  @Test
  void EN9_other_tabs_of_the_browser_leave_too() {
    TestClient ann = host("Ann");
    TestClient eve = joined(ann, "Eve");
    TestClient tab = page(ELSEWHERE, Pages.keyOf("Eve"));
    tab.join(ann.roomId(), "Eve Two");
    ann.take("user-joined");
    ban(ann, eve, with());
    assertThat(text(tab.take("room-closed"), "reason")).isEqualTo("banned");
    JsonNode left = ann.take("user-left");
    assertThat(text(left, "userId")).isEqualTo(tab.userId());
    assertThat(text(left, "reason")).isEqualTo("banned");
    assertThat(text(tab.call("send-message", ann.here("message", "x")), "code"))
        .isEqualTo("not_authenticated");
  }

  @Test
  void EN9_ten_friends_behind_the_address_stay_and_come_back() {
    TestClient ann = host("Ann");
    var friends = new ArrayList<TestClient>();
    var seats = new ArrayList<String>();
    for (int i = 0; i < 10; i++) {
      TestClient friend = page(HOME, Pages.keyOf("friend " + i));
      seats.add(text(friend.join(ann.roomId(), "Friend " + i), "sessionToken"));
      friends.add(friend);
    }
    TestClient eve = page(HOME, Pages.keyOf("Eve"));
    eve.join(ann.roomId(), "Eve");
    ann.forget();
    ban(ann, eve, with());
    for (int i = 0; i < 10; i++) {
      TestClient friend = friends.get(i);
      friend.must("send-message", friend.here("message", "still here"));
      if (i % 2 == 0) { // a refresh, and a return hours later
        friend.close();
        var auth = Map.of("sessionToken", seats.get(i), "roomId", ann.roomId());
        TestClient back = kept(Pages.open(server(), HOME, Pages.keyOf("friend " + i), auth));
        assertThat(back.take("room-joined").get("resumed").booleanValue()).isTrue();
      } else {
        friend.must("leave-room", friend.here());
        page(HOME, Pages.keyOf("friend " + i)).join(ann.roomId(), "Back " + i);
      }
    }
    staysOut(page(HOME, Pages.keyOf("Eve")), ann.roomId(), "Friend 11");
    staysOut(page(HOME, Pages.keyOf("Eve two")), ann.roomId(), "Friend 11");
    page(ELSEWHERE, Pages.keyOf("friend 3")).join(ann.roomId(), "On The Train");
  }

  @Test
  void EN9_friend_who_is_banned_later_is_a_friend_no_more() {
    TestClient ann = host("Ann");
    TestClient eve = joined(ann, "Eve");
    TestClient ivy = joined(ann, "Ivy");
    ban(ann, eve, with());
    ban(ann, ivy, with());
    staysOut(page(HOME, Pages.keyOf("Ivy")), ann.roomId(), "Ivy");
    staysOut(page(HOME, Pages.keyOf("Eve")), ann.roomId(), "Eve");
  }

  @Test
  void EN9_present_stock_client_at_the_address_stays() {
    TestClient ann = host("Ann");
    TestClient bob = stockAt(HOME);
    bob.join(ann.roomId(), "Bob");
    ann.take("user-joined");
    ban(ann, joined(ann, "Eve"), with());
    bob.must("send-message", bob.here("message", "still here"));
    bob.join(ann.roomId(), "Bob"); // its own seat
  }

  @Test
  void EN1_host_token_opens_the_room_past_a_ban() {
    TestClient ann = host("Ann");
    ban(ann, joined(ann, "Eve"), with());
    TestClient owner = page(HOME, Pages.keyOf("Eve"));
    owner.join(ann.roomId(), "Zoe", "hostToken", ann.hostToken());
    owner.must("play-video", owner.here("currentTime", 1));
  }

  @Test
  void EN9_another_room_knows_nothing_of_the_ban() {
    TestClient ann = host("Ann");
    TestClient zoe = host("Zoe");
    ban(ann, joined(ann, "Eve"), with());
    page(HOME, Pages.keyOf("Eve")).join(zoe.roomId(), "Eve");
  }

  @Test
  void EN9_ban_has_no_way_around_by_invitation_password_or_knock() {
    TestClient ann = host("Ann");
    String invite = text(ann.must("create-invite", ann.here()), "token");
    ban(ann, joined(ann, "Eve"), with());
    ann.must("set-password", ann.here("password", "open sesame"));
    TestClient eve = page(HOME, Pages.keyOf("Eve"));
    staysOut(eve, ann.roomId(), "Ivy", "invite", invite);
    staysOut(eve, ann.roomId(), "Ivy", "password", "open sesame");
    ann.must("set-settings", ann.here("entry", "approval"));
    ann.forget();
    staysOut(eve, ann.roomId(), "Ivy");
    ann.expectNothing("knock");
    ann.must("set-settings", ann.here("entry", "closed"));
    staysOut(eve, ann.roomId(), "Ivy"); // the same answer in each
  }

  @Test
  void EN9_banned_person_waits_at_no_door() {
    TestClient ann = host("Ann");
    TestClient eve = joined(ann, "Eve");
    TestClient friend = page(HOME, Pages.keyOf("friend"));
    ann.must("set-settings", ann.here("entry", "approval"));
    ann.take("settings-changed");
    TestClient tab = page(HOME, Pages.keyOf("Eve"));
    String knock = text(ApprovalTest.knock(tab, ann.roomId(), "Ivy"), "knockId");
    String theirs = text(ApprovalTest.knock(friend, ann.roomId(), "Friend"), "knockId");
    ann.forget();
    ban(ann, eve, with());
    for (String expected : List.of(knock, theirs)) {
      JsonNode closed = ann.take("knock-closed");
      assertThat(text(closed, "knockId")).isEqualTo(expected);
      assertThat(text(closed, "outcome")).isEqualTo("refused");
      assertThat(text(closed, "by")).isEqualTo(ann.userId());
    }
    for (TestClient client : List.of(tab, friend)) {
      assertThat(text(client.take("entry-refused"), "reason")).isEqualTo("refused");
      staysOut(client, ann.roomId(), "Ivy");
    }
    ann.expectNothing("knock");
  }

  @Test
  void EN9_away_member_is_banned() {
    TestClient ann = host("Ann");
    TestClient eve = page(HOME, Pages.keyOf("Eve"));
    String seat = text(eve.join(ann.roomId(), "Eve"), "sessionToken");
    ann.take("user-joined");
    eve.close();
    ann.take("user-away");
    ban(ann, eve, with());
    staysOut(page(HOME, Pages.keyOf("Eve")), ann.roomId(), "Eve", "sessionToken", seat);
  }

  @Test
  void EN10_hosts_list_bans_and_lift_them() {
    TestClient ann = host("Ann");
    JsonNode made = ban(ann, joined(ann, "Eve"), with());
    JsonNode timed = ban(ann, joined(ann, "Ivy", ELSEWHERE), with("minutes", 30));
    JsonNode bans = ann.must("get-bans", ann.here()).get("bans");
    assertThat(texts(bans, "banId")).containsExactly(text(made, "banId"), text(timed, "banId"));
    assertThat(texts(bans, "userName")).containsExactly("Eve", "Ivy");
    assertThat(texts(bans, "by")).containsOnly(ann.userId());
    assertThat(texts(bans, "byName")).containsOnly("Ann");
    assertThat(bans.get(0).get("until").isNull()).isTrue();
    assertThat(bans.get(1).get("until").longValue() - bans.get(1).get("at").longValue())
        .isEqualTo(30 * 60_000L);
    assertThat(bans.toString()).doesNotContain(HOME).doesNotContain(Pages.keyOf("Eve"));

    ann.must("lift-ban", ann.here("banId", text(made, "banId")));
    assertThat(text(ann.take("bans-changed"), "userId")).isEqualTo(ann.userId());
    page(HOME, Pages.keyOf("Eve")).join(ann.roomId(), "Eve");
    staysOut(page(ELSEWHERE, Pages.keyOf("Ivy")), ann.roomId(), "Ivy");
    for (String id : List.of(text(made, "banId"), UUID.randomUUID().toString())) {
      ann.forget();
      refused(
          ann,
          ann.call("lift-ban", ann.here("banId", id)),
          "error",
          "ban_not_found",
          "There is no such ban");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get-bans", "lift-ban"})
  void EN10_guests_and_strangers_know_no_bans(String event) {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    var payload = ann.here("banId", UUID.randomUUID().toString());
    refused(bob, bob.call(event, payload), "error", "not_host", "Only hosts can remove people");
    TestClient stranger = base();
    refused(
        stranger, stranger.call(event, payload), "error", "not_authenticated", "Not authenticated");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 525_601})
  void EN9_minutes_of_a_ban_have_their_bounds(long minutes) {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    JsonNode answer =
        ann.call(
            "remove-member", ann.here("userId", bob.userId(), "ban", with("minutes", minutes)));
    refused(
        ann,
        answer,
        "room-error",
        "invalid_data",
        "Invalid data: "
            + (minutes == 0
                ? "Too small: expected number to be >=1"
                : "Too big: expected number to be <=525600"));
    bob.expectNothing();
  }

  @Test
  void EN9_key_that_could_be_guessed_recognises_nobody() {
    TestClient ann = host("Ann");
    TestClient eve = page(HOME, "0123456789");
    eve.join(ann.roomId(), "Eve");
    ann.take("user-joined");
    ban(ann, eve, with());
    page(ELSEWHERE, "0123456789").join(ann.roomId(), "Bob");
    for (Object key : new Object[] {7, true, "x".repeat(201), "", List.of("a")}) {
      extended(Map.of("resume", true, "browserKey", key)).settle();
    }
  }
}
