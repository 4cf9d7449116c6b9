package dev.watchnchill.load.scenario;

import dev.watchnchill.load.ControlChannel;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRequest;
import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.measure.PhaseResult;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Phases that the process which has started the generator requests one by one, so that several
 * generators can take turns.
 */
final class RequestedPhases {
  private RequestedPhases() {}

  /** Returns whether the values of an option are requested one by one. */
  static boolean is(Options options, String name) {
    return options.text(name, "").equals("requested");
  }

  /** Sends commands at one rate after the other until there is no further request. */
  static void rates(PhaseRunner runner, PhaseRunner.Command command) {
    rates(runner, _ -> command);
  }

  /** Sends the commands for one rate after the other until there is no further request. */
  static void rates(PhaseRunner runner, DoubleFunction<PhaseRunner.Command> commands) {
    play(
        ControlChannel.STANDARD,
        "rate",
        request -> {
          PhaseRunner.Command command = commands.apply(request.level());
          if (request.warmUp()) {
            runner.warmUp(request.level(), request.seconds(), command);
            return null;
          }
          PhaseResult phase =
              runner.measure(
                  PhaseNames.perSecond(request.level()),
                  request.level(),
                  request.seconds(),
                  command);
          if (phase.missed() > 0) {
            // Late deliveries of this side must not fall into the request of another.
            runner.quiet();
          }
          return phase;
        });
  }

  /**
   * Asks for one phase after the other.
   *
   * @param levelName the name of the level in the answers
   */
  static void play(ControlChannel channel, String levelName, Player player) {
    PhaseResult last = null;
    Optional<PhaseRequest> request = PhaseRequest.ask(channel, levelName, last);
    while (request.isPresent()) {
      last = player.play(request.get());
      request = PhaseRequest.ask(channel, levelName, last);
    }
  }

  /** Plays a requested phase. */
  @FunctionalInterface
  interface Player {
    /** Returns the result, or null when it is dropped. */
    @Nullable PhaseResult play(PhaseRequest request);
  }
}
