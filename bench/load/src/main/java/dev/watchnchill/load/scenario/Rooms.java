package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.party.Crowd;
import dev.watchnchill.load.party.Party;
import java.util.List;

/** Many rooms in which people talk and control their films. */
public final class Rooms implements Scenario {
  @Override
  public Outcome play(Bench bench, Options options) {
    int rooms = options.count("rooms", 50);
    int members = options.count("members", 20);
    try (Crowd crowd = new Crowd(bench.network(), options.targets())) {
      long begun = Clock.micros();
      List<Party> parties = crowd.rooms(rooms, members, null);
      double connectSeconds = (Clock.micros() - begun) / 1e6;
      Progress.say("%d members in %d rooms", rooms * members, rooms);
      Talk talk = new Talk(parties, options);
      if (Told.is(options, "steps")) {
        Told.rates(bench, talk);
      } else {
        listed(bench, options, talk);
      }
      return new Outcome(rooms * members, connectSeconds);
    }
  }

  private static void listed(Bench bench, Options options, Talk talk) {
    double seconds = options.number("seconds", 20);
    List<Double> rates = options.numbers("steps", options.text("rate", "100"));
    bench.warmUp(rates.getFirst(), options.number("warmup", 5), talk);
    for (double rate : rates) {
      bench.measure(Steps.perSecond(rate), rate, seconds, talk);
    }
  }
}
