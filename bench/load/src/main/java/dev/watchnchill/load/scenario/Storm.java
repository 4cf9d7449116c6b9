package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Exchange;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.Restart;
import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.party.Crowd;
import dev.watchnchill.load.party.Party;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The server is restarted under everybody. They come back within some seconds, in any order and
 * evenly, each by a connection of their own, and are not content before they are in their room
 * again.
 */
public final class Storm implements Scenario {
  private static final String OURS = "{\"resume\":true}";

  @Override
  public Outcome play(Bench bench, Options options) {
    int members = options.count("members", 5_000);
    int perRoom = Math.min(20, members);
    int rooms = members / perRoom;
    double within = options.number("within", 10);
    boolean ours = options.oneOf("clients", "base", "ours").equals("ours");
    try (Crowd crowd = new Crowd(bench.network(), options.targets());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long begun = Clock.micros();
      List<Party> parties = crowd.rooms(rooms, perRoom, ours ? OURS : null);
      double connectSeconds = (Clock.micros() - begun) / 1e6;
      Progress.say("%d members in %d rooms; now the server is restarted", rooms * perRoom, rooms);
      bench.quiet();
      bench.network().expectEnds(true);
      Restart restarted = Restart.ask(Exchange.STANDARD);
      final long upAgain = Clock.micros();
      bench.processes().restarted(restarted.pids());
      crowd.moveTo(restarted.targets());
      bench.network().expectEnds(false);

      Returns returns = new Returns(bench.network(), crowd, ours, options.number("patience", 60));
      List<Returns.Seat> seats = seats(parties);
      bench.measureAll(
          "storm",
          seats.size() / within,
          within,
          (index, due) -> {
            threads.execute(() -> returns.bringBack(seats.get(index), due));
            return 1;
          });
      return new Outcome(rooms * perRoom, connectSeconds, returns.report(upAgain, seats.size()));
    }
  }

  private static List<Returns.Seat> seats(List<Party> parties) {
    List<Returns.Seat> seats = new ArrayList<>();
    for (Party party : parties) {
      party.members().forEach(member -> seats.add(new Returns.Seat(party, member)));
    }
    Collections.shuffle(seats, new Random(1));
    return seats;
  }
}
