package dev.watchnchill.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.server.password.PasswordOutcome;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.socketio.SocketIoMetrics;
import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.limit.ConnectionMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetricsTest {
  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  /** The value of that series; fails when there is none. */
  private double scraped(String series) {
    return metrics
        .scrape(Metrics.TEXT)
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series));
  }

  @Test
  void MX1_drift_and_bound_are_histograms_in_seconds() {
    metrics.viewer(0, 0.4, "synced");
    metrics.viewer(16.7, 20, "synced");
    metrics.viewer(16.8, 21, "correcting");
    metrics.viewer(90_000, 60_000, "buffering");
    assertThat(scraped("watchnchill_viewer_drift_seconds_bucket{le=\"0.001\"}")).isEqualTo(1);
    assertThat(scraped("watchnchill_viewer_drift_seconds_bucket{le=\"0.0167\"}")).isEqualTo(2);
    assertThat(scraped("watchnchill_viewer_drift_seconds_bucket{le=\"0.033\"}")).isEqualTo(3);
    assertThat(scraped("watchnchill_viewer_drift_seconds_bucket{le=\"5.0\"}")).isEqualTo(3);
    assertThat(scraped("watchnchill_viewer_drift_seconds_bucket{le=\"+Inf\"}")).isEqualTo(4);
    assertThat(scraped("watchnchill_viewer_drift_seconds_count")).isEqualTo(4);
    assertThat(scraped("watchnchill_viewer_drift_seconds_sum")).isEqualTo(90.0335);
    assertThat(scraped("watchnchill_viewer_clock_bound_seconds_bucket{le=\"0.02\"}")).isEqualTo(2);
    assertThat(scraped("watchnchill_viewer_clock_bound_seconds_count")).isEqualTo(4);
    assertThat(scraped("watchnchill_viewer_reports_total{state=\"synced\"}")).isEqualTo(2);
    assertThat(scraped("watchnchill_viewer_reports_total{state=\"correcting\"}")).isEqualTo(1);
    assertThat(scraped("watchnchill_viewer_reports_total{state=\"failed\"}")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "seek,false,ready",
    "seek,true,deadline",
    "stall,false,ready",
    "stall,true,deadline",
  })
  void MX1_waits_are_recorded_by_reason_and_outcome(
      String reason, boolean deadline, String outcome) {
    metrics.prepared(reason, 850, deadline);
    String series = "watchnchill_barrier_wait_seconds_%s{outcome=\"%s\",reason=\"%s\"%s}";
    assertThat(scraped(series.formatted("bucket", outcome, reason, ",le=\"0.7\""))).isZero();
    assertThat(scraped(series.formatted("bucket", outcome, reason, ",le=\"1.0\""))).isEqualTo(1);
    assertThat(scraped(series.formatted("sum", outcome, reason, ""))).isEqualTo(0.85);
  }

  @Test
  void MX1_starts_stalls_and_seeks_are_counted() {
    metrics.lead(148.5);
    metrics.stalled();
    metrics.stalled();
    metrics.corrected(3);
    metrics.corrected(0);
    metrics.corrected(-5);
    assertThat(scraped("watchnchill_start_lead_seconds_bucket{le=\"0.1\"}")).isZero();
    assertThat(scraped("watchnchill_start_lead_seconds_bucket{le=\"0.15\"}")).isEqualTo(1);
    assertThat(scraped("watchnchill_stalls_total")).isEqualTo(2);
    assertThat(scraped("watchnchill_corrective_seeks_total")).isEqualTo(3);
  }

  @Test
  void MX1_every_state_and_reason_of_the_rooms_has_its_label() {
    for (ViewerReport.State state : ViewerReport.State.values()) {
      String word = state.name().toLowerCase(Locale.ROOT);
      metrics.viewer(1, 1, word);
      assertThat(scraped("watchnchill_viewer_reports_total{state=\"" + word + "\"}")).isEqualTo(1);
    }
    for (ReadyBarrier.Reason reason : ReadyBarrier.Reason.values()) {
      metrics.prepared(reason.name().toLowerCase(Locale.ROOT), 1, false);
    }
    assertThat(metrics.scrape(Metrics.TEXT)).doesNotContain("reason=\"other\"");
  }

  @Test
  void MX1_unknown_values_make_no_labels() {
    for (int i = 0; i < 100; i++) {
      metrics.viewer(1, 1, "state" + i);
      metrics.prepared("reason" + i, 1, i % 2 == 0);
    }
    assertThat(scraped("watchnchill_viewer_reports_total{state=\"other\"}")).isEqualTo(100);
    assertThat(
            scraped("watchnchill_barrier_wait_seconds_count{outcome=\"ready\",reason=\"other\"}"))
        .isEqualTo(50);
    assertThat(metrics.scrape(Metrics.TEXT)).doesNotContain("state1").doesNotContain("reason1");
  }

  @Test
  void MX1_value_that_is_no_duration_is_not_recorded() {
    for (double ms : new double[] {Double.NaN, -1, Double.NEGATIVE_INFINITY}) {
      metrics.viewer(ms, ms, "synced");
      metrics.lead(ms);
      metrics.prepared("seek", ms, false);
    }
    assertThat(scraped("watchnchill_viewer_drift_seconds_count")).isZero();
    assertThat(scraped("watchnchill_viewer_clock_bound_seconds_count")).isZero();
    assertThat(scraped("watchnchill_start_lead_seconds_count")).isZero();
  }

  @Test
  void MX1_events_are_counted_by_name_and_outcome() {
    EventCounters events = metrics.events();
    events.count(ClientEvent.PLAY_VIDEO, null);
    events.count(ClientEvent.PLAY_VIDEO, ErrorCode.NOT_HOST);
    events.count(ClientEvent.PLAY_VIDEO, ErrorCode.NOT_HOST);
    events.countUnknown();
    String series = "watchnchill_events_total{event=\"%s\",outcome=\"%s\"}";
    assertThat(scraped(series.formatted("play-video", "ok"))).isEqualTo(1);
    assertThat(scraped(series.formatted("play-video", "not_host"))).isEqualTo(2);
    assertThat(scraped(series.formatted("unknown", "unknown_event"))).isEqualTo(1);
    for (ClientEvent event : ClientEvent.values()) {
      assertThat(scraped(series.formatted(event.wireName(), "ok"))).isNotNegative();
    }
  }

  @Test
  void MX1_checks_of_passwords_are_counted_by_outcome() {
    String series = "watchnchill_password_checks_total{outcome=\"%s\"}";
    for (PasswordOutcome outcome : PasswordOutcome.values()) {
      assertThat(scraped(series.formatted(outcome.wireName()))).isZero();
    }
    metrics.passwords().count(PasswordOutcome.WRONG);
    metrics.passwords().count(PasswordOutcome.WRONG);
    metrics.passwords().count(PasswordOutcome.LIMITED);
    assertThat(scraped(series.formatted("wrong"))).isEqualTo(2);
    assertThat(scraped(series.formatted("limited"))).isEqualTo(1);
    assertThat(scraped(series.formatted("right"))).isZero();
  }

  @Test
  void MX1_load_and_transport_are_reported_as_of_the_scrape() {
    int[] rooms = {7};
    metrics.watchLoad(() -> rooms[0], () -> 12);
    metrics.watchTransport(() ->
        new SocketIoMetrics(
            1,
            2,
            30,
            40,
            5,
            Map.of(CloseReason.PING_TIMEOUT, 6L),
            true,
            7,
            8,
            new ConnectionMetrics(7, 8, 9, 10, 11, 12)));
    System.gc();
    assertThat(scraped("watchnchill_rooms")).isEqualTo(7);
    rooms[0] = 8;
    assertThat(scraped("watchnchill_rooms")).isEqualTo(8);
    assertThat(scraped("watchnchill_sockets")).isEqualTo(12);
    assertThat(scraped("watchnchill_sessions{transport=\"polling\"}")).isEqualTo(1);
    assertThat(scraped("watchnchill_sessions{transport=\"websocket\"}")).isEqualTo(2);
    assertThat(scraped("watchnchill_packets_total{direction=\"in\"}")).isEqualTo(30);
    assertThat(scraped("watchnchill_packets_total{direction=\"out\"}")).isEqualTo(40);
    assertThat(scraped("watchnchill_packets_dropped_total")).isEqualTo(5);
    assertThat(scraped("watchnchill_memory_short")).isEqualTo(1);
    assertThat(scraped("watchnchill_input_buffered_bytes")).isEqualTo(7);
    assertThat(scraped("watchnchill_handshakes_refused_total")).isEqualTo(8);
    assertThat(scraped("watchnchill_connections")).isEqualTo(7);
    String refused = "watchnchill_connections_refused_total{reason=\"%s\"}";
    assertThat(scraped(refused.formatted("address"))).isEqualTo(8);
    assertThat(scraped(refused.formatted("total"))).isEqualTo(9);
    assertThat(scraped("watchnchill_connections_evicted_total{reason=\"idle\"}")).isEqualTo(10);
    assertThat(scraped(refused.formatted("accept"))).isEqualTo(11);
    assertThat(scraped(refused.formatted("proxy_header"))).isEqualTo(12);
    assertThat(scraped("watchnchill_sessions_closed_total{reason=\"ping_timeout\"}")).isEqualTo(6);
    assertThat(scraped("watchnchill_sessions_closed_total{reason=\"slow_consumer\"}")).isZero();
  }

  @Test
  void MX1_process_is_reported_too() {
    assertThat(scraped("process_uptime_seconds")).isPositive();
    assertThat(scraped("jvm_threads_live_threads")).isPositive();
    assertThat(metrics.scrape(Metrics.TEXT)).contains("jvm_memory_used_bytes{area=\"heap\"");
  }

  @Test
  void MX1_open_metrics_for_clients_that_accept_it() {
    assertThat(Metrics.contentType(null)).isEqualTo(Metrics.TEXT);
    assertThat(Metrics.contentType("text/plain;version=0.0.4")).isEqualTo(Metrics.TEXT);
    assertThat(
            Metrics.contentType(
                "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.5,*/*;q=0.1"))
        .isEqualTo(Metrics.OPEN_METRICS);
    assertThat(metrics.scrape(Metrics.OPEN_METRICS)).endsWith("# EOF\n");
    assertThat(metrics.scrape(Metrics.TEXT)).doesNotContain("# EOF");
  }

  @Test
  void MX1_operating_guide_names_every_metric() throws IOException {
    metrics.watchLoad(() -> 0, () -> 0);
    metrics.watchTransport(
        () -> new SocketIoMetrics(0, 0, 0, 0, 0, Map.of(), false, 0, 0, ConnectionMetrics.NONE));
    String guide = Files.readString(Path.of("..", "docs", "OPERATING.md"));
    List<String> names =
        metrics
            .scrape(Metrics.TEXT)
            .lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.split(" ", -1)[2])
            .filter(name -> !name.endsWith("_max"))
            .toList();
    assertThat(names).hasSizeGreaterThan(30);
    assertThat(names).allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
  }

  @Test
  void MX1_to_record_allocates_nothing() {
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int i = 0; i < 110_000; i++) {
      if (i == 10_000) {
        before = thread.getCurrentThreadAllocatedBytes();
      }
      metrics.viewer(i % 100, 3, "synced");
      metrics.prepared("stall", i % 1_000, false);
      metrics.lead(150);
      metrics.stalled();
      metrics.corrected(1);
      metrics.events().count(ClientEvent.CLOCK, null);
    }
    // The smallest object is 8 bytes.
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(8L * 100_000);
  }
}
