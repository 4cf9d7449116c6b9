package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.measure.Phase;
import dev.watchnchill.load.party.Crowd;
import dev.watchnchill.load.party.Party;
import java.util.List;

/** One big room, with more and more commands in a second. */
public final class Hall implements Scenario {
  @Override
  public Outcome play(Bench bench, Options options) {
    int members = options.count("members", 2_000);
    double seconds = options.number("seconds", 10);
    double enough = options.number("until-p99", Double.MAX_VALUE);
    List<Double> rates = options.numbers("steps", options.text("rate", "5,10,20,40"));
    try (Crowd crowd = new Crowd(bench.network(), options.targets())) {
      long begun = Clock.micros();
      List<Party> parties = crowd.rooms(1, members, null);
      double connectSeconds = (Clock.micros() - begun) / 1e6;
      Progress.say("%d members in one room", members);
      Talk talk = new Talk(parties, options);
      bench.warmUp(rates.getFirst(), options.number("warmup", 5), talk);
      for (double rate : rates) {
        Phase phase = bench.measure("%s/s".formatted(Steps.name(rate)), rate, seconds, talk);
        if (phase.missed() > 0 || phase.latencyMs().p99() > enough) {
          break;
        }
      }
      return new Outcome(members, connectSeconds);
    }
  }
}
