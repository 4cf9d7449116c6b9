package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.party.Control;
import dev.watchnchill.load.party.Crowd;
import dev.watchnchill.load.party.Party;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * People who do nothing but watch. What is said meanwhile is only what keeps them in step: with
 * base clients each host's report, every 5 s, that goes on to the others; with ours each client's
 * question for the time, as often as the project's page asks on a steady line: every 20 s, and
 * after three minutes every 45 s.
 */
public final class Watch implements Scenario {
  private static final double REPORT_SECONDS = 5;
  private static final double CLOCK_SECONDS = 20;
  private static final double CLOCK_SECONDS_LATER = 45;
  private static final long LATER_MICROS = 180_000_000;
  private static final String OURS = "{\"resume\":true}";

  @Override
  public Outcome play(Bench bench, Options options) {
    int rooms = options.count("rooms", 200);
    int members = options.count("members", 10);
    int phases = options.count("phases", 1);
    double seconds = options.number("seconds", 60);
    boolean ours = options.oneOf("clients", "base", "ours").equals("ours");
    try (Crowd crowd = new Crowd(bench.network(), options.targets())) {
      long begun = Clock.micros();
      List<Party> parties = crowd.rooms(rooms, members, ours ? OURS : null);
      double connectSeconds = (Clock.micros() - begun) / 1e6;
      long playing = Clock.micros();
      for (Party party : parties) {
        party.host().control(Control.PLAY, party.room(), 0);
      }
      Progress.say("%d members in %d rooms watch", rooms * members, rooms);
      Bench.Command command = ours ? new ClockQuestions(parties) : reports(parties, playing);
      if (Told.is(options, "steps")) {
        Told.rates(bench, command);
        return new Outcome(rooms * members, connectSeconds);
      }
      DoubleSupplier perSecond =
          () -> ours ? rooms * members / clockSeconds(playing) : rooms / REPORT_SECONDS;
      double warmup = options.number("warmup", CLOCK_SECONDS);
      bench.warmUp(perSecond.getAsDouble(), warmup, command);
      for (int i = 1; i <= phases; i++) {
        bench.measure("watch " + i, perSecond.getAsDouble(), seconds, command);
      }
      return new Outcome(rooms * members, connectSeconds);
    }
  }

  private static double clockSeconds(long playingSince) {
    return Clock.micros() - playingSince < LATER_MICROS ? CLOCK_SECONDS : CLOCK_SECONDS_LATER;
  }

  private static Bench.Command reports(List<Party> parties, long playingSince) {
    return (index, due) -> {
      Party party = parties.get(index % parties.size());
      party.host().report(party.room(), due - playingSince, due);
      return party.size() - 1;
    };
  }
}
