package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and files over HTTP, with a web client of these tests' own. */
final class PagesTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<byte[]> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** A request line as no client library would send it; gives the whole answer. */
  private static String raw(String requestLine) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              (requestLine + "\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      try (InputStream in = socket.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/create", "/join", "/join/", "/room/ABC123", "/room/ABC123?x=1"})
  void TR7_pages_are_the_document_with_its_policy(String path) throws Exception {
    HttpResponse<byte[]> page = ask("GET", path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(text(page)).contains("stub client");
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(page, "Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
    assertThat(header(page, "Content-Security-Policy"))
        .contains("default-src 'self'")
        .contains("object-src 'none'")
        .doesNotContain("'unsafe-eval'");
  }

  @Test
  void TR7_unknown_path_is_404_as_text_or_as_the_document() throws Exception {
    HttpResponse<byte[]> plain = ask("GET", "/no/such/page", "Accept", "image/png");
    assertThat(plain.statusCode()).isEqualTo(404);
    assertThat(text(plain)).isEqualTo("not found");
    HttpResponse<byte[]> page = ask("GET", "/no/such/page", "Accept", "text/html");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(text(page)).contains("stub client");
    assertThat(header(page, "Content-Security-Policy")).isNotEqualTo("none");
  }

  @Test
  void TR6_health_answers_200() throws Exception {
    HttpResponse<byte[]> health = ask("GET", "/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(text(health)).isEqualTo("heart beating");
    assertThat(header(health, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(header(health, "Cache-Control")).isEqualTo("no-store");
    assertThat(text(ask("GET", "/health?x=1"))).isEqualTo("heart beating");
    assertThat(text(ask("GET", "/health/ready"))).isEqualTo("ready");
    assertThat(ask("POST", "/health").statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource({
    "/assets/app-123.js,text/javascript; charset=utf-8",
    "/assets/app-456.css,text/css; charset=utf-8",
    "/icon.svg,image/svg+xml",
    "/media/sample.mp4,video/mp4"
  })
  void TR7_files_have_their_types_and_are_fresh_or_unchanged(String path, String type)
      throws Exception {
    HttpResponse<byte[]> file = ask("GET", path);
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(header(file, "Content-Type")).isEqualTo(type);
    assertThat(header(file, "Cache-Control"))
        .isEqualTo(
            path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    String etag = header(file, "ETag");
    HttpResponse<byte[]> unchanged = ask("GET", path, "If-None-Match", etag);
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(header(unchanged, "ETag")).isEqualTo(etag);
    assertThat(ask("GET", path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> head = ask("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo("" + file.body().length);
  }

  @Test
  void TR7_scripts_are_compressed_for_clients_that_accept_it() throws Exception {
    byte[] plain = ask("GET", "/assets/app-123.js").body();
    HttpResponse<byte[]> gzip = ask("GET", "/assets/app-123.js", "Accept-Encoding", "gzip");
    assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(gzip, "Vary")).isEqualTo("Accept-Encoding");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain);
    }
    HttpResponse<byte[]> brotli =
        ask("GET", "/assets/app-123.js", "Accept-Encoding", "gzip, deflate, br");
    assertThat(header(brotli, "Content-Encoding")).isEqualTo("br");
    assertThat(brotli.body().length).isLessThan(gzip.body().length);
    assertThat(
            header(
                ask("GET", "/assets/app-123.js", "Accept-Encoding", "br;q=0, gzip;q=0.5"),
                "Content-Encoding"))
        .isEqualTo("gzip");
    assertThat(header(ask("GET", "/assets/app-123.js"), "Content-Encoding")).isEqualTo("none");
  }

  @Test
  void TR7_media_is_served_in_ranges() throws Exception {
    byte[] whole = ask("GET", "/media/sample.mp4").body();
    HttpResponse<byte[]> part = ask("GET", "/media/sample.mp4", "Range", "bytes=100-199");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(header(part, "Content-Range")).isEqualTo("bytes 100-199/" + whole.length);
    assertThat(header(part, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(whole, 100, 200));
    HttpResponse<byte[]> none = ask("GET", "/media/sample.mp4", "Range", "bytes=99999-");
    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(header(none, "Content-Range")).isEqualTo("bytes */" + whole.length);
  }

  @Test
  void TR7_range_of_another_version_gives_the_whole_file() throws Exception {
    HttpResponse<byte[]> whole = ask("GET", "/media/sample.mp4");
    HttpResponse<byte[]> other =
        ask("GET", "/media/sample.mp4", "Range", "bytes=0-9", "If-Range", "\"other\"");
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).hasSameSizeAs(whole.body());
    HttpResponse<byte[]> same =
        ask("GET", "/media/sample.mp4", "Range", "bytes=0-9", "If-Range", header(whole, "ETag"));
    assertThat(same.statusCode()).isEqualTo(206);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void TR7_other_methods_are_not_allowed(String method) throws Exception {
    HttpResponse<byte[]> response = ask(method, "/");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../etc/passwd",
        "/assets/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/%2e%2e/index.html",
        "//etc/passwd",
        "/..%5c..%5cetc%5cpasswd",
        "/assets/app-123.js%00.png",
        "/assets/app-123.js\0",
        "/manifest.txt",
        "/index.html",
        "/assets/",
        "/logback.xml",
        "/dev/watchnchill/server/app/Main.class",
        "\\..\\..\\etc\\passwd",
        "http://x/../etc/passwd"
      })
  void TR7_no_path_leads_anywhere_else(String path) throws IOException {
    String answer = raw("GET " + path + " HTTP/1.1");
    assertThat(answer).matches("(?s)HTTP/1\\.[01] (404|400) .*");
    assertThat(answer).doesNotContain("root:").doesNotContain("console.log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET", "GET /", "\0\0\0", "GET / HTTP/9.9", "get / HTTP/1.1"})
  void RB1_malformed_request_harms_no_other_client(String line) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write((line + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    assertThat(ask("GET", "/health").statusCode()).isEqualTo(200);
  }
}
