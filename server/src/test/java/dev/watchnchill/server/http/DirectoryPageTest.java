package dev.watchnchill.server.http;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.contract.TestClient;
import io.netty.handler.codec.http.FullHttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory over HTTP. */
final class DirectoryPageTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String NO_ROOMS = "{\"rooms\":[],\"next\":null}";

  private static HttpResponse<String> ask(String method, TestServer server, String path)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(TestServer server, String path)
      throws IOException, InterruptedException {
    return ask("GET", server, path);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  private static void awaitRooms(TestServer server, String json) {
    await().until(() -> get(server, "/api/rooms").body(), json::equals);
  }

  @Test
  void EN12_listed_rooms_with_members_are_shown_as_they_are() throws Exception {
    try (TestServer server = TestServer.start();
        TestClient ann = TestClient.extended(server).create("Ann");
        TestClient bob = TestClient.extended(server);
        TestClient secret = TestClient.extended(server).create("Cleo")) {
      assertThat(get(server, "/api/rooms").body()).isEqualTo(NO_ROOMS);
      ann.must("set-settings", ann.here("listed", true));
      awaitRooms(
          server,
          ("{\"rooms\":[{\"roomId\":\"%s\",\"title\":null,\"film\":null,\"members\":1,"
                  + "\"entry\":\"link\",\"playing\":false}],\"next\":null}")
              .formatted(ann.roomId()));
      ann.must("set-settings", ann.here("title", "Café \"Kino\" 映画"));
      ann.must("set-video", ann.here("videoUrl", "https://films.example/one.mp4"));
      ann.must("play-video", ann.here("currentTime", 0));
      bob.join(ann.roomId(), "Bob");
      ann.must("set-settings", ann.here("entry", "approval"));
      awaitRooms(
          server,
          ("{\"rooms\":[{\"roomId\":\"%s\",\"title\":\"Café \\\"Kino\\\" 映画\","
                  + "\"film\":{\"videoUrl\":\"https://films.example/one.mp4\","
                  + "\"videoType\":\"video\"},\"members\":2,\"entry\":\"approval\","
                  + "\"playing\":true}],\"next\":null}")
              .formatted(ann.roomId()));
      secret.must("set-settings", secret.here("listed", true));
      await()
          .until(() ->
              get(server, "/api/rooms?limit=1").body().contains("\"next\":\"")
                  && get(server, "/api/rooms").body().contains(secret.roomId()));
      secret.must("set-settings", secret.here("listed", false));
      bob.must("leave-room", bob.here());
      ann.must("leave-room", ann.here());
      awaitRooms(server, NO_ROOMS);
    }
  }

  @Test
  void EN12_room_may_be_listed_from_its_creation() throws Exception {
    try (TestServer server = TestServer.start();
        TestClient ann = TestClient.extended(server)) {
      String room =
          ann.must("create-room", with("hostName", "Ann", "settings", Map.of("listed", true)))
              .get("roomId")
              .stringValue();
      assertThat(get(server, "/api/rooms").body()).contains(room);
    }
  }

  @Test
  void OC5_name_of_an_own_copy_is_not_in_the_directory() throws Exception {
    try (TestServer server = TestServer.start();
        TestClient ann = TestClient.extended(server).create("Ann")) {
      ann.must("set-settings", ann.here("listed", true));
      String hashes = "0".repeat(64);
      String copy = "local:name=Secret.mkv&size=1&duration=9&sha256=" + hashes;
      ann.must("set-video", ann.here("videoUrl", copy + "." + hashes + "." + hashes));
      ann.must("play-video", ann.here("currentTime", 0));
      await().until(() -> get(server, "/api/rooms").body().contains("\"playing\":true"));
      assertThat(get(server, "/api/rooms").body())
          .contains("\"film\":null")
          .doesNotContain("Secret");
    }
  }

  @Test
  void EN12_answer_is_json_that_may_be_cached_for_two_seconds() throws Exception {
    try (TestServer server = TestServer.start()) {
      HttpResponse<String> page = get(server, "/api/rooms?x=1&after=ABC123&limit=50");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(header(page, "Content-Type")).isEqualTo("application/json");
      assertThat(header(page, "Cache-Control")).isEqualTo("public, max-age=2");
      assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(page.body()).isEqualTo(NO_ROOMS);
      HttpResponse<String> head = ask("HEAD", server, "/api/rooms");
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(header(head, "Content-Length")).isEqualTo("" + NO_ROOMS.length());
      assertThat(ask("POST", server, "/api/rooms").statusCode()).isEqualTo(405);
      assertThat(get(server, "/api/rooms/").statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=51",
        "limit=-1",
        "limit=",
        "limit",
        "limit=05",
        "limit=1e1",
        "limit=%D9%A1",
        "limit=99999999999999999999",
        "limit=1&limit=1",
        "after=",
        "after=abc123",
        "after=ABC12",
        "after=ABC1234",
        "after=ABC123%0A",
        "after=ABC123%00",
        "after=ABC123&after=ABC124",
        "after=%22%3E%3Cscript%3E",
        "after=%",
        "after=%zz",
        "%"
      })
  void EN12_hostile_query_is_400_in_one_line(String query) {
    var route =
        DirectoryRoute.of((_, _) -> {
          throw new AssertionError("a page is asked for");
        });
    FullHttpResponse response = route.answer("/api/rooms?" + query).join();
    String line = response.content().toString(StandardCharsets.UTF_8);
    assertThat(response.status().code()).isEqualTo(400);
    assertThat(line).hasSizeBetween(1, 80).doesNotContain("\n").doesNotContain("script");
    response.release();
  }

  @Test
  void EN12_query_is_bounded() throws Exception {
    try (TestServer server = TestServer.start()) {
      assertThat(get(server, "/api/rooms?" + "x".repeat(255)).statusCode()).isEqualTo(200);
      HttpResponse<String> tooLong = get(server, "/api/rooms?" + "x".repeat(256));
      assertThat(tooLong.statusCode()).isEqualTo(400);
      assertThat(tooLong.body()).isEqualTo("the query is longer than 256 characters");
      assertThat(header(tooLong, "Cache-Control")).isEqualTo("no-store");
      assertThat(get(server, "/api/rooms?" + "&limit=1".repeat(30)).statusCode()).isEqualTo(400);
      assertThat(get(server, "/api/rooms?" + "&;=".repeat(80)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void RL1_requests_for_the_directory_are_counted() throws Exception {
    try (TestServer server =
        TestServer.start(
            "NODE_ENV", "production",
            "RATE_LIMIT_MAX_REQUESTS", "2",
            "RATE_LIMIT_WINDOW_MS", "3600000")) {
      HttpResponse<String> first = get(server, "/api/rooms");
      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(header(first, "X-RateLimit-Remaining")).isEqualTo("1");
      assertThat(get(server, "/api/rooms?limit=0").statusCode()).isEqualTo(400);
      HttpResponse<String> third = get(server, "/api/rooms");
      assertThat(third.statusCode()).isEqualTo(429);
      assertThat(header(third, "Retry-After")).isEqualTo("3600");
    }
  }

  @ParameterizedTest
  @CsvSource({"/api/rooms", "/api/rooms?limit=0", "/party/api/rooms"})
  void EN12_directory_that_is_off_answers_204(String path) throws Exception {
    try (TestServer server = TestServer.start("DIRECTORY", "off", "BASE_PATH", "/party");
        TestClient ann = TestClient.extended(server).create("Ann")) {
      ann.must("set-settings", ann.here("listed", true));
      HttpResponse<String> answer = get(server, path);
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
    }
  }
}
