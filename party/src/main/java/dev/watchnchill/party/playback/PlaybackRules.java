package dev.watchnchill.party.playback;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Pause;
import dev.watchnchill.party.RoomCommand.Play;
import dev.watchnchill.party.RoomCommand.ReportDuration;
import dev.watchnchill.party.RoomCommand.Seek;
import dev.watchnchill.party.RoomCommand.SetVideo;
import dev.watchnchill.party.RoomCommand.SyncCheck;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Action;
import dev.watchnchill.party.RoomEvent.Reason;
import java.util.List;

/** What moves the film (rules SV1, PB1 to PB3, SC1, TL1 to TL6). */
public final class PlaybackRules {
  private final Limits limits;

  /** The rules within these bounds. */
  public PlaybackRules(Limits limits) {
    this.limits = limits;
  }

  /** Another film, standing at its beginning. */
  public Decision setVideo(Room room, SetVideo set, long nowMs) {
    Room changed = room.changed(nowMs);
    Timeline timeline = room.timeline().next(changed.seq(), nowMs, set.actor());
    return Decision.done(
        changed.showing(set.media(), timeline),
        List.of(
            new RoomEvent.VideoSet(changed.seq(), set.media(), set.actor()),
            new RoomEvent.TimelineChanged(changed.seq(), timeline, Reason.VIDEO)));
  }

  /** The film moves from there on. */
  public Decision play(Room room, Play play, long nowMs) {
    Timeline timeline =
        room.timeline()
            .play(room.seq() + 1, play.position(), startAt(play.ahead(), nowMs), play.actor());
    return controlled(room, timeline, Action.PLAYED, Reason.PLAY, nowMs);
  }

  /** The film stands there, or where it was when the presser pressed. */
  public Decision pause(Room room, Pause pause, long nowMs) {
    double position = pause.position();
    Double pressedAt = pause.pressedAtMs();
    if (pressedAt != null && room.timeline().playing()) {
      position =
          room.timeline()
              .targetAt(Math.clamp(pressedAt, (double) nowMs - limits.pressedAtWindowMs(), nowMs));
    }
    Timeline timeline = room.timeline().pause(room.seq() + 1, position, nowMs, pause.actor());
    return controlled(room, timeline, Action.PAUSED, Reason.PAUSE, nowMs);
  }

  /** The film is elsewhere, moving or standing as before. */
  public Decision seek(Room room, Seek seek, long nowMs) {
    Timeline old = room.timeline();
    long seq = room.seq() + 1;
    Timeline timeline =
        old.playing()
            ? old.play(seq, seek.position(), startAt(seek.ahead(), nowMs), seek.actor())
            : old.pause(seq, seek.position(), nowMs, seek.actor());
    return controlled(room, timeline, Action.SEEKED, Reason.SEEK, nowMs);
  }

  /** The others hear of it; the timeline follows when it is too far off (TL5). */
  public Decision syncCheck(Room room, SyncCheck check, long nowMs) {
    var report =
        new RoomEvent.SyncReported(
            check.position(), check.playing(), check.timestampMs(), check.actor());
    Timeline old = room.timeline();
    double offBy = Math.abs(old.targetAt(nowMs) - old.bounded(check.position()));
    if (offBy <= limits.syncToleranceSeconds() && check.playing() == old.playing()) {
      return Decision.done(room, List.of(report));
    }
    Room changed = room.changed(nowMs);
    Timeline timeline =
        check.playing()
            ? old.play(changed.seq(), check.position(), nowMs, check.actor())
            : old.pause(changed.seq(), check.position(), nowMs, check.actor());
    return Decision.done(
        changed.at(timeline),
        List.of(report, new RoomEvent.TimelineChanged(changed.seq(), timeline, Reason.SYNC)));
  }

  /** The film's end is known from now on. */
  public Decision reportDuration(Room room, ReportDuration report, long nowMs) {
    if (room.media() == null || room.timeline().duration() == report.duration()) {
      return Decision.nothing(room);
    }
    Room changed = room.changed(nowMs);
    Timeline timeline = room.timeline().lasting(changed.seq(), report.duration(), report.actor());
    return Decision.done(
        changed.at(timeline),
        List.of(new RoomEvent.TimelineChanged(changed.seq(), timeline, Reason.DURATION)));
  }

  private double startAt(boolean ahead, long nowMs) {
    return ahead ? nowMs + limits.startLeadMs() : nowMs;
  }

  private static Decision controlled(
      Room room, Timeline timeline, Action action, Reason reason, long nowMs) {
    Room changed = room.changed(nowMs).at(timeline);
    var by = timeline.by();
    if (by == null) {
      throw new IllegalArgumentException("a control has an actor");
    }
    return Decision.done(
        changed,
        List.of(
            new RoomEvent.Controlled(changed.seq(), action, timeline.position(), nowMs, by),
            new RoomEvent.TimelineChanged(changed.seq(), timeline, reason)));
  }
}
