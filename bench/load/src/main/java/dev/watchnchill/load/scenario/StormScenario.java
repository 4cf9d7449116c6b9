package dev.watchnchill.load.scenario;

import dev.watchnchill.load.ControlChannel;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.RestartedServers;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.member.LoadAudience;
import dev.watchnchill.load.member.LoadRoom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A restart of the server with all members connected. They reconnect within some seconds, evenly
 * and in random order, and retry until they have their seats again.
 */
public final class StormScenario implements Scenario {
  private static final String OURS = "{\"resume\":true}";

  @Override
  public Outcome play(PhaseRunner runner, Options options) {
    int members = options.count("members", 5_000);
    int perRoom = Math.min(20, members);
    int rooms = members / perRoom;
    double within = options.number("within", 10);
    boolean ours = options.oneOf("clients", "base", "ours").equals("ours");
    try (LoadAudience audience = new LoadAudience(runner.connections(), options.targets());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long begun = MicrosClock.micros();
      List<LoadRoom> loadRooms = audience.rooms(rooms, perRoom, ours ? OURS : null);
      double connectSeconds = (MicrosClock.micros() - begun) / 1e6;
      Progress.print("%d members in %d rooms; now the server is restarted", rooms * perRoom, rooms);
      runner.quiet();
      runner.connections().expectEnds(true);
      RestartedServers restarted = RestartedServers.ask(ControlChannel.STANDARD);
      final long upAgain = MicrosClock.micros();
      runner.processes().restarted(restarted.pids());
      audience.moveTo(restarted.targets());
      runner.connections().expectEnds(false);

      Reconnects reconnects =
          new Reconnects(runner.connections(), audience, ours, options.number("patience", 60));
      List<Reconnects.Seat> seats = seats(loadRooms);
      runner.measureAll(
          "storm",
          seats.size() / within,
          within,
          (index, due) -> {
            threads.execute(() -> reconnects.reconnect(seats.get(index), due));
            return 1;
          });
      return new Outcome(rooms * perRoom, connectSeconds, reconnects.report(upAgain, seats.size()));
    }
  }

  private static List<Reconnects.Seat> seats(List<LoadRoom> loadRooms) {
    List<Reconnects.Seat> seats = new ArrayList<>();
    for (LoadRoom loadRoom : loadRooms) {
      loadRoom.members().forEach(member -> seats.add(new Reconnects.Seat(loadRoom, member)));
    }
    Collections.shuffle(seats, new Random(1));
    return seats;
  }
}
