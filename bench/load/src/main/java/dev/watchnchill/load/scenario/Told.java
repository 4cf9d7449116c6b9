package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Exchange;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.Turn;
import dev.watchnchill.load.measure.Phase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Phases that are not on the command line: whoever has started the generator tells each when it is
 * due, so that several generators can take turns.
 */
final class Told {
  private Told() {}

  /** Whether an option says that its values will be told. */
  static boolean is(Options options, String name) {
    return options.text(name, "").equals("told");
  }

  /** Sends commands at one rate after the other, until there is no more to play. */
  static void rates(Bench bench, Bench.Command command) {
    play(
        Exchange.STANDARD,
        "rate",
        turn -> {
          if (turn.warmUp()) {
            bench.warmUp(turn.step(), turn.seconds(), command);
            return null;
          }
          Phase phase =
              bench.measure(Steps.perSecond(turn.step()), turn.step(), turn.seconds(), command);
          if (phase.missed() > 0) {
            // What comes too late is this side's, and must not fall into another's turn.
            bench.quiet();
          }
          return phase;
        });
  }

  /**
   * Asks for one turn after the other.
   *
   * @param step what the answers call the step
   */
  static void play(Exchange exchange, String step, Player player) {
    Phase last = null;
    Optional<Turn> turn = Turn.ask(exchange, step, last);
    while (turn.isPresent()) {
      last = player.play(turn.get());
      turn = Turn.ask(exchange, step, last);
    }
  }

  /** Plays a turn. */
  @FunctionalInterface
  interface Player {
    /** What it has brought, or nothing when it is not kept. */
    @Nullable Phase play(Turn turn);
  }
}
