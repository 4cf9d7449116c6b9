package dev.watchnchill.party.playback;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Pause;
import dev.watchnchill.party.RoomCommand.Play;
import dev.watchnchill.party.RoomCommand.ReportDuration;
import dev.watchnchill.party.RoomCommand.ReportLive;
import dev.watchnchill.party.RoomCommand.Seek;
import dev.watchnchill.party.RoomCommand.SetRate;
import dev.watchnchill.party.RoomCommand.SyncCheck;
import dev.watchnchill.party.RoomCommand.UndoSeek;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Action;
import dev.watchnchill.party.RoomEvent.Reason;
import java.util.List;
import java.util.Objects;

/**
 * Decides on the commands that control the film (rules PB1 to PB3, SC1, TL1 to TL6, TL9, TL10, LS1,
 * QU14, RT8).
 */
public final class PlaybackRules {
  /** Distance from the end within which a player may stop by itself. */
  private static final double END_SECONDS = 1;

  private final Limits limits;
  private final WaitingRules waiting;

  /** Creates the rules with the given bounds. */
  public PlaybackRules(Limits limits, WaitingRules waiting) {
    this.limits = limits;
    this.waiting = waiting;
  }

  /** Plays the film from a position; a preparing film starts at the position that it prepares. */
  public Decision play(Room room, Audience audience, Play play, long nowMs) {
    Timeline old = room.timeline();
    double from = old.preparing() && play.ahead() ? old.position() : play.position();
    double startMs = play.ahead() ? waiting.startMs(room, audience, nowMs) : nowMs;
    Timeline timeline = old.play(room.seq() + 1, from, nowMs, startMs, play.actor());
    Room moved = withJumpFrom(room, timeline, nowMs);
    return controlled(moved, timeline, Action.PLAYED, Reason.PLAY, nowMs);
  }

  /**
   * Pauses the film at a position, or where it was when the button was pressed. At the end of the
   * film the page of a base client says the same when its player stops there (rule QU14).
   */
  public Decision pause(Room room, Audience audience, Pause pause, long nowMs) {
    double position = room.timeline().preparing() ? room.timeline().position() : pause.position();
    Double pressedAt = pause.pressedAtMs();
    if (pressedAt != null && room.timeline().playing()) {
      position =
          room.timeline()
              .targetAt(Math.clamp(pressedAt, (double) nowMs - limits.pressedAtWindowMs(), nowMs));
    }
    Timeline timeline = room.timeline().pause(room.seq() + 1, position, nowMs, pause.actor());
    if (pressedAt == null && room.timeline().playing() && nearEnd(room, audience, position)) {
      timeline = timeline.stopsAtEnd();
    }
    Room moved = pressedAt == null ? withJumpFrom(room, timeline, nowMs) : room;
    return controlled(moved, timeline, Action.PAUSED, Reason.PAUSE, nowMs);
  }

  private static boolean nearEnd(Room room, Audience audience, double position) {
    double length = FilmReports.duration(room, audience);
    return length > 0 && position >= length - END_SECONDS;
  }

  /** Moves the film to a position; a playing film may wait until the players are ready. */
  public Decision seek(Room room, Audience audience, Seek seek, long nowMs) {
    Timeline timeline = jumped(room, audience, seek, nowMs);
    double back = room.timeline().targetAt(nowMs) - timeline.position();
    var jump = new Jump(timeline.item(), back, nowMs, seek.actor());
    return controlled(
        room.withJump(jump), timeline, Action.SEEKED, Reason.SEEK, jump.undoUntilMs(), nowMs);
  }

  /** Moves the film to where it would be without the last jump (rule RT8). */
  public Decision undoSeek(Room room, Audience audience, UndoSeek undo, long nowMs) {
    Jump jump = room.jump();
    Timeline old = room.timeline();
    if (jump == null || jump.item() != old.item() || nowMs > jump.undoUntilMs()) {
      return Decision.rejected(room, Rejection.NOTHING_TO_UNDO);
    }
    // Two large positions may add up to more than a number holds.
    double there = Math.min(old.targetAt(nowMs) + jump.back(), Double.MAX_VALUE);
    double position = old.clamped(there);
    var seek = new Seek(undo.actor(), position, undo.ahead());
    return controlled(
        room.withJump(null),
        jumped(room, audience, seek, nowMs),
        Action.SEEKED,
        Reason.UNDO,
        nowMs);
  }

  /**
   * Returns the room before a command that moves the film on its way: the jump then leads from the
   * new position to the same place as before (rule RT8).
   */
  private static Room withJumpFrom(Room room, Timeline next, long nowMs) {
    Jump jump = room.jump();
    double moved = next.targetAt(nowMs) - room.timeline().targetAt(nowMs);
    return jump == null || moved == 0 ? room : room.withJump(jump.afterMove(moved));
  }

