package dev.watchnchill.server.metrics;

import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of clients by name and outcome.
 *
 * <p>The successes of every event are reported from the start, an error from its first occurrence
 * on: most pairs of event and code never occur.
 */
public final class EventCounters {
  private static final String UNKNOWN = "unknown";

  private record Outcomes(String event, Counter done, Map<ErrorCode, Counter> failed) {}

  private final MeterRegistry registry;
  private final Map<ClientEvent, Outcomes> known = new EnumMap<>(ClientEvent.class);
  private final Counter unknown;

  EventCounters(MeterRegistry registry) {
    this.registry = registry;
    for (ClientEvent event : ClientEvent.values()) {
      String name = event.wireName();
      known.put(event, new Outcomes(name, counter(name, "ok"), new ConcurrentHashMap<>()));
    }
    unknown = counter(UNKNOWN, ErrorCode.UNKNOWN_EVENT.wireName());
  }

  /** Counts an event that succeeded, or failed with a code. */
  public void count(ClientEvent event, @Nullable ErrorCode error) {
    Outcomes of = known.get(event);
    if (of == null) {
      throw new IllegalArgumentException(event.wireName());
    }
    if (error == null) {
      of.done().increment();
    } else {
      failed(of, error).increment();
    }
  }

  /** Counts an event with an unknown name. Names from clients never become a label. */
  public void countUnknown() {
    unknown.increment();
  }

  private Counter failed(Outcomes of, ErrorCode error) {
    Counter counter = of.failed().get(error);
    return counter != null
        ? counter
        : of.failed().computeIfAbsent(error, code -> counter(of.event(), code.wireName()));
  }

  private Counter counter(String event, String outcome) {
    return Counter.builder("watchnchill.events")
        .description("Events of clients by name and outcome")
        .tag("event", event)
        .tag("outcome", outcome)
        .register(registry);
  }
}
