package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.member.LoadAudience;
import dev.watchnchill.load.member.LoadMember;
import dev.watchnchill.load.member.RoomCredentials;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how costs grow with a room and with the number of rooms. {@code --of users}: the cost of
 * a command without its fan-out as the state of the room grows; {@code joins}: CPU and bytes of
 * joins as a room fills; {@code rooms}: the cost of a command beside more and more other rooms.
 */
public final class GrowthScenario implements Scenario {
  private static final String AWAY = "{\"resume\":true}";
  private static final String SIZES = "10,20,200,2000";
  private static final String ROOM_STEPS = "10,100,1000,10000";

  @Override
  public Outcome play(PhaseRunner runner, Options options) {
    String of = options.oneOf("of", "all", "users", "joins", "rooms");
    boolean all = of.equals("all");
    long begun = MicrosClock.micros();
    int members = 0;
    try (LoadAudience audience = new LoadAudience(runner.connections(), options.targets())) {
      if (all || of.equals("users")) {
        members += users(runner, options, audience);
      }
      if (all || of.equals("joins")) {
        members += joins(runner, options, audience);
      }
      if (all || of.equals("rooms")) {
        members += rooms(runner, options, audience);
      }
      return new Outcome(members, (MicrosClock.micros() - begun) / 1e6);
    }
  }

  /**
   * Measures a room of many users of whom only the host is connected, so that there is no fan-out.
   */
  private static int users(PhaseRunner runner, Options options, LoadAudience audience) {
    GrowingLoad load = new GrowingLoad(runner, options, audience, 1);
    load.play(
        "sizes",
        SIZES,
        "users",
        i -> {
          LoadMember guest = audience.connected("guest " + i, AWAY);
          audience.retrying(() -> guest.join(load.room()));
          guest.connection().close();
        });
    return load.size();
  }

  /** Measures joins to a room whose members all stay connected. */
  private static int joins(PhaseRunner runner, Options options, LoadAudience audience) {
    double perSecond = options.number("join-rate", 200);
    List<Integer> sizes = sizes(options, "sizes", SIZES);
    LoadMember host = audience.connected("the host", null);
    RoomCredentials room = host.createRoom();
    List<LoadMember> guests =
        audience.inParallel(sizes.getLast() - 1, i -> audience.connected("visitor " + i, null));
    int there = 1;
    for (int size : sizes) {
      List<LoadMember> coming = guests.subList(there - 1, size - 1);
      runner.measureAll(
          "joins, %d to %d users".formatted(there, size),
          perSecond,
          coming.size() / perSecond,
          (index, due) -> {
            LoadMember guest = coming.get(index);
            guest.expectJoinedAt(due);
            guest.sendJoin(room);
            return 1;
          });
      there = size;
    }
    List<LoadMember> all = new ArrayList<>(guests);
    all.add(host);
    all.forEach(member -> member.connection().close());
    runner.quiet();
    return sizes.getLast();
  }

  /** Measures a room beside other rooms, each with an idle creator. */
  private static int rooms(PhaseRunner runner, Options options, LoadAudience audience) {
    GrowingLoad load = new GrowingLoad(runner, options, audience, 0);
    load.play(
        "room-steps",
        ROOM_STEPS,
        "other rooms",
        i -> audience.connected("owner " + i, null).createRoom());
    return load.size() + 1;
  }

  static List<Integer> sizes(Options options, String name, String otherwise) {
    List<Integer> sizes =
        options.numbers(name, otherwise).stream().map(Double::intValue).sorted().toList();
    if (sizes.isEmpty() || sizes.getFirst() < 2) {
      throw new IllegalArgumentException("--" + name + " must be numbers of 2 or more");
    }
    return sizes;
  }
}
