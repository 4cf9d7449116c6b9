package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.simulation.Stage.Happening;
import java.util.List;

/** The players of those who watch: quick ones, slow ones, and one that never says a word. */
final class Players {
  private final Stage stage;
  private final SimulatedRoom room;
  private final List<Person> people;

  Players(Stage stage, SimulatedRoom room, List<Person> people) {
    this.stage = stage;
    this.room = room;
    this.people = people;
  }

  /** The timeline is another one: whoever is awaited gets ready, in its own time or not at all. */
  void hear(RoomEvent.TimelineChanged changed) {
    ReadyBarrier barrier = changed.timeline().barrier();
    switch (changed.reason()) {
      case READY -> stage.saw(Happening.STARTED_WITH_ALL, "");
      case DEADLINE -> stage.saw(Happening.STARTED_WITHOUT_THE_LATE, "");
      case STALL -> stage.saw(Happening.WAITED_FOR_A_STALL, "");
      case RATE -> stage.saw(Happening.OTHER_RATE, "");
      case PLAY, PAUSE, SEEK, VIDEO, SYNC, DURATION -> {}
    }
    if (barrier == null || barrier.seq() != changed.seq()) {
      return;
    }
    for (Person person : people) {
      if (person.seat != null && barrier.awaited().contains(person.seat)) {
        boolean never = stage.random.nextInt(12) == 0;
        long inMs = 50 + stage.random.nextLong(stage.random.nextInt(4) == 0 ? 5_000 : 700);
        if (!never) {
          stage.at(inMs, () -> ready(person, changed.seq()));
        }
      }
    }
  }

  private void ready(Person person, long seq) {
    if (person.present()) {
      say(new RoomCommand.Ready(person.user(), seq));
    }
  }

  /** Its line gets too thin for the film, for a while. */
  void stall(Person person) {
    Room now = room.state();
    say(new RoomCommand.Buffering(person.user(), now.timeline().seq()));
    stage.saw(Happening.STALLED, person);
    stage.at(
        200 + stage.random.nextLong(6_000),
        () -> {
          if (person.present()) {
            say(new RoomCommand.Buffered(person.user(), room.state().timeline().seq()));
          }
        });
  }

  /** It tells how it does. */
  void report(Person person) {
    var random = stage.random;
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

  /** Another rule for waiting, mostly one that waits. */
  RoomCommand policy(Person person) {
    var random = stage.random;
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
