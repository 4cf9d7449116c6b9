package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A banned person who tries everything that a browser and a script can do to come back. */
final class Troll implements AutoCloseable {
  static final String NAME = "Trudy";
  private static final String KEY = Pages.keyOf("troll");
  private static final String ELSEWHERE = "192.0.2.201";

  private final String home;
  private final String neighbour;
  private final String room;
  private final TestClient tab;
  private final TestClient secondTab;
  private final String seat;
  private final List<TestClient> clients = new ArrayList<>();
  private int number;

  /**
   * Joins a room in two tabs, the second one on another server when there is one.
   *
   * @param home its address
   * @param neighbour an address that counts as the same: itself, or one of the same network
   */
  Troll(List<TestServer> servers, String room, String home, String neighbour) {
    this.room = room;
    this.home = home;
    this.neighbour = neighbour;
    tab = kept(Pages.open(servers.getFirst(), home, KEY));
    seat = tab.join(room, NAME).path("sessionToken").stringValue("");
    secondTab = kept(Pages.open(servers.getLast(), home, KEY));
    secondTab.join(room, NAME + " Two");
  }

  private TestClient kept(TestClient client) {
    clients.add(client);
    return client;
  }

  String userId() {
    return tab.userId();
  }

  /** Waits until both tabs are out, and hears nothing of the room afterwards. */
  void awaitBanned() {
    for (TestClient each : List.of(tab, secondTab)) {
      JsonNode closed = each.take("room-closed");
      assertThat(closed.get("roomId").stringValue()).isEqualTo(room);
      assertThat(closed.get("reason").stringValue()).isEqualTo("banned");
      each.forget();
    }
  }

  /**
   * Tries each way once, on one server.
   *
   * @param friend the name of a member
   * @param invite the token of an invitation that a friend has passed on
   * @param password the room's password
   * @return the code of each answer, by what was tried
   */
  Map<String, String> tryAll(TestServer server, String friend, String invite, String password) {
    var codes = new LinkedHashMap<String, String>();
    codes.put("the first tab", join(tab, NAME));
    codes.put("the second tab", join(secondTab, NAME));
    codes.put("a refresh", join(page(server, home, KEY), NAME));
    codes.put("another name", join(page(server, home, KEY), newName()));
    codes.put("the name of a member", join(page(server, home, KEY), friend));
    codes.put("cleared storage", join(page(server, home, newKey()), newName()));
    codes.put("no key", join(page(server, home, null), newName()));
    codes.put("an address next door", join(page(server, neighbour, newKey()), newName()));
    codes.put("the browser at another address", join(page(server, ELSEWHERE, KEY), newName()));
    codes.put("a stock client", join(kept(AbuseServers.at(server, home)), newName()));
    codes.put("polling", join(polling(server), newName()));
    codes.put(
        "the token of the seat",
        join(page(server, ELSEWHERE, newKey()), NAME, "sessionToken", seat));
    codes.put("the token at connect", resumed(server));
    codes.put("an invitation", join(page(server, home, newKey()), newName(), "invite", invite));
    codes.put("the password", join(page(server, home, newKey()), newName(), "password", password));
    codes.put(
        "a guessed host token",
        join(
            page(server, home, newKey()),
            newName(),
            "hostToken",
            "6f1c1f0e-8a8e-4a5a-9c55-0d4f6f0f8f13"));
    return codes;
  }

  /** Tries each member's event from outside; returns the codes. */
  List<String> speakUp(TestServer server) {
    var codes = new ArrayList<String>();
    for (TestClient each : List.of(tab, page(server, home, KEY))) {
      for (String event : List.of("send-message", "typing-start", "get-timeline", "resume")) {
        var payload = with("roomId", room, "message", "still here", "epoch", 0, "seq", 0);
        codes.add(code(each.call(event, payload)));
      }
      each.forget();
    }
    return codes;
  }

  private TestClient page(TestServer server, String address, @Nullable String key) {
    return kept(Pages.open(server, address, key));
  }

  private TestClient polling(TestServer server) {
    return kept(
        TestClient.options()
            .transports("polling")
            .header("X-Forwarded-For", home)
            .auth(Map.of("resume", true, "browserKey", KEY))
            .connect(server));
  }

  private String resumed(TestServer server) {
    var auth = Map.of("sessionToken", seat, "roomId", room);
    TestClient client = kept(Pages.open(server, ELSEWHERE, newKey(), auth));
    client.expectNothing();
    return join(client, newName());
  }

  private String newName() {
    return "Nice Guy " + ++number;
  }

  private String newKey() {
    return Pages.keyOf("cleared " + ++number);
  }

  private String join(TestClient client, String name, Object... more) {
    var payload = new ArrayList<Object>(List.of("roomId", room, "userName", name));
    payload.addAll(List.of(more));
    JsonNode answer = client.call("join-room", with(payload.toArray()));
    assertThat(client.names()).as(answer.toString()).containsExactly("room-error");
    client.forget();
    return code(answer);
  }

  private static String code(JsonNode answer) {
    return answer.path("code").stringValue("in");
  }

  @Override
  public void close() {
    clients.forEach(TestClient::close);
  }
}
