package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRunner;
import java.util.Map;

/** A load with its measurement. */
@FunctionalInterface
public interface Scenario {
  /** Plays the scenario. */
  Outcome play(PhaseRunner runner, Options options);

  /**
   * The report of a scenario besides its phases.
   *
   * @param members the number of members, or sockets
   * @param connectSeconds how long they took to connect
   * @param more the fields of this scenario alone
   */
  record Outcome(int members, double connectSeconds, Map<String, Object> more) {
    /** Creates an outcome without fields of its own. */
    public Outcome(int members, double connectSeconds) {
      this(members, connectSeconds, Map.of());
    }
  }
}
