package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The list of the queue, its rights and its pages over real sockets (rules QU1 to QU5, QU13). */
class QueueContractTest extends QueueRooms {
  @Test
  void QU1_first_film_is_shown_paused_and_the_others_are_listed() {
    TestClient ann = extended().create("Ann");
    TestClient bob = guest(ann, "Bob");
    JsonNode answer =
        ann.must(
            "queue-add", ann.here("videoUrls", new JSONArray(List.of(link(1), link(2), link(3)))));
    List<String> ids = ids(answer.get("itemIds"));
    assertThat(ids).hasSize(3).doesNotHaveDuplicates().allMatch(id -> id.matches(UUID_FORM));

    JsonNode change = ann.take("queue-changed");
    assertThat(text(change.get("current"), "itemId")).isEqualTo(ids.get(0));
    assertThat(texts(change.get("added"), "itemId")).isEqualTo(ids.subList(1, 3));
    assertThat(text(change, "userId")).isEqualTo(ann.userId());
    JsonNode item = change.get("added").get(0);
    assertThat(text(item, "videoUrl")).isEqualTo(link(2));
    assertThat(text(item, "videoType")).isEqualTo("video");
    assertThat(text(item, "userName")).isEqualTo("Ann");
    assertThat(text(item, "addedAt")).matches(ISO_FORM);
    assertThat(item.get("votes").intValue()).isZero();
    assertThat(item.get("rank").longValue())
        .isLessThan(change.get("added").get(1).get("rank").longValue());
    JsonNode timeline = ann.take("timeline");
    assertThat(text(timeline, "phase")).isEqualTo("paused");
    assertThat(text(timeline, "reason")).isEqualTo("video");
    assertThat(text(bob.take("video-set"), "videoUrl")).isEqualTo(link(1));
    assertThat(text(bob.take("timeline"), "reason")).isEqualTo("video");
  }

  @Test
  void QU1_films_come_next_or_at_the_end_with_their_titles() {
    TestClient ann = room(0);
    String end =
        ids(ann.must("queue-add", ann.here("videoUrl", link(1), "title", "The end")).get("itemIds"))
            .getFirst();
    String next =
        ids(ann.must(
                    "queue-add",
                    ann.here("videoUrl", link(2), "place", "next", "title", " \u202ea\u0000 b "))
                .get("itemIds"))
            .getFirst();
    assertThat(listed(ann)).containsExactly(next, end);
    assertThat(texts(page(ann).get("items"), "title")).containsExactly("a b", "The end");
    String title = "x".repeat(1_000);
    ann.must("queue-add", ann.here("videoUrl", link(3), "title", title));
    assertThat(text(page(ann).get("items").get(2), "title")).hasSize(200);
  }

  @Test
  void QU1_guest_adds_when_everyone_may_and_removes_and_moves_its_own_films() {
    TestClient ann = extended().create("Ann");
    TestClient bob = member(ann, "Bob");
    JSONObject film = bob.here("videoUrl", link(1));
    rejected(bob, "queue-add", film, "not_host", HOSTS_ONLY);
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("set-settings", ann.here("queue", "everyone"));
    List<String> anns = add(ann, 1);
    bob.forget();
    List<String> bobs = add(bob, 2);
    bob.forget();
    rejected(bob, "queue-remove", bob.here("itemId", anns.getFirst()), "not_host", HOSTS_ONLY);
    rejected(
        bob,
        "queue-move",
        bob.here("itemId", anns.getFirst(), "beforeId", null),
        "not_host",
        HOSTS_ONLY);
    bob.must("queue-move", bob.here("itemId", bobs.get(1), "beforeId", anns.getFirst()));
    bob.must("queue-remove", bob.here("itemId", bobs.get(0)));
    assertThat(listed(bob)).containsExactly(bobs.get(1), anns.getFirst());
    ann.must("queue-remove", ann.here("itemId", bobs.get(1)));
    assertThat(listed(ann)).isEqualTo(anns);
  }

