package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.simulation.ScenarioWorld.Happening;
import java.util.List;

/** The players of the viewers: quick ones, slow ones, and one that sends nothing. */
final class SimulatedPlayers {
  private final ScenarioWorld world;
  private final SimulatedRoom room;
  private final List<SimulatedUser> people;

  SimulatedPlayers(ScenarioWorld world, SimulatedRoom room, List<SimulatedUser> people) {
    this.world = world;
    this.room = room;
    this.people = people;
  }

  /** Follows a change of the timeline: awaited players get ready, later or never. */
  void hear(RoomEvent.TimelineChanged changed) {
    ReadyBarrier barrier = changed.timeline().barrier();
    switch (changed.reason()) {
      case READY -> world.record(Happening.STARTED_WITH_ALL, "");
      case DEADLINE -> world.record(Happening.STARTED_WITHOUT_THE_LATE, "");
      case STALL -> world.record(Happening.WAITED_FOR_A_STALL, "");
      case RATE -> world.record(Happening.OTHER_RATE, "");
      case PLAY, PAUSE, SEEK, VIDEO, SYNC, DURATION -> {}
    }
    if (barrier == null || barrier.seq() != changed.seq()) {
      return;
    }
    for (SimulatedUser person : people) {
      if (person.seat != null && barrier.awaited().contains(person.seat)) {
        boolean never = world.random.nextInt(12) == 0;
        long inMs = 50 + world.random.nextLong(world.random.nextInt(4) == 0 ? 5_000 : 700);
        if (!never) {
          world.at(inMs, () -> ready(person, changed.seq()));
        }
      }
    }
  }

  private void ready(SimulatedUser person, long seq) {
    if (person.present()) {
      say(new RoomCommand.Ready(person.user(), seq));
    }
  }

  /** Its line gets too thin for the film, for a while. */
  void stall(SimulatedUser person) {
    Room now = room.state();
    say(new RoomCommand.Buffering(person.user(), now.timeline().seq()));
    world.record(Happening.STALLED, person);
    world.at(
        200 + world.random.nextLong(6_000),
        () -> {
          if (person.present()) {
            say(new RoomCommand.Buffered(person.user(), room.state().timeline().seq()));
          }
        });
  }

  /** Reports the state of a player. */
  void report(SimulatedUser person) {
    var random = world.random;
    say(
        new RoomCommand.Report(
            person.user(),
            new ViewerReport(
                random.nextDouble(900),
                random.nextDouble(300),
                random.nextDouble(50),
                random.nextDouble(300),
                random.nextDouble(-40, 40),
                random.nextDouble(50),
                ViewerReport.State.SYNCED,
                0L)));
  }

  /** Sets another wait policy, mostly one that waits. */
  RoomCommand policy(SimulatedUser person) {
    var random = world.random;
    return new RoomCommand.SetWaiting(
        person.user(),
        random.nextInt(4) == 0 ? WaitPolicy.Mode.NEVER : WaitPolicy.Mode.EVERYONE,
        1 + random.nextInt(8),
        random.nextInt(1_500),
        1 + random.nextInt(4),
        random.nextBoolean() ? null : 1 + random.nextInt(4));
  }

  private void say(RoomCommand command) {
    assertThat(room.act(command).rejection()).isNull();
  }
}
