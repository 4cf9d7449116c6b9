package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.party.simulation.ScenarioContext.Situation;
import java.util.List;

/** The players of the viewers: quick ones, slow ones, and one that sends nothing. */
final class SimulatedPlayers {
  private final ScenarioContext context;
  private final SimulatedRoom room;
  private final List<SimulatedUser> users;

  SimulatedPlayers(ScenarioContext context, SimulatedRoom room, List<SimulatedUser> users) {
    this.context = context;
    this.room = room;
    this.users = users;
  }

  /** Follows a change of the timeline: awaited players get ready, later or never. */
  void follow(RoomEvent.TimelineChanged changed) {
    ReadyBarrier barrier = changed.timeline().barrier();
    switch (changed.reason()) {
      case READY -> context.record(Situation.STARTED_WITH_ALL, "");
      case DEADLINE -> context.record(Situation.STARTED_WITHOUT_THE_LATE, "");
      case STALL -> context.record(Situation.WAITED_FOR_A_STALL, "");
      case RATE -> context.record(Situation.OTHER_RATE, "");
      case NEXT -> context.record(Situation.WENT_ON, "");
      case ENDED -> context.record(Situation.FILM_ENDED, "");
      case PLAY, PAUSE, SEEK, VIDEO, SYNC, DURATION, UNDO -> {}
    }
    if (barrier == null || barrier.seq() != changed.seq()) {
      return;
    }
    for (SimulatedUser user : users) {
      if (user.seat != null && barrier.awaited().contains(user.seat)) {
        boolean never = context.random.nextInt(12) == 0;
        long inMs = 50 + context.random.nextLong(context.random.nextInt(4) == 0 ? 5_000 : 700);
        if (!never) {
          context.at(inMs, () -> ready(user, changed.seq()));
        }
      }
    }
  }

  private void ready(SimulatedUser user, long seq) {
    if (user.present()) {
      send(new RoomCommand.Ready(user.id(), seq));
    }
  }

  /** Lets a player run out of data, for a while. */
  void stall(SimulatedUser user) {
    Room now = room.state();
    send(new RoomCommand.Buffering(user.id(), now.timeline().seq()));
    context.record(Situation.STALLED, user);
    context.at(
        200 + context.random.nextLong(6_000),
        () -> {
          if (user.present()) {
            send(new RoomCommand.Buffered(user.id(), room.state().timeline().seq()));
          }
        });
  }

  /** Reports the state of a player. */
  void report(SimulatedUser user) {
    var random = context.random;
    send(
        new RoomCommand.Report(
            user.id(),
            new ViewerReport(
                random.nextDouble(900),
                random.nextDouble(300),
                random.nextDouble(50),
                random.nextDouble(300),
                random.nextDouble(-40, 40),
                random.nextDouble(50),
                random.nextInt(6) == 0 ? ViewerReport.State.ENDED : ViewerReport.State.SYNCED,
                0L,
                random.nextInt(3) == 0 ? null : (Double) 7_200.0,
                room.state().timeline().item())));
  }

  /** Sets another wait policy, mostly one that waits. */
  RoomCommand policy(SimulatedUser user) {
    var random = context.random;
    return new RoomCommand.SetWaiting(
        user.id(),
        random.nextInt(4) == 0 ? WaitPolicy.Mode.NEVER : WaitPolicy.Mode.EVERYONE,
        1 + random.nextInt(8),
        random.nextInt(1_500),
        1 + random.nextInt(4),
        random.nextBoolean() ? null : 1 + random.nextInt(4));
  }

  private void send(RoomCommand command) {
    assertThat(room.act(command).rejection()).isNull();
  }
}
