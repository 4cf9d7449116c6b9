package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.server.app.TestServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole server below a path. */
final class BasePathTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "PUBLIC_URL",
            "https://watch.example:8443/party/",
            "NODE_ENV",
            "production",
            "RATE_LIMIT_MAX_REQUESTS",
            "100000");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<byte[]> ask(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "/health,heart beating",
    "/health/ready,ready",
    "/,stub client",
    "'',stub client",
    "/room/ABC123,stub client",
    "/assets/app-123.js,",
    "/icon.svg,",
    "/media/sample.mp4,",
    "/api/socket/io/?EIO=4&transport=polling,sid",
    "/metrics,jvm_",
    "/api/rooms,rooms",
  })
  void TR16_route_answers_with_and_without_the_path(String path, String content) throws Exception {
    for (String prefix : new String[] {"/party", ""}) {
      if (prefix.isEmpty() && path.isEmpty()) {
        continue;
      }
      HttpResponse<byte[]> response = ask(prefix + path);
      assertThat(response.statusCode()).as(prefix + path).isEqualTo(200);
      assertThat(text(response)).contains(content == null ? "" : content);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/partying", "/party/party/assets/app-123.js", "/party/no", "/partyassets/x.js"})
  void TR16_path_is_taken_off_once_and_only_as_a_whole(String path) throws Exception {
    assertThat(ask(path).statusCode()).isEqualTo(404);
  }

  @Test
  void TR16_document_names_the_path_also_when_it_is_compressed() throws Exception {
    HttpResponse<byte[]> plain = ask("/party/room/ABC123");
    assertThat(text(plain))
        .contains("src=\"/party/assets/app-123.js\"", "content=\"/party/\"")
        .doesNotContain("=\"/assets");
    HttpResponse<byte[]> gzip = ask("/create", "Accept-Encoding", "br, gzip");
    assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain.body());
    }
    String tag = plain.headers().firstValue("ETag").orElseThrow();
    assertThat(ask("/party/", "If-None-Match", "W/" + tag).statusCode()).isEqualTo(304);
    assertThat(tag).isNotEqualTo(Assets.load().document().etag());
  }

  @Test
  void TR14_websocket_of_the_public_origin_opens_whatever_host_says() throws Exception {
    for (String path : new String[] {"/party/api/socket/io/", "/api/socket/io"}) {
      WebSocket socket = socket("https://watch.example:8443", path);
      socket.abort();
    }
    assertThatThrownBy(() -> socket("https://evil.example", "/party/api/socket/io/"))
        .isInstanceOf(CompletionException.class);
  }

  private static WebSocket socket(String origin, String path) {
    URI uri =
        URI.create(server.url().replace("http:", "ws:") + path + "?EIO=4&transport=websocket");
    return HTTP.newWebSocketBuilder()
        .header("Origin", origin)
        .buildAsync(uri, new WebSocket.Listener() {})
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void TR17_page_and_every_other_answer_have_their_headers() throws Exception {
    HttpResponse<byte[]> secure =
        ask("/party/room/ABC123", "X-Forwarded-Proto", "https", "X-Forwarded-For", "203.0.113.7");
    String policy = secure.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy).contains("connect-src 'self' https:;").doesNotContain("ws:");
    assertThat(policy)
        .contains("; script-src 'self' https://www.youtube.com https://geo.dailymotion.com;")
        .contains(
            "; frame-src 'self' https://www.youtube.com https://www.youtube-nocookie.com"
                + " https://player.vimeo.com https://player.twitch.tv https://geo.dailymotion.com;");
    assertThat(ask("/party/").headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("connect-src 'self' https: http:;")
        .doesNotContain("ws:");
    assertThat(secure.headers().firstValue("Cross-Origin-Opener-Policy"))
        .contains("same-origin-allow-popups");
    assertThat(secure.headers().firstValue("Permissions-Policy").orElseThrow())
        .contains("camera=(self)", "microphone=(self)", "geolocation=()")
        .contains("autoplay=(self \"https://www.youtube.com\"")
        .contains("\"https://player.vimeo.com\"", "\"https://player.twitch.tv\"")
        .contains("fullscreen=(self \"https://www.youtube.com\"")
        .contains("picture-in-picture=(self \"https://www.youtube.com\"");
    assertThat(secure.headers().firstValue("Referrer-Policy"))
        .contains("strict-origin-when-cross-origin");
    for (String path :
        new String[] {
          "/health", "/metrics", "/no/such", "/assets/none.js", "/party/", "/icon.svg"
        }) {
      HttpResponse<byte[]> response = ask(path);
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(response.headers().firstValue("Cache-Control")).as(path).isPresent();
    }
    assertThat(ask("/assets/none.js").headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void TR17_peertube_frame_allows_the_one_instance_that_its_address_names() throws Exception {
    String asked = "/party/peertube.html?origin=https%3A%2F%2Ftube.example%3A9000&id=x";
    HttpResponse<byte[]> frame = ask(asked);
    assertThat(new String(frame.body(), StandardCharsets.UTF_8)).contains("stub frame");
    assertThat(frame.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'; ", "; frame-src https://tube.example:9000; ")
        .contains("; frame-ancestors 'self'; ");
    assertThat(frame.headers().firstValue("Permissions-Policy").orElseThrow())
        .contains("autoplay=(self \"https://tube.example:9000\")", "camera=()", "microphone=()");
    assertThat(
            ask("/party/peertube.html")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow())
        .contains("; frame-src 'none'; ");
  }

  @ParameterizedTest
  @CsvSource({
    "/party,/party",
    "/party/,/party",
    "/a/b.c/,/a/b.c",
    "/,''",
    "'',''",
    "' /x ',/x",
  })
  void TR16_path_is_read_as_operators_write_it(String text, String path) {
    assertThat(BasePath.of(text).value()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "party", "/a//b", "//", "/a/..", "/.", "/a b", "/a?b", "/a#b", "/%61", "/room", "/api/x",
        "/health", "/a\"b", "/<x>"
      })
  void TR16_malformed_base_path_is_rejected_at_start(String text) {
    assertThatThrownBy(() -> BasePath.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("base path");
  }
}
