package dev.watchnchill.server.metrics;

import dev.watchnchill.server.runtime.port.PlaybackMetrics;
import dev.watchnchill.socketio.SocketIoMetrics;
import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.limit.ConnectionMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a server and their text at {@code /metrics} (rule MX1).
 *
 * <p>Meters of the hot path are created at the start, so that recording is cheap. Labels have a
 * fixed set of values, whatever clients send.
 */
public final class Metrics implements PlaybackMetrics, AutoCloseable {
  /** Content type for clients that do not accept OpenMetrics. */
  public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** Content type for clients that accept OpenMetrics. */
  public static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  // Half a frame of 30 per second is 16.7 ms; from 40 and 80 ms on, listeners hear an echo
  // and viewers see that lips are late.
  private static final Duration[] DRIFTS =
      buckets(1, 2, 5, 10, 16.7, 33, 40, 80, 160, 500, 1_500, 5_000);
  private static final Duration[] BOUNDS = buckets(1, 2, 5, 10, 20, 40, 80, 160, 500, 1_500);
  private static final Duration[] LEADS = buckets(100, 150, 200, 250, 300, 400, 500, 600);
  private static final Duration[] WAITS =
      buckets(100, 200, 400, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 20_000, 30_000);

  private static final List<String> STATES =
      List.of(
          "none",
          "loading",
          "ready",
          "synced",
          "correcting",
          "buffering",
          "blocked",
          "free",
          "failed",
          "stuck",
          "live",
          "ended",
          "no_copy");
  private static final List<String> REASONS = List.of("seek", "stall", "next");
  private static final String OTHER = "other";

  private record Waits(Timer ready, Timer deadline) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Timer drift =
      timer("watchnchill.viewer.drift", "How far viewers are off their target", DRIFTS)
          .register(registry);
  private final Timer bound =
      timer(
              "watchnchill.viewer.clock.bound",
              "How far viewers' estimates of server time may be off",
              BOUNDS)
          .register(registry);
  private final Timer lead =
      timer("watchnchill.start.lead", "Time between a command and the common start", LEADS)
          .register(registry);
  private final Counter stalls =
      Counter.builder("watchnchill.stalls")
          .description("Players that ran out of film")
          .register(registry);
  private final Counter seeks =
      Counter.builder("watchnchill.corrective.seeks")
          .description("Seeks of viewers back to their target")
          .register(registry);
  private final Map<String, Counter> reports = new HashMap<>();
  private final Counter otherReports = reportsOf(OTHER);
  private final Map<String, Waits> waits = new HashMap<>();
  private final EventCounters events = new EventCounters(registry);
  private final CloseCounters closes = new CloseCounters(registry);
  private final PasswordCounters passwords = new PasswordCounters(registry);
  private final LibraryMeters library = new LibraryMeters(registry);
  // The JVM's management beans are slow to load, so they are not loaded before the first page.
  private final FutureTask<@Nullable Void> process = new FutureTask<>(this::watchProcess, null);

  /** Creates the meters. */
  public Metrics() {
    for (String state : STATES) {
      reports.put(state, reportsOf(state));
    }
    for (String reason : REASONS) {
      waits.put(reason, waitsFor(reason));
    }
    Thread.ofPlatform().daemon().name("process-metrics").start(process);
  }

  private void watchProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    gc.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private void awaitProcess() {
    try {
      process.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the process cannot be measured", e.getCause());
    }
  }

  /** Returns the counters of client events. */
  public EventCounters events() {
    return events;
  }

  /** Returns the counters of connections that a limit has ended. */
  public CloseCounters closes() {
    return closes;
  }

  /** Returns the counters of checks of passwords. */
  public PasswordCounters passwords() {
    return passwords;
  }

  /**
   * Reports at each scrape the memory of live rooms (rule RL11).
   *
   * @param bytes the estimate
   * @param bytesMax the estimate from which no room is created
   */
  public void watchRoomMemory(LongSupplier bytes, LongSupplier bytesMax) {
    Gauge.builder("watchnchill.rooms.memory", bytes::getAsLong)
        .description("Estimated memory of live rooms")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("watchnchill.rooms.memory.max", bytesMax::getAsLong)
        .description("Estimate from which no room is made")
        .baseUnit("bytes")
        .register(registry);
  }

  /**
   * Reports at each scrape what the server holds.
   *
   * @param liveRooms rooms that this instance keeps live
   * @param countedSockets sockets counted for their addresses (rule RL3)
   */
  public void watchLoad(IntSupplier liveRooms, IntSupplier countedSockets) {
    Gauge.builder("watchnchill.rooms", liveRooms::getAsInt)
        .description("Live rooms")
        .register(registry);
    Gauge.builder("watchnchill.sockets", countedSockets::getAsInt)
        .description("Sockets counted for their addresses")
        .register(registry);
  }

  /** Reports at each scrape whether rooms can be read and written. */
  public void watchStore(BooleanSupplier available) {
    Gauge.builder("watchnchill.store.available", () -> available.getAsBoolean() ? 1 : 0)
        .description("1 while rooms can be read and written, else 0")
        .register(registry);
  }

  /**
   * Reports at each scrape the clock that instances share.
   *
   * @param aheadMs how far it is ahead of this machine's wall clock
   * @param roundTripMs round trip of the request that set it; NaN before the first
   */
  public void watchSharedClock(DoubleSupplier aheadMs, DoubleSupplier roundTripMs) {
    Gauge.builder("watchnchill.clock.ahead", () -> aheadMs.getAsDouble() / 1_000)
        .description("Shared time ahead of this machine's wall clock")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("watchnchill.clock.round.trip", () -> roundTripMs.getAsDouble() / 1_000)
        .description("Round trip of the question that the shared time was learnt by")
        .baseUnit("seconds")
        .register(registry);
  }

