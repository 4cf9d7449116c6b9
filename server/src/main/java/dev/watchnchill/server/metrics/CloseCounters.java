package dev.watchnchill.server.metrics;

import dev.watchnchill.server.limit.CloseCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts the connections that the server has closed for a limit, by cause (rules RL2, RL8). */
public final class CloseCounters {
  private final Map<CloseCause, Counter> counters = new EnumMap<>(CloseCause.class);

  CloseCounters(MeterRegistry registry) {
    for (CloseCause cause : CloseCause.values()) {
      counters.put(
          cause,
          Counter.builder("watchnchill.clients.closed")
              .description("Connections that were closed for a limit, by cause")
              .tag("cause", cause.wireName())
              .register(registry));
    }
  }

  /** Counts one more connection with a cause. */
  public void count(CloseCause cause) {
    Counter counter = counters.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }
}
