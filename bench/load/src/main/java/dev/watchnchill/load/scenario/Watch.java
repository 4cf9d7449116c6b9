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
 * question for the time, when the project's page asks on a steady line ({@link ClockQuestions}).
 */
public final class Watch implements Scenario {
  private static final double REPORT_SECONDS = 5;
  private static final double WARM_UP_SECONDS = 20;

  /** A ping interval: people do not come all at once, and so their pings do not either. */
  private static final double ARRIVE_SECONDS = 25;

  private static final String OURS = "{\"resume\":true}";

  @Override
  public Outcome play(Bench bench, Options options) {
    int rooms = options.count("rooms", 200);
    int members = options.count("members", 10);
    int phases = options.count("phases", 1);
    double seconds = options.number("seconds", 60);
    double arrive = options.number("arrive", ARRIVE_SECONDS);
    boolean ours = options.oneOf("clients", "base", "ours").equals("ours");
    try (Crowd crowd = new Crowd(bench.network(), options.targets())) {
      long begun = Clock.micros();
      List<Party> parties = crowd.rooms(rooms, members, ours ? OURS : null, arrive);
      double connectSeconds = (Clock.micros() - begun) / 1e6;
      long playing = Clock.micros();
      for (Party party : parties) {
        party.host().control(Control.PLAY, party.room(), 0);
      }
      Progress.say("%d members in %d rooms watch", rooms * members, rooms);
      ClockQuestions questions = ours ? new ClockQuestions(parties, playing) : null;
      Bench.Command command = questions == null ? reports(parties, playing) : questions;
      DoubleSupplier perSecond =
          questions == null ? () -> rooms / REPORT_SECONDS : questions::perSecond;
      if (Told.is(options, "steps")) {
        Told.rates(bench, command);
        return new Outcome(rooms * members, connectSeconds);
      }
      bench.warmUp(perSecond.getAsDouble(), options.number("warmup", WARM_UP_SECONDS), command);
      for (int i = 1; i <= phases; i++) {
        bench.measure("watch " + i, perSecond.getAsDouble(), seconds, command);
      }
      return new Outcome(rooms * members, connectSeconds);
    }
  }

  private static Bench.Command reports(List<Party> parties, long playingSince) {
    return (index, due) -> {
      Party party = parties.get(index % parties.size());
      party.host().report(party.room(), due - playingSince, due);
      return party.size() - 1;
    };
  }
}