  /** Returns the meters of the media library. */
  public LibraryMeters library() {
    return library;
  }

  /** Reports at each scrape the counts of the Socket.IO server. */
  public void watchTransport(Supplier<SocketIoMetrics> transport) {
    sessions("polling", () -> transport.get().pollingSessions());
    sessions("websocket", () -> transport.get().websocketSessions());
    counted("watchnchill.packets", "Socket.IO packets", transport, SocketIoMetrics::packetsIn)
        .tag("direction", "in")
        .register(registry);
    counted("watchnchill.packets", "Socket.IO packets", transport, SocketIoMetrics::packetsOut)
        .tag("direction", "out")
        .register(registry);
    counted(
            "watchnchill.packets.dropped",
            "Droppable packets that were not sent to clients that read too slowly",
            transport,
            SocketIoMetrics::droppedVolatile)
        .register(registry);
    Gauge.builder("watchnchill.memory.short", () -> transport.get().memoryShort() ? 1 : 0)
        .description("1 while memory is short and no session is opened, else 0")
        .register(registry);
    Gauge.builder("watchnchill.input.buffered", () -> transport.get().bufferedBytes())
        .description("Unfinished input of all connections")
        .baseUnit("bytes")
        .register(registry);
    counted(
            "watchnchill.handshakes.refused",
            "Handshakes refused while memory was short",
            transport,
            SocketIoMetrics::handshakesRejected)
        .register(registry);
    Gauge.builder("watchnchill.connections", () -> transport.get().connections().connections())
        .description("Open TCP connections")
        .register(registry);
    edge("refused", "address", transport, ConnectionMetrics::rejectedByAddress);
    edge("refused", "total", transport, ConnectionMetrics::rejectedByTotal);
    edge("refused", "proxy_header", transport, ConnectionMetrics::proxyHeadersRejected);
    edge("refused", "accept", transport, ConnectionMetrics::acceptFailures);
    edge("evicted", "idle", transport, ConnectionMetrics::evicted);
    for (CloseReason reason : CloseReason.values()) {
      counted(
              "watchnchill.sessions.closed",
              "Transport sessions that ended",
              transport,
              now -> now.closes().getOrDefault(reason, 0L))
          .tag("reason", reason.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private void edge(
      String outcome,
      String reason,
      Supplier<SocketIoMetrics> transport,
      ToDoubleFunction<ConnectionMetrics> value) {
    counted(
            "watchnchill.connections." + outcome,
            "TCP connections " + outcome,
            transport,
            now -> value.applyAsDouble(now.connections()))
        .tag("reason", reason)
        .register(registry);
  }

  /**
   * Returns the text of all meters.
   *
   * @param contentType {@link #TEXT} or {@link #OPEN_METRICS}
   */
  public String scrape(String contentType) {
    awaitProcess();
    return registry.scrape(contentType);
  }

  /** Returns the content type for a request's {@code Accept} header. */
  public static String contentType(@Nullable String accept) {
    return accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
  }

  @Override
  public void viewer(double driftAbsMs, double boundMs, String state) {
    record(drift, driftAbsMs);
    record(bound, boundMs);
    reports.getOrDefault(state, otherReports).increment();
  }

  @Override
  public void lead(double ms) {
    record(lead, ms);
  }

  @Override
  public void prepared(String reason, double waitedMs, boolean deadline) {
    Waits known = waits.get(reason);
    // The registry has each name and label once, so this is always the same one.
    Waits of = known == null ? waitsFor(OTHER) : known;
    record(deadline ? of.deadline() : of.ready(), waitedMs);
  }

  @Override
  public void stalled() {
    stalls.increment();
  }

  @Override
  public void corrected(long seeks) {
    if (seeks > 0) {
      this.seeks.increment(seeks);
    }
  }

  @Override
  public void close() {
    awaitProcess();
    gc.close();
    registry.close();
  }

  private void sessions(String transport, Supplier<Number> now) {
    Gauge.builder("watchnchill.sessions", now)
        .description("Open transport sessions")
        .tag("transport", transport)
        .register(registry);
  }

  private Counter reportsOf(String state) {
    return Counter.builder("watchnchill.viewer.reports")
        .description("Reports of viewers that have a target, by the state they are in")
        .tag("state", state)
        .register(registry);
  }

  private Waits waitsFor(String reason) {
    return new Waits(waiting(reason, "ready"), waiting(reason, "deadline"));
  }

  private Timer waiting(String reason, String outcome) {
    return timer("watchnchill.barrier.wait", "How long rooms waited for their viewers", WAITS)
        .tag("reason", reason)
        .tag("outcome", outcome)
        .register(registry);
  }

  private static void record(Timer timer, double ms) {
    // Also false for what is no number.
    if (ms >= 0) {
      timer.record((long) (ms * 1e6), TimeUnit.NANOSECONDS);
    }
  }

  private static Timer.Builder timer(String name, String description, Duration... buckets) {
    return Timer.builder(name).description(description).serviceLevelObjectives(buckets);
  }

  private FunctionCounter.Builder<?> counted(
      String name,
      String description,
      Supplier<SocketIoMetrics> transport,
      ToDoubleFunction<SocketIoMetrics> value) {
    // The registry holds that object weakly, so it is given one that lives as long as itself.
    return FunctionCounter.builder(name, registry, _ -> value.applyAsDouble(transport.get()))
        .description(description);
  }

  private static Duration[] buckets(double... upToMs) {
    return DoubleStream.of(upToMs)
        .mapToObj(ms -> Duration.ofNanos(Math.round(ms * 1e6)))
        .toArray(Duration[]::new);
  }
}
