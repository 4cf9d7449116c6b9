package dev.watchnchill.server.wire;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.playback.Timeline;
import org.jspecify.annotations.Nullable;

/** Makes the messages that carry a timeline (TL1, TL2). */
public final class TimelineMessages {
  private TimelineMessages() {}

  /** Returns a room's timeline for one client that joins, or that asks for it. */
  public static ServerMessage.TimelineState forOne(Room room, double serverTimeMs, String reason) {
    long undoUntilMs = room.undoUntilMs(serverTimeMs);
    return of(room.epoch(), room.timeline(), serverTimeMs, reason, undoUntilMs, null);
  }

  /**
   * Returns the message.
   *
   * @param undoUntilMs until when the jump can be undone, server ms; 0 when it cannot (RT8)
   */
  static ServerMessage.TimelineState of(
      long epoch,
      Timeline timeline,
      double serverTimeMs,
      String reason,
      long undoUntilMs,
      @Nullable Long since) {
    return new ServerMessage.TimelineState(
        epoch,
        timeline.seq(),
        timeline.item(),
        WireText.name(timeline.phase()),
        timeline.position(),
        timeline.rate(),
        timeline.atMs(),
        timeline.resume(),
        WireText.id(timeline.by()),
        timeline.duration(),
        BarrierState.of(timeline.barrier()),
        serverTimeMs,
        reason,
        undoUntilMs == 0 ? null : (Long) undoUntilMs,
        timeline.liveDelayMs(),
        since);
  }
}
