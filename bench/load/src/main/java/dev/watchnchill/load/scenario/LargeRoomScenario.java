package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.measure.PhaseResult;
import dev.watchnchill.load.member.LoadAudience;
import dev.watchnchill.load.member.LoadMember;
import dev.watchnchill.load.member.LoadRoom;
import dev.watchnchill.load.member.RoomCredentials;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One large room: its members join in two phases, and then they chat at increasing rates. */
public final class LargeRoomScenario implements Scenario {
  private static final int FEW = 10;

  @Override
  public Outcome play(PhaseRunner runner, Options options) {
    int members = options.count("members", 2_000);
    try (LoadAudience audience = new LoadAudience(runner.connections(), options.targets())) {
      long begun = MicrosClock.micros();
      LoadRoom loadRoom = filled(runner, audience, members, null);
      double connectSeconds = (MicrosClock.micros() - begun) / 1e6;
      Progress.print("%d members in one room", members);
      ChatAndControlLoad load = new ChatAndControlLoad(List.of(loadRoom), options);
      if (RequestedPhases.is(options, "steps")) {
        RequestedPhases.rates(runner, load);
      } else {
        listed(runner, options, load);
      }
      return new Outcome(members, connectSeconds);
    }
  }

  private static void listed(PhaseRunner runner, Options options, ChatAndControlLoad load) {
    double seconds = options.number("seconds", 10);
    double enough = options.number("until-p99", Double.MAX_VALUE);
    List<Double> rates = options.numbers("steps", options.text("rate", "5,10,20,40"));
    runner.warmUp(rates.getFirst(), options.number("warmup", 5), load);
    for (double rate : rates) {
      PhaseResult phase = runner.measure(PhaseNames.perSecond(rate), rate, seconds, load);
      if (phase.missed() > 0 || phase.latencyMs().p99() > enough) {
        break;
      }
    }
  }

  /**
   * Lets a tenth of the members join and then the others, as fast as the server seats them.
   *
   * @param auth the payload of the guests' CONNECT packets, as JSON; the host is a base client,
   *     whose positions the server takes as they are
   */
  static LoadRoom filled(
      PhaseRunner runner, LoadAudience audience, int members, @Nullable String auth) {
    LoadMember host = audience.connected("host", null);
    RoomCredentials room = host.createRoom();
    host.setVideo(room);
    List<LoadMember> guests =
        audience.inParallel(members - 1, i -> audience.connected("guest " + i, auth));
    int few = Math.min(guests.size(), Math.max(1, members / FEW));
    enter(runner, audience, "joins, the first " + few, guests.subList(0, few), room);
    enter(runner, audience, "joins, the others", guests.subList(few, guests.size()), room);
    List<LoadMember> all = new ArrayList<>(List.of(host));
    all.addAll(guests);
    return new LoadRoom(room, all);
  }

  private static void enter(
      PhaseRunner runner,
      LoadAudience audience,
      String name,
      List<LoadMember> guests,
      RoomCredentials room) {
    runner.measure(
        name,
        () -> {
          audience.inParallel(
              guests.size(), i -> audience.retrying(() -> guests.get(i).join(room)));
          runner.quiet();
          return guests.size();
        });
  }
}
