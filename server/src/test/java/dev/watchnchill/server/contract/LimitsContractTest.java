package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The limits of requests, sockets and events on the wire. */
final class LimitsContractTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static HttpResponse<String> get(TestServer server, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  private static TestServer production(String... more) {
    var environment = new ArrayList<>(List.of("NODE_ENV", "production"));
    environment.addAll(List.of(more));
    return TestServer.start(environment.toArray(String[]::new));
  }

  @Test
  void LB9_requests_for_films_have_a_window_of_their_own(@TempDir Path films) throws Exception {
    try (TestServer server =
        production("RATE_LIMIT_MAX_REQUESTS", "1", "MEDIA_DIR", films.toString())) {
      for (int left = 5; left >= 0; left--) {
        HttpResponse<String> response = get(server, "/media/no-link");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(header(response, "X-RateLimit-Limit")).isEqualTo("6");
        assertThat(header(response, "X-RateLimit-Remaining")).isEqualTo("" + left);
      }
      assertThat(get(server, "/media/no-link").statusCode()).isEqualTo(429);
      assertThat(get(server, "/").statusCode()).isEqualTo(200);
      assertThat(get(server, "/").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void RL1_production_counts_requests_and_sends_the_count() throws Exception {
    try (TestServer server =
        production("RATE_LIMIT_MAX_REQUESTS", "3", "RATE_LIMIT_WINDOW_MS", "3600500")) {
      for (int left = 2; left >= 0; left--) {
        HttpResponse<String> response = get(server, left == 1 ? "/no-such-page" : "/");
        assertThat(response.statusCode()).isEqualTo(left == 1 ? 404 : 200);
        assertThat(header(response, "X-RateLimit-Limit")).isEqualTo("3");
        assertThat(header(response, "X-RateLimit-Remaining")).isEqualTo("" + left);
      }
      HttpResponse<String> over = get(server, "/");
      assertThat(over.statusCode()).isEqualTo(429);
      assertThat(over.body()).isEqualTo("Too Many Requests");
      assertThat(header(over, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
      assertThat(header(over, "Retry-After")).isEqualTo("3601");
      assertThat(header(over, "X-RateLimit-Remaining")).isEqualTo("0");
      assertThat(get(server, "/", "X-Forwarded-For", "198.51.100.7").statusCode()).isEqualTo(200);
      // Never the health check, and never the sockets.
      for (int i = 0; i < 10; i++) {
        assertThat(get(server, "/health").statusCode()).isEqualTo(200);
      }
      try (TestClient client = TestClient.base(server)) {
        client.create("Ann");
      }
    }
  }

  @Test
  void RL1_development_counts_nothing() throws Exception {
    try (TestServer server = TestServer.start("RATE_LIMIT_MAX_REQUESTS", "1")) {
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> response = get(server, "/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "X-RateLimit-Limit")).isEqualTo("none");
      }
    }
  }

  @Test
  void RL2_RL3_eleventh_socket_is_disconnected_without_an_event_until_one_leaves() {
    try (TestServer server = TestServer.with(Map.of())) {
      var ten = new ArrayList<TestClient>();
      for (int i = 0; i < 10; i++) {
        ten.add(TestClient.base(server).settle());
      }
      for (int i = 0; i < 3; i++) {
        TestClient eleventh = TestClient.options().open(server);
        assertThat(eleventh.awaitEnd()).isEqualTo("io server disconnect");
        assertThat(eleventh.everything()).isEmpty();
      }
      assertThat(server.leases()).isEqualTo(10);
      try (TestClient elsewhere =
          TestClient.options().header("X-Forwarded-For", "198.51.100.7").connect(server)) {
        elsewhere.settle();
      }
      ten.getFirst().close();
      await().until(() -> server.leases() == 9);
      ten.add(TestClient.base(server).settle());
      ten.forEach(TestClient::close);
      await().until(() -> server.leases() == 0 && server.sessions() == 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "create-room,room-error,60",
    "join-room,room-error,60",
    "resume,error,60",
    "set-video,error,100",
    "sync-check,error,100",
    "ready,error,100",
    "buffering,error,100",
    "set-rate,error,100",
    "set-waiting,error,100",
    "clock,error,100",
    "send-message,error,100"
  })
  void RL5_events_over_the_burst_are_rejected_and_nothing_changes(
      String event, String as, int burst) {
    try (TestServer server = TestServer.start("EVENT_RATE_SCALE", "1");
        TestClient client = TestClient.base(server)) {
      var answers = new ArrayList<CompletableFuture<JsonNode>>();
      for (int i = 0; i < 2 * burst; i++) {
        answers.add(client.start(event, with("roomId", "ZZZZZZ")));
      }
      var codes = new ArrayList<String>();
      for (CompletableFuture<JsonNode> answer : answers) {
        codes.add(TestClient.answerOf(answer, event).get("code").stringValue());
      }
      assertThat(codes.subList(0, burst)).containsOnly("invalid_data");
      assertThat(codes).contains("rate_limited");
      JsonNode last = TestClient.answerOf(answers.get(codes.indexOf("rate_limited")), event);
      assertThat(last.get("retryable").booleanValue()).isTrue();
      assertThat(last.get("error").stringValue()).isEqualTo("Too many requests. Please slow down.");
      for (String code : codes) {
        JsonNode error = client.take(code.equals("rate_limited") ? as : "room-error");
        assertThat(error.get("error").stringValue()).isNotEmpty();
      }
    }
  }

  @Test
  void RL5_typing_over_the_limit_is_dropped_in_silence() {
    try (TestServer server = TestServer.start("EVENT_RATE_SCALE", "0.1");
        TestClient ann = TestClient.base(server).create("Ann")) {
      String code = "";
      for (int i = 0; i < 50 && code.isEmpty(); i++) {
        code = ann.call("typing-start", ann.here()).path("code").stringValue("");
      }
      assertThat(code).isEqualTo("rate_limited");
      ann.expectNothing();
    }
  }

  @Test
  void RL6_production_limits_handshakes_of_an_address() throws Exception {
    try (TestServer server =
        production("RATE_LIMIT_SOCKET_MAX_PER_IP", "1", "RATE_LIMIT_WINDOW_MS", "3600000")) {
      String path = "/api/socket/io/?EIO=4&transport=polling";
      for (int i = 0; i < 120; i++) {
        assertThat(get(server, path).statusCode()).isEqualTo(200);
      }
      HttpResponse<String> over = get(server, path);
      assertThat(over.statusCode()).isEqualTo(429);
      assertThat(over.body()).isEqualTo("Too Many Requests");
      assertThat(header(over, "Retry-After")).isEqualTo("3600");
      assertThat(get(server, path, "X-Forwarded-For", "198.51.100.7").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void RL6_development_does_not() throws Exception {
    try (TestServer server = TestServer.start("RATE_LIMIT_SOCKET_MAX_PER_IP", "1")) {
      for (int i = 0; i < 130; i++) {
        assertThat(get(server, "/api/socket/io/?EIO=4&transport=polling").statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void TR4_production_answers_the_allowed_origins_alone() throws Exception {
    try (TestServer server =
        production("ALLOWED_ORIGINS", " https://a.example , https://b.example:8443")) {
      String path = "/api/socket/io/?EIO=4&transport=polling";
      for (String origin : List.of("https://a.example", "https://b.example:8443")) {
        HttpResponse<String> response = get(server, path, "Origin", origin);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(header(response, "Access-Control-Allow-Credentials")).isEqualTo("true");
      }
      for (String origin : List.of("https://evil.example", "http://localhost:3000", "null")) {
        assertThat(header(get(server, path, "Origin", origin), "Access-Control-Allow-Origin"))
            .isEqualTo("none");
      }
      HttpResponse<String> same = get(server, path, "Origin", server.url());
      assertThat(same.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void TR20_origins_are_compared_as_browsers_send_them() throws Exception {
    try (TestServer server =
        production(
            "ALLOWED_ORIGINS",
            "HTTPS://A.example:443/, http://my_nas.lan:80, https://bücher.example")) {
      String path = "/api/socket/io/?EIO=4&transport=polling";
      for (String origin :
          List.of("https://a.example", "http://my_nas.lan", "https://xn--bcher-kva.example")) {
        assertThat(header(get(server, path, "Origin", origin), "Access-Control-Allow-Origin"))
            .isEqualTo(origin);
      }
      for (String origin : List.of("http://a.example", "https://a.example:444")) {
        assertThat(header(get(server, path, "Origin", origin), "Access-Control-Allow-Origin"))
            .isEqualTo("none");
      }
    }
  }

  @Test
  void TR4_development_answers_localhost_3000() throws Exception {
    try (TestServer server = TestServer.start()) {
      String path = "/api/socket/io/?EIO=4&transport=polling";
      assertThat(
              header(
                  get(server, path, "Origin", "http://localhost:3000"),
                  "Access-Control-Allow-Origin"))
          .isEqualTo("http://localhost:3000");
      assertThat(
              header(
                  get(server, path, "Origin", "https://a.example"), "Access-Control-Allow-Origin"))
          .isEqualTo("none");
    }
  }

  @Test
  void TR3_handshake_names_the_heartbeat() throws Exception {
    try (TestServer server = TestServer.start()) {
      String body = get(server, "/api/socket/io/?EIO=4&transport=polling").body();
      assertThat(body)
          .startsWith("0{")
          .contains("\"pingInterval\":25000")
          .contains("\"pingTimeout\":20000")
          .contains("\"upgrades\":[\"websocket\"]");
    }
  }

  @ParameterizedTest
  @CsvSource({"polling,polling", "websocket,websocket", "polling websocket,websocket"})
  void TR2_TR5_TR8_every_transport_and_the_upgrade(String transports, String ends) {
    try (TestServer server = TestServer.start();
        TestClient client =
            TestClient.options().transports(transports.split(" ", -1)).open(server)) {
      // Said before the connection is there.
      client.emit("join-room", with("roomId", "ZZZZZZ", "userName", "Bob"));
      assertThat(client.take("room-error").get("error").stringValue()).isEqualTo("Room not found");
      client.create("Ann");
      client.must("send-message", client.here("message", ends));
      assertThat(client.take("new-message").get("message").get("message").stringValue())
          .isEqualTo(ends);
    }
  }
}
