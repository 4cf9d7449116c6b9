package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Options;
import java.util.Map;

/** Something to play, and to measure while it is played. */
@FunctionalInterface
public interface Scenario {
  /** Plays it. */
  Outcome play(Bench bench, Options options);

  /**
   * What a scenario reports besides its phases.
   *
   * @param members how many members, or sockets, there were
   * @param connectSeconds how long it took to bring them in
   * @param more what only this scenario has
   */
  record Outcome(int members, double connectSeconds, Map<String, Object> more) {
    /** With nothing of its own. */
    public Outcome(int members, double connectSeconds) {
      this(members, connectSeconds, Map.of());
    }
  }
}
