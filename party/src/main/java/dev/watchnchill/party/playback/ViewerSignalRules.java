package dev.watchnchill.party.playback;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Buffered;
import dev.watchnchill.party.RoomCommand.Buffering;
import dev.watchnchill.party.RoomCommand.Ready;
import dev.watchnchill.party.RoomCommand.Report;
import dev.watchnchill.party.RoomEvent;
import java.util.List;

/**
 * What players say of themselves (rules TL7, TL9, WT2). Nothing of it changes the room, so that a
 * wait costs one change to begin and one to end, however many viewers there are.
 */
public final class ViewerSignalRules {
  private ViewerSignalRules() {}

  /** A player can start. */
  public static Decision ready(Room room, Ready ready) {
    return sign(room, ready.seq(), new RoomEvent.Readied(ready.actor(), ready.seq()));
  }

  /** A player has run dry. */
  public static Decision buffering(Room room, Buffering buffering) {
    return sign(room, buffering.seq(), new RoomEvent.Stalled(buffering.actor()));
  }

  /** A player plays again. */
  public static Decision buffered(Room room, Buffered buffered) {
    return sign(room, buffered.seq(), new RoomEvent.Recovered(buffered.actor()));
  }

  /** A player tells how it does. */
  public static Decision report(Room room, Report report) {
    return Decision.done(room, List.of(new RoomEvent.Reported(report.actor(), report.report())));
  }

  /** What is said of a change that there never was goes for nothing. */
  private static Decision sign(Room room, long seq, RoomEvent.ViewerSignal sign) {
    return seq > room.seq() ? Decision.nothing(room) : Decision.done(room, List.of(sign));
  }
}
