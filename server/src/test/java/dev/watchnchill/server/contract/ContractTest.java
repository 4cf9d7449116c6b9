package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One server for a class of tests, and clients that are gone after each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractTest {
  static final String CREDENTIALS =
      "Invalid host credentials. Only the room creator can join as host.";
  static final String UUID_FORM =
      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  static final String ISO_FORM = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";
  static final String FILM = "https://films.example/one.mp4";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<TestClient> clients = new ArrayList<>();
  private final TestServer server;

  ContractTest(String... environment) {
    var all = new ArrayList<String>(Arrays.asList(environment));
    if (getClass().isAnnotationPresent(OnRedis.class)) {
      all.addAll(List.of("REDIS_URL", OnRedisTest.REDIS.url()));
    }
    server = TestServer.start(all.toArray(String[]::new));
  }

  @BeforeAll
  void begin() {
    assertThat(server.port()).isPositive();
  }

  @AfterEach
  void disconnectAll() {
    clients.forEach(TestClient::close);
    clients.clear();
  }

  @AfterAll
  void end() {
    server.close();
  }

  final TestServer server() {
    return server;
  }

  final TestClient kept(TestClient client) {
    clients.add(client);
    return client;
  }

  final TestClient base() {
    return kept(TestClient.base(server));
  }

  final TestClient extended() {
    return kept(TestClient.extended(server));
  }

  /** An extended client that brings more in its auth payload. */
  final TestClient extended(Map<String, ?> auth) {
    return kept(TestClient.options().auth(auth).connect(server));
  }

  /** A page at an address, with the key that it keeps in its browser. */
  final TestClient page(String address, String browserKey) {
    return kept(Pages.open(server, address, browserKey));
  }

  /** A stock client at an address. */
  final TestClient stockAt(String address) {
    return kept(AbuseServers.at(server, address));
  }

  /** A base client that has created a room. */
  final TestClient host(String name) {
    return base().create(name);
  }

  /** A base client that has joined that room; the room has heard of it. */
  final TestClient guest(TestClient host, String name) {
    TestClient guest = base();
    guest.join(host.roomId(), name);
    host.take("user-joined");
    return guest;
  }

  static JsonNode room(JsonNode joined) {
    return joined.get("room");
  }

  /** The names of the users in a room, in its order. */
  static List<String> users(JsonNode room) {
    var names = new ArrayList<String>();
    room.get("users").forEach(user -> names.add(user.get("name").stringValue()));
    return names;
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  /** The value of a field of each entry of a list. */
  static List<String> texts(JsonNode list, String field) {
    var all = new ArrayList<String>();
    list.forEach(entry -> all.add(text(entry, field)));
    return all;
  }

  static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    assertThat(value).as("%s in %s", field, node).isNotNull();
    return value.stringValue();
  }

  /**
   * Asserts that an event was rejected with a text, by an error event and a code, and nothing else
   * came.
   */
  static void refused(TestClient client, JsonNode answer, String event, String code, String error) {
    assertThat(text(client.take(event), "error")).isEqualTo(error);
    assertThat(answer.get("ok").booleanValue()).isFalse();
    assertThat(text(answer, "code")).isEqualTo(code);
    assertThat(text(answer, "error")).isEqualTo(error);
    client.expectNothing();
  }
}
