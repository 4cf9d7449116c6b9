package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.party.Crowd;
import dev.watchnchill.load.party.Member;
import dev.watchnchill.load.party.RoomKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What grows with a room, and with the number of rooms. {@code --of users}: the cost of a command
 * without its fan-out as the room's state grows; {@code joins}: what joins cost and tell as a room
 * fills; {@code rooms}: the cost of a command beside more and more other rooms.
 */
public final class Growth implements Scenario {
  private static final String AWAY = "{\"resume\":true}";
  private static final String SIZES = "10,20,200,2000";
  private static final String ROOM_STEPS = "10,100,1000,10000";

  @Override
  public Outcome play(Bench bench, Options options) {
    String of = options.oneOf("of", "all", "users", "joins", "rooms");
    boolean all = of.equals("all");
    long begun = Clock.micros();
    int members = 0;
    try (Crowd crowd = new Crowd(bench.network(), options.targets())) {
      if (all || of.equals("users")) {
        members += users(bench, options, crowd);
      }
      if (all || of.equals("joins")) {
        members += joins(bench, options, crowd);
      }
      if (all || of.equals("rooms")) {
        members += rooms(bench, options, crowd);
      }
      return new Outcome(members, (Clock.micros() - begun) / 1e6);
    }
  }

  /** The room has so many users, and its host alone is connected: nobody is told anything. */
  private static int users(Bench bench, Options options, Crowd crowd) {
    Growing growing = new Growing(bench, options, crowd, 1);
    growing.play(
        "sizes",
        SIZES,
        "users",
        i -> {
          Member guest = crowd.connected("guest " + i, AWAY);
          crowd.patiently(() -> guest.join(growing.room()));
          guest.connection().close();
        });
    return growing.there();
  }

  /** Everybody stays: each join is told to all who are there, or however the server does it. */
  private static int joins(Bench bench, Options options, Crowd crowd) {
    double perSecond = options.number("join-rate", 200);
    List<Integer> sizes = sizes(options, "sizes", SIZES);
    Member host = crowd.connected("the host", null);
    RoomKey room = host.createRoom();
    List<Member> guests =
        crowd.inParallel(sizes.getLast() - 1, i -> crowd.connected("visitor " + i, null));
    int there = 1;
    for (int size : sizes) {
      List<Member> coming = guests.subList(there - 1, size - 1);
      bench.measureAll(
          "joins, %d to %d users".formatted(there, size),
          perSecond,
          coming.size() / perSecond,
          (index, due) -> {
            Member guest = coming.get(index);
            guest.entersAt(due);
            guest.askToJoin(room);
            return 1;
          });
      there = size;
    }
    List<Member> everybody = new ArrayList<>(guests);
    everybody.add(host);
    everybody.forEach(member -> member.connection().close());
    bench.quiet();
    return sizes.getLast();
  }

  /** Each room has its creator connected, who does nothing. */
  private static int rooms(Bench bench, Options options, Crowd crowd) {
    Growing growing = new Growing(bench, options, crowd, 0);
    growing.play(
        "room-steps",
        ROOM_STEPS,
        "other rooms",
        i -> crowd.connected("owner " + i, null).createRoom());
    return growing.there() + 1;
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
