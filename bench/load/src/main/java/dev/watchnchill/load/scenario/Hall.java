package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.measure.Phase;
import dev.watchnchill.load.party.Crowd;
import dev.watchnchill.load.party.Member;
import dev.watchnchill.load.party.Party;
import dev.watchnchill.load.party.RoomKey;
import java.util.ArrayList;
import java.util.List;

/**
 * One big room: it fills in two steps, which are phases of their own, and then people talk, with
 * more and more commands in a second.
 */
public final class Hall implements Scenario {
  private static final int FEW = 10;

  @Override
  public Outcome play(Bench bench, Options options) {
    int members = options.count("members", 2_000);
    try (Crowd crowd = new Crowd(bench.network(), options.targets())) {
      long begun = Clock.micros();
      Party party = filled(bench, crowd, members);
      double connectSeconds = (Clock.micros() - begun) / 1e6;
      Progress.say("%d members in one room", members);
      Talk talk = new Talk(List.of(party), options);
      if (Told.is(options, "steps")) {
        Told.rates(bench, talk);
      } else {
        listed(bench, options, talk);
      }
      return new Outcome(members, connectSeconds);
    }
  }

  private static void listed(Bench bench, Options options, Talk talk) {
    double seconds = options.number("seconds", 10);
    double enough = options.number("until-p99", Double.MAX_VALUE);
    List<Double> rates = options.numbers("steps", options.text("rate", "5,10,20,40"));
    bench.warmUp(rates.getFirst(), options.number("warmup", 5), talk);
    for (double rate : rates) {
      Phase phase = bench.measure(Steps.perSecond(rate), rate, seconds, talk);
      if (phase.missed() > 0 || phase.latencyMs().p99() > enough) {
        break;
      }
    }
  }

  /** The first tenth of the people and then the others, as fast as the server takes them. */
  private static Party filled(Bench bench, Crowd crowd, int members) {
    Member host = crowd.connected("host", null);
    RoomKey room = host.createRoom();
    host.setVideo(room);
    List<Member> guests = crowd.inParallel(members - 1, i -> crowd.connected("guest " + i, null));
    int few = Math.min(guests.size(), Math.max(1, members / FEW));
    enter(bench, crowd, "joins, the first " + few, guests.subList(0, few), room);
    enter(bench, crowd, "joins, the others", guests.subList(few, guests.size()), room);
    List<Member> all = new ArrayList<>(List.of(host));
    all.addAll(guests);
    return new Party(room, all);
  }

  private static void enter(
      Bench bench, Crowd crowd, String name, List<Member> guests, RoomKey room) {
    bench.measure(
        name,
        () -> {
          crowd.inParallel(guests.size(), i -> crowd.patiently(() -> guests.get(i).join(room)));
          bench.quiet();
          return guests.size();
        });
  }
}
