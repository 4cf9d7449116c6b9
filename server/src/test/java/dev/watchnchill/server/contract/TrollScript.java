package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A room with a host, ten friends behind one address, and a troll behind the same one, on one
 * server or on several.
 */
final class TrollScript implements AutoCloseable {
  private static final String PASSWORD = "open sesame";
  private static final int FRIENDS = 10;

  private final List<TestServer> servers;
  private final String home;
  private final String neighbour;
  private final TestClient host;
  private final String invite;
  private final List<TestClient> friends = new ArrayList<>();
  private final List<String> seats = new ArrayList<>();

  TrollScript(List<TestServer> servers, String home, String neighbour) {
    this.servers = servers;
    this.home = home;
    this.neighbour = neighbour;
    host = Pages.open(servers.getFirst(), "192.0.2.1", Pages.keyOf("host"));
    host.create("Ann");
    invite = host.must("create-invite", host.here()).get("token").stringValue();
    for (int i = 0; i < FRIENDS; i++) {
      TestClient friend = Pages.open(server(i), home, Pages.keyOf("friend " + i));
      seats.add(friend.join(host.roomId(), name(i)).get("sessionToken").stringValue());
      friends.add(friend);
    }
  }

  private static String name(int friend) {
    return "Friend " + friend;
  }

  private TestServer server(int number) {
    return servers.get(number % servers.size());
  }

  /** The whole story. */
  void run() {
    try (var troll = new Troll(servers, host.roomId(), home, neighbour)) {
      host.forget();
      host.must("remove-member", host.here("userId", troll.userId(), "ban", TestClient.with()));
      troll.awaitBanned();
      host.forget();
      for (String entry : List.of("link", "password", "approval", "closed")) {
        enterBy(entry);
        for (TestServer server : servers) {
          assertAllBanned(troll.tryAll(server, name(3), invite, PASSWORD));
          assertThat(troll.speakUp(server)).containsOnly("not_authenticated");
        }
        refresh(entry.length() % FRIENDS);
      }
      host.must("set-settings", host.here("entry", "link"));
      assertNothingHappened();
      assertFriendsAreThere();
      anotherPersonMayCome();
    }
  }

  private void enterBy(String entry) {
    if (entry.equals("password")) {
      host.must("set-password", host.here("password", PASSWORD));
    }
    host.must("set-settings", host.here("entry", entry));
  }

  private static void assertAllBanned(Map<String, String> codes) {
    assertThat(codes).allSatisfy((way, code) -> assertThat(code).as(way).isEqualTo("banned"));
  }

  /** A friend comes back to the seat in another tab. */
  private void refresh(int number) {
    friends.get(number).close();
    host.take("user-away");
    var auth = Map.of("sessionToken", seats.get(number), "roomId", host.roomId());
    TestClient back = Pages.open(server(number + 1), home, Pages.keyOf("friend " + number), auth);
    assertThat(back.take("room-joined").get("resumed").booleanValue()).isTrue();
    friends.set(number, back);
    host.take("user-returned");
  }

  private void assertNothingHappened() {
    host.expectNothing("user-joined", "user-left", "knock", "bans-changed", "new-message");
    assertThat(host.must("get-knocks", host.here()).get("knocks")).isEmpty();
    assertThat(host.must("get-bans", host.here()).get("bans")).hasSize(1);
  }

  private void assertFriendsAreThere() {
    host.forget();
    for (TestClient friend : friends) {
      friend.must("send-message", TestClient.with("roomId", host.roomId(), "message", "hello"));
      assertThat(host.take("new-message").get("message").get("message").stringValue())
          .isEqualTo("hello");
    }
    JsonNode users = host.join(host.roomId(), "Ann").get("room").get("users");
    assertThat(users).hasSize(1 + FRIENDS);
    assertThat(users.toString()).doesNotContain(Troll.NAME).doesNotContain("\"away\"");
  }

  /** Nothing tells the same person from another one who has another address and browser. */
  private void anotherPersonMayCome() {
    try (TestClient other = Pages.open(server(1), "192.0.2.77", Pages.keyOf("another person"))) {
      other.join(host.roomId(), Troll.NAME);
    }
  }

  @Override
  public void close() {
    host.close();
    friends.forEach(TestClient::close);
  }
}
