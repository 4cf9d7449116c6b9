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
 * Decides on the signals of players (rules TL7, TL9, WT2). No signal changes the room, so that a
 * wait costs one change to begin and one to end, for any number of viewers.
 */
public final class ViewerSignalRules {
  private ViewerSignalRules() {}

  /** Decides on a player that can start. */
  public static Decision ready(Room room, Ready ready) {
    return signal(room, ready.seq(), new RoomEvent.PlayerReady(ready.actor(), ready.seq()));
  }

  /** Decides on a player that has stalled. */
  public static Decision buffering(Room room, Buffering buffering) {
    return signal(room, buffering.seq(), new RoomEvent.PlayerStalled(buffering.actor()));
  }

  /** Decides on a player that plays again. */
  public static Decision buffered(Room room, Buffered buffered) {
    return signal(room, buffered.seq(), new RoomEvent.PlayerRecovered(buffered.actor()));
  }

  /** Decides on a player's report. */
  public static Decision report(Room room, Report report) {
    return Decision.done(
        room, List.of(new RoomEvent.PlayerReported(report.actor(), report.report())));
  }

  /** Passes a signal on; one for a change that does not exist yet has no effect. */
  private static Decision signal(Room room, long seq, RoomEvent.ViewerSignal signal) {
    return seq > room.seq() ? Decision.unchanged(room) : Decision.done(room, List.of(signal));
  }
}
