package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages whose limit answers later, from another thread. */
final class LateLimitTest {
  private final BlockingQueue<CompletableFuture<RequestLimit.Verdict>> asked =
      new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private SocketIoServer server = start();
  private int port;

  private SocketIoServer start() {
    var addresses = new ClientAddresses(List.of());
    var routes =
        new HttpRoutes(
            Assets.load(),
            new OwnOrigins(List.of(), null),
            addresses,
            _ -> {
              var verdict = new CompletableFuture<RequestLimit.Verdict>();
              asked.add(verdict);
              return verdict;
            },
            null,
            () -> true,
            new MetricsRoute(
                List.of(), addresses, _ -> new MetricsRoute.Text("", ""), Runnable::run),
            DirectoryRoute.OFF,
            null);
    // One event loop: a wait on it stops all clients.
    return SocketIoServer.create(
        SocketIoConfig.builder().eventLoops(1).httpHandler(routes).build());
  }

  @BeforeEach
  void open() throws Exception {
    port = server.start("127.0.0.1", 0);
  }

  @AfterEach
  void close() {
    server.close(Duration.ofSeconds(1));
    http.close();
  }

  private CompletableFuture<HttpResponse<String>> get(String path) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void RL1_only_the_counted_request_waits_for_its_count() throws Exception {
    var page = get("/create");
    CompletableFuture<RequestLimit.Verdict> count = asked.take();
    assertThat(get("/health").join().body()).isEqualTo("heart beating");
    assertThat(page).isNotDone();
    count.complete(new RequestLimit.Verdict(true, 5, 4, 60));
    assertThat(page.join().statusCode()).isEqualTo(200);
    assertThat(page.join().headers().firstValue("X-RateLimit-Remaining")).hasValue("4");
  }

  @Test
  void RL1_files_of_the_page_are_not_counted_with_pages() throws Exception {
    assertThat(get("/assets/none.js").join().statusCode()).isEqualTo(404);
    assertThat(asked).isEmpty();
  }

  @Test
  void RL1_late_rejection_has_retry_after() throws Exception {
    var page = get("/create");
    asked.take().complete(new RequestLimit.Verdict(false, 5, 0, 60));
    assertThat(page.join().statusCode()).isEqualTo(429);
    assertThat(page.join().headers().firstValue("Retry-After")).hasValue("60");
  }

  @Test
  void TR7_count_that_fails_late_is_500() throws Exception {
    var page = get("/create");
    asked.take().completeExceptionally(new IllegalStateException("this count fails"));
    assertThat(page.join().statusCode()).isEqualTo(500);
    assertThat(page.join().body()).isEqualTo("internal server error");
  }

  @Test
  void RL1_client_that_disconnects_before_the_count_harms_no_other() throws Exception {
    CompletableFuture<RequestLimit.Verdict> count;
    try (var gone = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      gone.getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      count = asked.take();
    }
    count.complete(new RequestLimit.Verdict(true, 5, 4, 60));
    assertThat(get("/health").join().statusCode()).isEqualTo(200);
  }
}