  @Test
  void QU1_all_of_one_call_or_none() {
    TestClient ann = room(0);
    for (Object links :
        List.of(
            new JSONArray(List.of(link(1), "https://films.example/a.exe")),
            new JSONArray(List.of(link(1), 7)),
            new JSONArray(),
            "text",
            new JSONObject())) {
      JsonNode answer = ann.call("queue-add", ann.here("videoUrls", links));
      assertThat(text(answer, "code")).isEqualTo("invalid_data");
      assertThat(text(ann.take("room-error"), "error")).startsWith("Invalid data: ");
    }
    var many = new JSONArray();
    for (int i = 0; i < 51; i++) {
      many.put(link(i));
    }
    JsonNode answer = ann.call("queue-add", ann.here("videoUrls", many));
    assertThat(text(answer, "error"))
        .isEqualTo("Invalid data: Too big: expected array to have <=50 items");
    ann.take("room-error");
    ann.expectNothing();
    assertThat(listed(ann)).isEmpty();
  }

  @Test
  void QU1_QU13_full_list_rejects_films_and_is_read_by_pages() {
    TestClient ann = room(0);
    List<TestClient> members = new ArrayList<>(List.of(ann));
    for (int i = 1; i < 5; i++) {
      members.add(member(ann, "Guest " + i));
    }
    var all = new ArrayList<String>();
    for (TestClient member : members) {
      all.addAll(add(member, 50));
      all.addAll(add(member, 50));
    }
    members.forEach(TestClient::forget);
    rejected(ann, "queue-add", ann.here("videoUrl", FILM), "queue_full", "The queue is full");
    ann.must("queue-remove", ann.here("itemId", all.removeLast()));
    ann.forget();
    rejected(
        ann,
        "queue-add",
        ann.here("videoUrl", FILM),
        "queue_full",
        "You have too many films in the queue");

    var read = new ArrayList<String>();
    JsonNode page = page(ann);
    while (!page.get("next").isNull()) {
      assertThat(page.get("total").intValue()).isEqualTo(499);
      assertThat(page.get("items")).hasSize(100);
      assertThat(text(page, "next")).isEqualTo(text(page.get("items").get(99), "itemId"));
      read.addAll(texts(page.get("items"), "itemId"));
      page = page(ann, "after", text(page, "next"));
    }
    read.addAll(texts(page.get("items"), "itemId"));
    assertThat(read).isEqualTo(all);
    assertThat(page(ann, "limit", 3).get("items")).hasSize(3);
    assertThat(
            texts(
                page(ann, "after", UUID.randomUUID().toString(), "limit", 1).get("items"),
                "itemId"))
        .containsExactly(all.getFirst());
    JsonNode queue = room(extendedJoin(ann)).get("queue");
    assertThat(queue.get("items")).hasSize(50);
    assertThat(queue.get("total").intValue()).isEqualTo(499);
  }

  @Test
  void QU2_moves_and_removals_reach_all_and_unknown_items_are_rejected() {
    TestClient ann = room(3);
    TestClient bob = guest(ann, "Bob");
    List<String> ids = listed(ann);
    JsonNode moved = ann.must("queue-move", ann.here("itemId", ids.get(2), "beforeId", ids.get(0)));
    JsonNode change = ann.take("queue-changed");
    assertThat(texts(change.get("moved"), "itemId")).containsExactly(ids.get(2));
    assertThat(change.get("seq")).isEqualTo(moved.get("seq"));
    sameForAll(moved, bob);
    assertThat(
            ann.must("queue-move", ann.here("itemId", ids.get(2), "beforeId", ids.get(0)))
                .get("seq"))
        .isEqualTo(moved.get("seq"));
    ann.must("queue-remove", ann.here("itemId", ids.get(0)));
    JsonNode removed = ann.take("queue-changed");
    assertThat(ids(removed.get("removed"))).containsExactly(ids.get(0));
    assertThat(listed(ann)).containsExactly(ids.get(2), ids.get(1));
    bob.forget();
    for (String event : List.of("queue-remove", "queue-play", "describe-item")) {
      rejected(ann, event, ann.here("itemId", ids.get(0)), "item_not_found", NOT_THERE);
    }
    rejected(
        ann,
        "queue-move",
        ann.here("itemId", ids.get(1), "beforeId", ids.get(0)),
        "item_not_found",
        NOT_THERE);
    rejected(
        ann, "vote-item", ann.here("itemId", ids.get(0), "on", true), "item_not_found", NOT_THERE);
  }