  private Timeline jumped(Room room, Audience audience, Seek seek, long nowMs) {
    Timeline old = room.timeline();
    long seq = room.seq() + 1;
    if (old.preparing() || (old.playing() && seek.ahead())) {
      ReadyBarrier barrier = waiting.seekBarrier(room, audience, seq, nowMs);
      return barrier == null
          ? old.play(
              seq, seek.position(), nowMs, waiting.startMs(room, audience, nowMs), seek.actor())
          : old.prepare(
              barrier, seek.position(), nowMs, WaitingRules.stallCooldownMs(room), seek.actor());
    }
    return old.playing()
        ? old.play(seq, seek.position(), nowMs, seek.actor())
        : old.pause(seq, seek.position(), nowMs, seek.actor());
  }

  /** Sets the playback rate. */
  public Decision setRate(Room room, SetRate set, long nowMs) {
    if (set.rate() == room.timeline().rate()) {
      return Decision.unchanged(room);
    }
    Room changed = room.changed(nowMs);
    Timeline timeline = room.timeline().withRate(changed.seq(), set.rate(), nowMs, set.actor());
    return Decision.done(
        changed.withTimeline(timeline),
        List.of(new RoomEvent.TimelineChanged(changed.seq(), timeline, Reason.RATE)));
  }

  /** Passes on a host's position; sets the timeline to it when it is too far off (TL5). */
  public Decision syncCheck(Room room, SyncCheck check, long nowMs) {
    var report =
        new RoomEvent.SyncReported(
            check.position(), check.playing(), check.timestampMs(), check.actor());
    Timeline old = room.timeline();
    double deviation = Math.abs(old.targetAt(nowMs) - old.clamped(check.position()));
    boolean agrees = deviation <= limits.syncToleranceSeconds() && check.playing() == old.playing();
    // At its end a player stops, which is no pause: what follows is the room's decision (QU8).
    if (agrees || old.preparing() || old.endedAt(nowMs)) {
      return Decision.done(room, List.of(report));
    }
    Room changed = room.changed(nowMs);
    Timeline timeline =
        check.playing()
            ? old.play(changed.seq(), check.position(), nowMs, check.actor())
            : old.pause(changed.seq(), check.position(), nowMs, check.actor());
    return Decision.done(
        withJumpFrom(changed, timeline, nowMs).withTimeline(timeline),
        List.of(report, new RoomEvent.TimelineChanged(changed.seq(), timeline, Reason.SYNC)));
  }

  /** Sets the length of the film. */
  public Decision reportDuration(Room room, ReportDuration report, long nowMs) {
    if (room.media() == null || room.timeline().duration() == report.duration()) {
      return Decision.unchanged(room);
    }
    Room changed = room.changed(nowMs);
    Timeline timeline =
        room.timeline().withDuration(changed.seq(), report.duration(), report.actor());
    return Decision.done(
        changed.withTimeline(timeline),
        List.of(new RoomEvent.TimelineChanged(changed.seq(), timeline, Reason.DURATION)));
  }

  /**
   * Sets the delay of a live stream. A report about another film, or from a client that did not
   * know the present delay, has no effect, so that of several hosts the first one counts.
   */
  public Decision reportLive(Room room, ReportLive report, long nowMs) {
    Timeline old = room.timeline();
    double delayMs = report.delayMs() + 0.0; // makes -0.0, which clients may send, 0.0
    boolean stale =
        report.item() != old.item() || !Objects.equals(report.replacesMs(), old.liveDelayMs());
    if (room.media() == null || stale || Objects.equals(delayMs, old.liveDelayMs())) {
      return Decision.unchanged(room);
    }
    Room changed = room.changed(nowMs);
    Timeline timeline = old.withLiveDelay(changed.seq(), delayMs, report.actor());
    // An older server on the same store knows this reason; a new one would take two releases.
    return Decision.done(
        changed.withTimeline(timeline),
        List.of(new RoomEvent.TimelineChanged(changed.seq(), timeline, Reason.DURATION)));
  }

  private static Decision controlled(
      Room room, Timeline timeline, Action action, Reason reason, long nowMs) {
    return controlled(room, timeline, action, reason, 0, nowMs);
  }

  private static Decision controlled(
      Room room, Timeline timeline, Action action, Reason reason, long undoUntilMs, long nowMs) {
    Room changed = room.changed(nowMs).withTimeline(timeline);
    var by = timeline.by();
    if (by == null) {
      throw new IllegalArgumentException("a control needs an actor");
    }
    return Decision.done(
        changed,
        List.of(
            new RoomEvent.Controlled(changed.seq(), action, timeline.position(), nowMs, by),
            new RoomEvent.TimelineChanged(changed.seq(), timeline, reason, undoUntilMs)));
  }
}
