package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The mode, the votes and the messages of the queue over real sockets (rules QU6 to QU12). */
class QueueVotesContractTest extends QueueRooms {
  private static JsonNode snapshotOf(TestClient client) {
    JsonNode answer = client.must("resume", client.here("epoch", 0, "seq", 0));
    return answer.get("snapshot").get("room").get("queue");
  }

  @Test
  void QU6_mode_is_set_by_hosts() {
    TestClient ann = room(0);
    TestClient bob = member(ann, "Bob");
    JsonNode answer =
        ann.must("set-queue-mode", ann.here("loop", "all", "autoplay", false, "order", "votes"));
    for (TestClient client : List.of(ann, bob)) {
      JsonNode mode = client.take("queue-changed").get("mode");
      assertThat(mode).isEqualTo(json("{\"loop\":\"all\",\"autoplay\":false,\"order\":\"votes\"}"));
    }
    assertThat(ann.must("set-queue-mode", ann.here("loop", "all")).get("seq"))
        .isEqualTo(answer.get("seq"));
    assertThat(ann.must("set-queue-mode", ann.here()).get("seq")).isEqualTo(answer.get("seq"));
    JsonNode bad = ann.call("set-queue-mode", ann.here("order", "random"));
    assertThat(text(bad, "error"))
        .isEqualTo("Invalid data: Invalid option: expected one of \"manual\"|\"votes\"");
    rejected(bob, "set-queue-mode", bob.here("loop", "one"), "not_host", HOSTS_ONLY);
  }

  @Test
  void QU7_members_vote_for_items_and_to_skip() {
    TestClient ann = room(2);
    TestClient bob = member(ann, "Bob");
    TestClient cem = member(ann, "Cem");
    List<String> ids = listed(ann);
    ann.must("set-queue-mode", ann.here("order", "votes"));
    bob.forget();
    bob.must("vote-item", bob.here("itemId", ids.get(1), "on", true));
    JsonNode votes = bob.take("queue-changed");
    assertThat(votes.get("votes"))
        .isEqualTo(json("[{\"itemId\":\"" + ids.get(1) + "\",\"votes\":1}]"));
    assertThat(votes.has("removed") || votes.has("added") || votes.has("undoUntil")).isFalse();
    ann.forget();
    cem.forget();
    bob.must("vote-skip", bob.here("on", true));
    assertThat(cem.take("queue-changed").get("skip")).isEqualTo(json("{\"votes\":1,\"needed\":2}"));
    TestClient late = extended();
    JsonNode state = room(late.join(ann.roomId(), "Late")).get("queue");
    assertThat(state.get("voted")).isEmpty();
    assertThat(state.get("skip").get("votes").intValue()).isEqualTo(1);
    assertThat(state.get("items").get(1).get("votes").intValue()).isEqualTo(1);
    late.must("leave-room", late.here());
    cem.forget();
    cem.must("vote-skip", cem.here("on", true));
    assertThat(text(cem.take("queue-changed").get("current"), "itemId")).isEqualTo(ids.get(1));
    ann.must("set-settings", ann.here("skipShare", 0));
    bob.forget();
    rejected(bob, "vote-skip", bob.here("on", true), "votes_off", "Votes to skip are off");
  }

  @Test
  void QU7_reader_finds_its_own_votes_in_the_state_of_the_room() {
    TestClient ann = room(1);
    String id = listed(ann).getFirst();
    ann.must("vote-item", ann.here("itemId", id, "on", true));
    TestClient bob = member(ann, "Bob");
    member(ann, "Cem");
    ann.must("vote-skip", ann.here("on", true));
    JsonNode anns = snapshotOf(ann);
    assertThat(ids(anns.get("voted"))).containsExactly(id);
    assertThat(anns.get("votedSkip").booleanValue()).isTrue();
    JsonNode bobs = snapshotOf(bob);
    assertThat(bobs.get("voted")).isEmpty();
    assertThat(bobs.get("votedSkip").booleanValue()).isFalse();
    assertThat(bobs.get("skip")).isEqualTo(anns.get("skip"));
  }

