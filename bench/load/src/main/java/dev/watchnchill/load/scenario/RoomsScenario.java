package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.member.LoadAudience;
import dev.watchnchill.load.member.LoadRoom;
import java.util.List;

/** Many rooms whose members chat and whose hosts control the video. */
public final class RoomsScenario implements Scenario {
  @Override
  public Outcome play(PhaseRunner runner, Options options) {
    int rooms = options.count("rooms", 50);
    int members = options.count("members", 20);
    try (LoadAudience audience = new LoadAudience(runner.connections(), options.targets())) {
      long begun = MicrosClock.micros();
      List<LoadRoom> loadRooms = audience.rooms(rooms, members, null);
      double connectSeconds = (MicrosClock.micros() - begun) / 1e6;
      Progress.print("%d members in %d rooms", rooms * members, rooms);
      ChatAndControlLoad load = new ChatAndControlLoad(loadRooms, options);
      if (RequestedPhases.is(options, "steps")) {
        RequestedPhases.rates(runner, load);
      } else {
        listed(runner, options, load);
      }
      return new Outcome(rooms * members, connectSeconds);
    }
  }

  private static void listed(PhaseRunner runner, Options options, ChatAndControlLoad load) {
    double seconds = options.number("seconds", 20);
    List<Double> rates = options.numbers("steps", options.text("rate", "100"));
    runner.warmUp(rates.getFirst(), options.number("warmup", 5), load);
    for (double rate : rates) {
      runner.measure(PhaseNames.perSecond(rate), rate, seconds, load);
    }
  }
}