  @Test
  void QU3_hosts_show_items_and_go_back_and_base_members_get_the_film() {
    TestClient ann = room(2);
    TestClient bob = guest(ann, "Bob");
    List<String> ids = listed(ann);
    ann.must("queue-play", ann.here("itemId", ids.get(1)));
    JsonNode shown = ann.take("queue-changed");
    assertThat(text(shown.get("current"), "itemId")).isEqualTo(ids.get(1));
    assertThat(ids(shown.get("removed"))).containsExactly(ids.get(1));
    JsonNode first = shown.get("played");
    assertThat(text(first, "videoUrl")).isEqualTo(FILM);
    assertThat(text(first, "endedAt")).matches(ISO_FORM);
    assertThat(first.has("failed")).isFalse();
    JsonNode set = bob.take("video-set");
    assertThat(text(set, "videoUrl")).isEqualTo(link(2));
    assertThat(text(set, "userId")).isEqualTo(ann.userId());

    ann.must("queue-next", ann.here());
    assertThat(text(ann.take("queue-changed").get("current"), "itemId")).isEqualTo(ids.get(0));
    ann.forget();
    rejected(ann, "queue-next", ann.here(), "queue_empty", "There is nothing to play");
    ann.must("queue-previous", ann.here());
    JsonNode back = ann.take("queue-changed");
    assertThat(text(back.get("current"), "itemId")).isEqualTo(ids.get(1));
    assertThat(text(back, "unplayed")).isEqualTo(ids.get(1));
    assertThat(texts(back.get("added"), "itemId")).containsExactly(ids.get(0));
    ann.must("queue-play", ann.here("itemId", text(first, "itemId")));
    JsonNode again = ann.take("queue-changed").get("current");
    assertThat(text(again, "videoUrl")).isEqualTo(FILM);
    assertThat(text(again, "itemId")).isNotEqualTo(text(first, "itemId"));
    bob.forget();
    for (String event : List.of("queue-next", "queue-previous", "queue-shuffle", "queue-clear")) {
      rejected(bob, event, bob.here(), "not_host", HOSTS_ONLY);
    }
    rejected(bob, "queue-play", bob.here("itemId", ids.get(0)), "not_host", HOSTS_ONLY);
  }

  @Test
  void QU4_QU5_list_is_shuffled_and_cleared_and_put_back_once() {
    TestClient ann = room(20);
    TestClient bob = member(ann, "Bob");
    List<String> ids = listed(ann);
    ann.must("queue-shuffle", ann.here());
    assertThat(listed(ann)).isNotEqualTo(ids).containsExactlyInAnyOrderElementsOf(ids);
    JsonNode shuffled = ann.take("queue-changed");
    assertThat(shuffled.get("undoUntil").longValue()).isPositive();
    bob.forget();
    rejected(bob, "queue-undo", bob.here(), "not_host", HOSTS_ONLY);
    ann.must("queue-undo", ann.here());
    assertThat(ann.take("queue-changed").get("undoUntil").longValue()).isZero();
    assertThat(listed(ann)).isEqualTo(ids);
    rejected(ann, "queue-undo", ann.here(), "nothing_to_undo", "There is nothing to undo");
    ann.must("queue-clear", ann.here());
    assertThat(ids(ann.take("queue-changed").get("removed"))).hasSize(20);
    assertThat(listed(ann)).isEmpty();
    ann.must("queue-undo", ann.here());
    assertThat(texts(ann.take("queue-changed").get("added"), "itemId")).hasSize(20);
    assertThat(listed(ann)).isEqualTo(ids);
  }
}
