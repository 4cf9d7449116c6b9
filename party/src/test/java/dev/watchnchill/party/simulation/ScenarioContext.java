package dev.watchnchill.party.simulation;

import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.generate.VirtualClock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The random source, the scheduled actions, the ids and the log of a scenario. */
final class ScenarioContext {
  /** The situations that a scenario can reach; all scenarios together must reach every one. */
  enum Situation {
    CAME,
    CAME_BACK_IN_TIME,
    HOST_CAME_BACK_IN_TIME,
    CAME_BACK_LATE,
    NAME_TAKEN_WHILE_AWAY,
    IMPOSTOR_REFUSED,
    BASE_CLIENT_REFRESHED,
    LEFT,
    PROMOTED,
    CHATTED,
    CONTROLLED,
    STALLED,
    STARTED_WITH_ALL,
    STARTED_WITHOUT_THE_LATE,
    WAITED_FOR_A_STALL,
    OTHER_RATE,
    SHARED_CONTROL,
    GUEST_CONTROLLED,
    UNDID_A_JUMP,
    DEMOTED,
    REMOVED,
    MUTED,
    MUTED_MESSAGE_REJECTED,
    QUEUED,
    QUEUE_EDITED,
    QUEUE_CHANGE_UNDONE,
    SHOWN_FROM_THE_QUEUE,
    VOTED,
    WENT_ON,
    FILM_ENDED,
    ENDED_BEFORE_ITS_TIME,
    ENDED
  }

  final RandomGenerator random;

  private final VirtualClock clock;
  private final Map<Situation, Integer> situations = new EnumMap<>(Situation.class);
  private final List<String> log = new ArrayList<>();
  private int counter;

  ScenarioContext(RandomGenerator random, long startMs) {
    this.random = random;
    this.clock = new VirtualClock(startMs);
  }

  /** Returns the time, ms since the epoch. */
  long now() {
    return clock.nowMs();
  }

  /** Returns when the next action is due, or the far future. */
  long nextMs() {
    return clock.nextMs();
  }

  /** Takes the next action and advances to its time. */
  Runnable next() {
    return clock.takeNext();
  }

  /** Advances to a time. */
  void passTo(long toMs) {
    clock.skipTo(toMs);
  }

  void at(long inMs, Runnable action) {
    clock.after(inMs, action);
  }

  void record(Situation what, Object who) {
    situations.merge(what, 1, Integer::sum);
    note(what + " " + who);
  }

  void note(String line) {
    log.add(now() + " " + line);
  }

  List<String> log() {
    return log;
  }

  Map<Situation, Integer> situations() {
    return situations;
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
