package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.member.ControlCommand;
import dev.watchnchill.load.member.LoadAudience;
import dev.watchnchill.load.member.LoadRoom;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Members who only watch. With base clients each host sends a report every 5 s, which is relayed;
 * extended clients send the clock requests of the web client ({@link ClockRequests}).
 */
public final class WatchScenario implements Scenario {
  private static final double REPORT_SECONDS = 5;
  private static final double WARM_UP_SECONDS = 20;

  /** A ping interval: members, and so their pings, are spread over it. */
  private static final double ARRIVE_SECONDS = 25;

  private static final String OURS = "{\"resume\":true}";

  @Override
  public Outcome play(PhaseRunner runner, Options options) {
    int rooms = options.count("rooms", 200);
    int members = options.count("members", 10);
    int phases = options.count("phases", 1);
    double seconds = options.number("seconds", 60);
    double arrive = options.number("arrive", ARRIVE_SECONDS);
    boolean ours = options.oneOf("clients", "base", "ours").equals("ours");
    try (LoadAudience audience = new LoadAudience(runner.connections(), options.targets())) {
      long begun = MicrosClock.micros();
      List<LoadRoom> loadRooms = audience.rooms(rooms, members, ours ? OURS : null, arrive);
      double connectSeconds = (MicrosClock.micros() - begun) / 1e6;
      long playing = MicrosClock.micros();
      for (LoadRoom loadRoom : loadRooms) {
        loadRoom.host().sendControl(ControlCommand.PLAY, loadRoom.room(), 0);
      }
      Progress.print("%d members in %d rooms watch", rooms * members, rooms);
      ClockRequests questions = ours ? new ClockRequests(loadRooms, playing) : null;
      PhaseRunner.Command command = questions == null ? reports(loadRooms, playing) : questions;
      DoubleSupplier perSecond =
          questions == null ? () -> rooms / REPORT_SECONDS : questions::perSecond;
      if (RequestedPhases.is(options, "steps")) {
        RequestedPhases.rates(runner, command);
        return new Outcome(rooms * members, connectSeconds);
      }
      runner.warmUp(perSecond.getAsDouble(), options.number("warmup", WARM_UP_SECONDS), command);
      for (int i = 1; i <= phases; i++) {
        runner.measure("watch " + i, perSecond.getAsDouble(), seconds, command);
      }
      return new Outcome(rooms * members, connectSeconds);
    }
  }

  private static PhaseRunner.Command reports(List<LoadRoom> loadRooms, long playingSince) {
    return (index, due) -> {
      LoadRoom loadRoom = loadRooms.get(index % loadRooms.size());
      loadRoom.host().sendReport(loadRoom.room(), due - playingSince, due);
      return loadRoom.size() - 1;
    };
  }
}
