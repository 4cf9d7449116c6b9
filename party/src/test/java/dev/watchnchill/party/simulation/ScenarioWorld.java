package dev.watchnchill.party.simulation;

import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The random source, the scheduled actions, the ids and the log of a scenario, all from one seed.
 */
final class ScenarioWorld {
  /** The situations that a scenario can reach; all scenarios together must reach every one. */
  enum Happening {
    CAME,
    CAME_BACK_IN_TIME,
    HOST_CAME_BACK_IN_TIME,
    CAME_BACK_LATE,
    NAME_TAKEN_WHILE_AWAY,
    IMPOSTOR_REFUSED,
    BASE_CLIENT_REFRESHED,
    LEFT,
    PROMOTED,
    SPOKE,
    CONTROLLED,
    STALLED,
    STARTED_WITH_ALL,
    STARTED_WITHOUT_THE_LATE,
    WAITED_FOR_A_STALL,
    OTHER_RATE,
    ENDED_BEFORE_ITS_TIME,
    ENDED
  }

  private record Appointment(long atMs, int order, Runnable what) {}

  final SplittableRandom random;

  private final PriorityQueue<Appointment> appointments =
      new PriorityQueue<>((a, b) ->
          a.atMs() != b.atMs()
              ? Long.compare(a.atMs(), b.atMs())
              : Integer.compare(a.order(), b.order()));
  private final Map<Happening, Integer> happenings = new EnumMap<>(Happening.class);
  private final List<String> log = new ArrayList<>();
  private long now;
  private int counter;

  ScenarioWorld(long seed, long startMs) {
    random = new SplittableRandom(seed);
    now = startMs;
  }

  /** The time, ms since the epoch. */
  long now() {
    return now;
  }

  /** When something is to happen next, or the far future. */
  long nextMs() {
    Appointment next = appointments.peek();
    return next == null ? Long.MAX_VALUE : next.atMs();
  }

  /** Takes the next appointment and goes to its time. */
  Runnable next() {
    Appointment next = appointments.remove();
    now = next.atMs();
    return next.what();
  }

  /** Advances to a time. */
  void passTo(long toMs) {
    now = toMs;
  }

  void at(long inMs, Runnable what) {
    appointments.add(new Appointment(now + inMs, number(), what));
  }

  void record(Happening what, Object who) {
    happenings.merge(what, 1, Integer::sum);
    note(what + " " + who);
  }

  void note(String line) {
    log.add(now + " " + line);
  }

  List<String> log() {
    return log;
  }

  Map<Happening, Integer> happenings() {
    return happenings;
  }

  /** Returns an id that was not used before. */
  int number() {
    return ++counter;
  }

  UserId newUser() {
    return new UserId(new UUID(1, number()));
  }

  SecretHash newSecret() {
    return SecretHash.of("secret " + number());
  }
}
