package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.contract.TestClient;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The content of {@code /metrics}, and the clients that may read it. */
final class MetricsPageTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static HttpResponse<String> ask(String method, String url, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> scrape(TestServer server, String... headers)
      throws IOException, InterruptedException {
    return ask("GET", server.url() + "/metrics", headers);
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
  void MX1_text_of_prometheus_or_open_metrics() throws Exception {
    try (TestServer server = TestServer.start()) {
      HttpResponse<String> text = scrape(server);
      assertThat(text.statusCode()).isEqualTo(200);
      assertThat(header(text, "Content-Type"))
          .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
      assertThat(header(text, "Cache-Control")).isEqualTo("no-store");
      assertThat(text.body()).contains("# TYPE watchnchill_rooms gauge\nwatchnchill_rooms 0.0\n");
      HttpResponse<String> open =
          scrape(server, "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
      assertThat(header(open, "Content-Type"))
          .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
      assertThat(open.body()).endsWith("# EOF\n");
      HttpResponse<String> head = ask("HEAD", server.url() + "/metrics?x=1");
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(ask("POST", server.url() + "/metrics").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void MX1_load_and_events_of_real_sockets() throws Exception {
    try (TestServer server = TestServer.start();
        TestClient ann = TestClient.base(server).create("Ann")) {
      ann.call("play-video", ann.here("currentTime", "soon"));
      ann.call("send-message", ann.here("message", "hello"));
      ann.call("no-such-event", ann.here());
      ann.call("evil\"} 1\nfake_metric 1", ann.here());
      String text = scrape(server).body();
      assertThat(text)
          .contains("\nwatchnchill_rooms 1.0\n")
          .contains("\nwatchnchill_sockets 1.0\n")
          .contains("\nwatchnchill_sessions{transport=\"websocket\"} 1.0\n")
          .contains("{event=\"create-room\",outcome=\"ok\"} 1.0\n")
          .contains("{event=\"send-message\",outcome=\"ok\"} 1.0\n")
          .contains("{event=\"play-video\",outcome=\"ok\"} 0.0\n")
          .contains("{event=\"play-video\",outcome=\"invalid_data\"} 1.0\n")
          .contains("{event=\"unknown\",outcome=\"unknown_event\"} 2.0\n")
          .doesNotContain("no-such-event")
          .doesNotContain("fake_metric")
          .doesNotContain(ann.roomId());
    }
  }

  @Test
  void MX1_how_well_a_real_room_keeps_together() throws Exception {
    try (TestServer server = TestServer.start();
        TestClient ann = TestClient.extended(server).create("Ann")) {
      ann.must("set-video", ann.here("videoUrl", "https://films.example/one.mp4"));
      ann.must("play-video", ann.here("currentTime", 10));
      report(ann, -12.5, 2);
      report(ann, 30, 5);
      JsonNode sought = ann.must("seek-video", ann.here("currentTime", 300));
      ann.must("ready", ann.here("seq", sought.get("seq").longValue()));
      ann.must("buffering", ann.here("seq", sought.get("seq").longValue() + 1));
      assertThat(scrape(server).body())
          .contains("\nwatchnchill_viewer_drift_seconds_bucket{le=\"0.01\"} 0\n")
          .contains("\nwatchnchill_viewer_drift_seconds_bucket{le=\"0.0167\"} 1\n")
          .contains("\nwatchnchill_viewer_drift_seconds_bucket{le=\"0.033\"} 2\n")
          .contains("\nwatchnchill_viewer_clock_bound_seconds_count 2\n")
          .contains("\nwatchnchill_viewer_reports_total{state=\"correcting\"} 2.0\n")
          .contains("\nwatchnchill_corrective_seeks_total 3.0\n")
          .contains("\nwatchnchill_start_lead_seconds_count 2\n")
          .contains("\nwatchnchill_stalls_total 1.0\n")
          .contains(
              "\nwatchnchill_barrier_wait_seconds_count{outcome=\"ready\",reason=\"seek\"} 1\n");
    }
  }

  private static void report(TestClient client, double driftMs, int seeks) {
    client.must(
        "clock",
        TestClient.with(
            "t1",
            1,
            "report",
            Map.of("drift", driftMs, "bound", 4, "state", "correcting", "seeks", seeks)));
  }

  @Test
  void MX1_scrapes_are_not_counted_as_requests() throws Exception {
    try (TestServer server =
        production("RATE_LIMIT_MAX_REQUESTS", "2", "RATE_LIMIT_WINDOW_MS", "3600000")) {
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> response = scrape(server);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "X-RateLimit-Limit")).isEqualTo("none");
      }
      assertThat(header(ask("GET", server.url() + "/"), "X-RateLimit-Remaining")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "198.51.100.7",
        "127.0.0.1, 198.51.100.7",
        "198.51.100.7, unknown",
        "198.51.100.7:4711",
        "2001:db8::7"
      })
  void MX2_production_answers_other_clients_with_404(String forwarded) throws Exception {
    try (TestServer server = production()) {
      HttpResponse<String> refused = scrape(server, "X-Forwarded-For", forwarded);
      HttpResponse<String> nothing =
          ask("GET", server.url() + "/no-such-path", "X-Forwarded-For", forwarded);
      assertThat(refused.statusCode()).isEqualTo(404);
      assertThat(refused.body()).isEqualTo(nothing.body());
      assertThat(refused.headers().map().keySet()).isEqualTo(nothing.headers().map().keySet());
      assertThat(header(nothing, "X-RateLimit-Remaining")).isEqualTo("358");
      assertThat(scrape(server).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.0/24|198.51.100.7|200",
        "198.51.100.0/24|127.0.0.1|404",
        "198.51.100.0/24|198.51.101.7|404",
        "10.0.0.1, 2001:db8::/32|2001:db8::7|200",
        "10.0.0.1, 2001:db8::/32|10.0.0.1|200",
        "10.0.0.1, 2001:db8::/32|10.0.0.2|404",
        "none|127.0.0.1|404"
      })
  void MX2_networks_that_may_read_are_configured(String allowed, String client, int status)
      throws Exception {
    try (TestServer server = production("METRICS_ALLOWED", allowed)) {
      assertThat(scrape(server, "X-Forwarded-For", client).statusCode()).isEqualTo(status);
    }
    try (TestServer server = TestServer.start("METRICS_ALLOWED", allowed)) {
      assertThat(scrape(server, "X-Forwarded-For", client).statusCode()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "198.51.100.7", "2001:db8::7"})
  void MX2_development_allows_every_client(String client) throws Exception {
    try (TestServer server = TestServer.start()) {
      assertThat(scrape(server, "X-Forwarded-For", client).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void MX1_metrics_that_fail_are_500() throws Exception {
    var addresses = new ClientAddresses(List.of());
    var route =
        new MetricsRoute(
            List.of("127.0.0.1"),
            addresses,
            _ -> {
              throw new IllegalStateException("these metrics fail");
            },
            Thread::startVirtualThread);
    SocketIoServer server =
        SocketIoServer.create(
            SocketIoConfig.builder()
                .httpHandler(
                    new HttpRoutes(
                        Assets.load(),
                        new OwnOrigins(List.of(), null),
                        addresses,
                        null,
                        null,
                        () -> true,
                        route,
                        DirectoryRoute.OFF,
                        null))
                .build());
    String url = "http://127.0.0.1:" + server.start("127.0.0.1", 0);
    try {
      HttpResponse<String> failed = ask("GET", url + "/metrics");
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.body()).isEqualTo("internal server error");
      assertThat(ask("GET", url + "/health").statusCode()).isEqualTo(200);
    } finally {
      server.close(Duration.ofSeconds(1));
    }
  }
}
