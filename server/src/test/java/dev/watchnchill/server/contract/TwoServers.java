package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.redis.client.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** Two servers on a Redis of their own for each test, and clients that are gone after it. */
abstract class TwoServers {
  static final String FILM = "https://films.example/one.mp4";

  final RedisServer redis = new RedisServer();
  final TestServer first;
  final TestServer second;
  private final List<TestClient> clients = new ArrayList<>();
  private boolean firstIsGone;

  TwoServers(String... environment) {
    this(List.of(environment), List.of(environment));
  }

  /** Starts servers with an environment each. */
  TwoServers(List<String> ofFirst, List<String> ofSecond) {
    redis.start();
    first = server(ofFirst);
    second = server(ofSecond);
  }

  private TestServer server(List<String> environment) {
    var all = new ArrayList<String>(environment);
    all.addAll(List.of("REDIS_URL", redis.url()));
    return TestServer.start(all.toArray(String[]::new));
  }

  @AfterEach
  void end() {
    clients.forEach(TestClient::close);
    if (!firstIsGone) {
      first.close();
    }
    second.close();
    redis.close();
  }

  /** The first server says goodbye and ends. */
  final void closeFirst() {
    firstIsGone = true;
    first.close();
  }

  final TestClient stock(TestServer server) {
    return kept(TestClient.base(server));
  }

  final TestClient resumable(TestServer server) {
    return kept(TestClient.extended(server));
  }

  final TestClient kept(TestClient client) {
    clients.add(client);
    return client;
  }

  /** Returns the chat messages that the members of a room got, in order. */
  static List<String> heard(TestClient client) {
    return client.settle().everything().stream()
        .filter(heard -> heard.event().equals("new-message"))
        .map(heard -> text(heard.payload().get("message"), "message"))
        .toList();
  }

  /** Waits until that was said to it. */
  static void awaitHeard(TestClient client, String message) {
    JsonNode said;
    do {
      said = client.take("new-message").get("message");
    } while (!text(said, "message").equals(message));
  }

  static void say(TestClient client, String message) {
    client.must("send-message", client.here("message", message));
  }

  /** Where the film is now. */
  static JsonNode timeline(TestClient client) {
    client.forget().must("get-timeline", client.here());
    return client.take("timeline");
  }

  static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    assertThat(value).as("%s in %s", field, node).isNotNull();
    return value.stringValue();
  }

  /** Returns the response of {@code /health/ready}. */
  static int readiness(TestServer server) {
    var request = HttpRequest.newBuilder(URI.create(server.url() + "/health/ready")).build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
