package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules PS1 to PS6 over real sockets. */
class LargeRoomTest extends ContractTest {
  private static final int EACH_MAX = 4;

  LargeRoomTest() {
    super(
        "PRESENCE_EACH_MAX",
        Integer.toString(EACH_MAX),
        "RATE_LIMIT_SOCKET_MAX_PER_IP",
        "100",
        "RECONNECT_GRACE_MS",
        "600");
  }

  /** Ann's room at the limit of a large room; each client has got all joins. */
  private List<TestClient> full(TestClient ann) {
    var guests = new ArrayList<TestClient>();
    for (int i = 1; i < EACH_MAX; i++) {
      guests.add(guest(ann, "Guest " + i));
    }
    return guests;
  }

  private TestClient enter(TestClient ann, String name) {
    TestClient client = base();
    client.join(ann.roomId(), name);
    return client;
  }

  @Test
  void PS2_PS5_joins_are_broadcast_together_and_joiners_get_some_members() {
    TestClient ann = extended().create("Ann");
    full(ann);
    TestClient eve = base();
    JsonNode joined = eve.join(ann.roomId(), "Eve");

    assertThat(room(joined).get("userCount").intValue()).isEqualTo(EACH_MAX + 1);
    assertThat(users(room(joined))).containsExactly("Ann", "Guest 1", "Guest 3", "Eve");
    JsonNode presence = ann.take("presence");
    assertThat(presence.get("big").booleanValue()).isTrue();
    assertThat(presence.get("count").intValue()).isEqualTo(EACH_MAX + 1);
    assertThat(presence.get("joined").get(0).get("name").stringValue()).isEqualTo("Eve");
    assertThat(presence.get("more").booleanValue()).isFalse();
    assertThat(ann.settle().names()).doesNotContain("user-joined", "user-left");
  }

  @Test
  void PS4_message_after_a_change_that_was_not_broadcast_has_since() {
    TestClient ann = extended().create("Ann");
    full(ann);
    enter(ann, "Eve");
    JsonNode first = ann.take("presence");
    enter(ann, "Fay");
    ann.must("send-message", ann.here("message", "hello"));

    JsonNode said = ann.take("new-message");
    assertThat(said.get("seq").longValue()).isEqualTo(first.get("seq").longValue() + 2);
    assertThat(said.get("since").longValue()).isEqualTo(first.get("seq").longValue());
    JsonNode answer =
        ann.must(
            "resume",
            ann.here("epoch", first.get("epoch").longValue(), "seq", first.get("seq").longValue()));
    assertThat(answer.get("events").get(0).get(0).stringValue()).isEqualTo("new-message");
    JsonNode people = answer.get("events").get(1);
    assertThat(people.get(0).stringValue()).isEqualTo("presence");
    assertThat(people.get(1).get("snapshot").booleanValue()).isTrue();
    assertThat(people.get(1).get("count").intValue()).isEqualTo(EACH_MAX + 2);
  }

  @Test
  void PS3_small_again_is_one_message_to_extended_and_base_events_to_base_clients() {
    TestClient ann = extended().create("Ann");
    List<TestClient> guests = full(ann);
    TestClient eve = enter(ann, "Eve");
    ann.take("presence");
    guests.get(1).must("leave-room", ann.here());
    guests.get(2).must("leave-room", ann.here());

    JsonNode all = ann.take("presence");
    while (!all.has("snapshot")) {
      all = ann.take("presence");
    }
    assertThat(all.get("big").booleanValue()).isFalse();
    assertThat(users(all)).containsExactly("Ann", "Guest 1", "Eve");
    assertThat(eve.take("user-left").get("userId").stringValue()).isEqualTo(guests.get(2).userId());
    TestClient first = guests.getFirst();
    assertThat(first.take("user-joined").get("user").get("name").stringValue())
        .isIn("Guest 2", "Guest 3", "Eve");
  }

  @Test
  void PS6_everybody_can_be_found_by_members_alone() {
    TestClient ann = host("Ann");
    full(ann);
    enter(ann, "Eve");

    JsonNode all = ann.must("get-people", ann.here());
    assertThat(all.get("count").intValue()).isEqualTo(EACH_MAX + 1);
    assertThat(users(all)).containsExactly("Ann", "Guest 1", "Guest 2", "Guest 3", "Eve");
    JsonNode some = ann.must("get-people", ann.here("query", "guest"));
    assertThat(users(some)).containsExactly("Guest 1", "Guest 2", "Guest 3");
    TestClient stranger = base();
    JsonNode refused = stranger.call("get-people", with("roomId", ann.roomId()));
    assertThat(refused.get("code").stringValue()).isEqualTo("not_authenticated");
    JsonNode broken = ann.call("get-people", ann.here("after", "nobody"));
    assertThat(broken.get("code").stringValue()).isEqualTo("invalid_data");
  }

  @Test
  void EN8_EN9_member_of_a_large_room_is_removed_at_once_and_leaves_with_the_others() {
    TestClient ann = extended().create("Ann");
    TestClient bob = full(ann).getFirst();
    TestClient eve = page("198.51.100.9", Pages.keyOf("Eve"));
    eve.join(ann.roomId(), "Eve");
    ann.take("presence");
    ann.forget();
    bob.forget();
    ann.must("remove-member", ann.here("userId", eve.userId(), "ban", with()));
    assertThat(text(eve.take("room-closed"), "reason")).isEqualTo("banned");
    ann.take("bans-changed");
    assertThat(ann.take("presence").get("left").get(0).stringValue()).isEqualTo(eve.userId());
    bob.expectNothing("bans-changed", "error", "room-error");
    assertThat(text(eve.call("join-room", with("roomId", ann.roomId(), "userName", "Ivy")), "code"))
        .isEqualTo("banned");
    ann.must("mute-member", ann.here("userId", bob.userId(), "muted", true));
    assertThat(text(bob.take("member-muted"), "by")).isEqualTo(ann.userId());
  }
}
