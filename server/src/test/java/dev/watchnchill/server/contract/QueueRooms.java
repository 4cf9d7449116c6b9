package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rooms with a queue, and what clients ask of them. */
abstract class QueueRooms extends ContractTest {
  static final String HOSTS_ONLY = "Only hosts can change the queue";
  static final String NOT_THERE = "That film is not in the queue";

  QueueRooms() {
    super("EVENT_RATE_SCALE", "10");
  }

  static String link(int number) {
    return "https://films.example/film-" + number + ".mp4";
  }

  /** Creates a room that everyone may add to, with a film and so many items after it. */
  final TestClient room(int items) {
    TestClient ann = extended().create("Ann");
    ann.must("set-settings", ann.here("queue", "everyone"));
    ann.must("set-video", ann.here("videoUrl", FILM));
    if (items > 0) {
      add(ann, items);
    }
    return ann.forget();
  }

  static List<String> add(TestClient client, int items) {
    var links = new JSONArray();
    for (int i = 1; i <= items; i++) {
      links.put(link(i));
    }
    return ids(client.must("queue-add", client.here("videoUrls", links)).get("itemIds"));
  }

  static List<String> ids(JsonNode list) {
    var ids = new ArrayList<String>();
    list.forEach(id -> ids.add(id.stringValue()));
    return ids;
  }

  final TestClient member(TestClient host, String name) {
    TestClient member = extended();
    member.join(host.roomId(), name);
    host.forget();
    return member;
  }

  static JsonNode page(TestClient client, @Nullable Object... namesAndValues) {
    return client.must("get-queue", client.here(namesAndValues));
  }

  /** Returns the ids of the items in the list. */
  static List<String> listed(TestClient client) {
    return texts(page(client).get("items"), "itemId");
  }

  static void sameForAll(JsonNode answer, TestClient... clients) {
    for (TestClient client : clients) {
      JsonNode change = client.take("queue-changed");
      assertThat(change.get("seq")).isEqualTo(answer.get("seq"));
      assertThat(change.get("epoch")).isEqualTo(answer.get("epoch"));
    }
  }

  static void rejected(
      TestClient client, String event, JSONObject payload, String code, String error) {
    refused(client, client.call(event, payload), "error", code, error);
  }

  final JsonNode extendedJoin(TestClient ann) {
    return extended().join(ann.roomId(), "Late");
  }
}