  @Test
  void QU11_players_describe_items_for_hosts_and_adders() {
    TestClient ann = room(0);
    TestClient bob = member(ann, "Bob");
    TestClient cem = member(ann, "Cem");
    String id = add(bob, 1).getFirst();
    cem.forget();
    JSONObject title = cem.here("itemId", id, "title", "One", "duration", 61.5);
    rejected(cem, "describe-item", title, "not_host", HOSTS_ONLY);
    bob.must("describe-item", title);
    JsonNode change = cem.take("queue-changed");
    assertThat(change.get("changed"))
        .isEqualTo(json("[{\"itemId\":\"" + id + "\",\"title\":\"One\",\"duration\":61.5}]"));
    assertThat(text(change, "userId")).isEqualTo(bob.userId());
    ann.must("describe-item", ann.here("itemId", id, "title", "Two"));
    assertThat(text(page(ann).get("items").get(0), "title")).isEqualTo("Two");
    bob.forget();
    for (String bad : List.of("\"\"", "\"\\u202e\\u0000\"", "7", "null")) {
      JsonNode answer =
          bob.callJson(
              "describe-item",
              "{\"roomId\":\""
                  + ann.roomId()
                  + "\",\"itemId\":\""
                  + id
                  + "\",\"title\":"
                  + bad
                  + "}");
      assertThat(text(answer, "code")).as(bad).isEqualTo("invalid_data");
    }
  }

  @Test
  void QU12_base_clients_get_no_queue_in_the_state_of_a_room() {
    TestClient ann = room(2);
    TestClient base = base();
    assertThat(room(base.join(ann.roomId(), "Bob")).has("queue")).isFalse();
    JsonNode answer = base.must("resume", base.here("epoch", 0, "seq", 0));
    assertThat(answer.get("snapshot").get("room").has("queue")).isFalse();
    TestClient creator = base();
    creator.must("create-room", with("hostName", "Cem"));
    assertThat(creator.take("room-created").get("room").has("queue")).isFalse();
    JsonNode queue = room(extendedJoin(ann)).get("queue");
    assertThat(text(queue.get("current"), "videoUrl")).isEqualTo(FILM);
    assertThat(queue.get("items")).hasSize(2);
    assertThat(queue.get("undoUntil").longValue()).isPositive();
    assertThat(queue.get("mode"))
        .isEqualTo(json("{\"loop\":\"none\",\"autoplay\":true,\"order\":\"manual\"}"));
  }

  @Test
  void QU12_SQ2_resume_replays_the_changes_of_the_queue() {
    TestClient ann = room(1);
    TestClient bob = member(ann, "Bob");
    JsonNode at = bob.must("get-timeline", bob.here());
    bob.forget();
    List<String> ids = add(ann, 2);
    ann.must("vote-item", ann.here("itemId", ids.get(1), "on", true));
    ann.must("queue-next", ann.here());
    bob.settle();
    JsonNode answer =
        bob.must(
            "resume",
            bob.here(
                "epoch", at.get("epoch").longValue(), "seq", page(bob).get("seq").longValue() - 3));
    var changes = new ArrayList<JsonNode>();
    answer
        .get("events")
        .forEach(event -> {
          if (event.get(0).stringValue().equals("queue-changed")) {
            changes.add(event.get(1));
          }
        });
    assertThat(changes).hasSize(3);
    for (JsonNode change : changes) {
      assertThat(bob.take("queue-changed")).isEqualTo(change);
    }
    assertThat(texts(changes.get(0).get("added"), "itemId")).isEqualTo(ids);
  }

  @Test
  void MB1_strangers_change_and_read_nothing() {
    TestClient ann = room(1);
    String id = listed(ann).getFirst();
    TestClient stranger = base();
    for (String event : List.of("queue-add", "vote-item", "get-queue", "queue-undo")) {
      JsonNode answer =
          stranger.call(event, ann.here("itemId", id, "on", true, "videoUrl", link(1)));
      assertThat(text(answer, "code")).as(event).isEqualTo("not_authenticated");
    }
    TestClient other = host("Zoe");
    other.forget();
    JsonNode answer = other.call("queue-clear", ann.here());
    assertThat(answer.get("ok").booleanValue()).isFalse();
    ann.expectNothing();
    assertThat(listed(ann)).containsExactly(id);
  }
}
