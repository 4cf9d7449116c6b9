package dev.watchnchill.server.metrics;

import dev.watchnchill.server.password.PasswordOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts the passwords that clients gave, by the outcome of their check. */
public final class PasswordCounters {
  private final Map<PasswordOutcome, Counter> counters = new EnumMap<>(PasswordOutcome.class);

  PasswordCounters(MeterRegistry registry) {
    for (PasswordOutcome outcome : PasswordOutcome.values()) {
      counters.put(
          outcome,
          Counter.builder("watchnchill.password.checks")
              .description("Passwords that clients gave, by the outcome of their check")
              .tag("outcome", outcome.wireName())
              .register(registry));
    }
  }

  /** Counts one more check with an outcome. */
  public void count(PasswordOutcome outcome) {
    Counter counter = counters.get(outcome);
    if (counter != null) {
      counter.increment();
    }
  }
}
