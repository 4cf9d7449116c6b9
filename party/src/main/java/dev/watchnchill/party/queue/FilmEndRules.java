package dev.watchnchill.party.queue;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.FilmReports;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.queue.QueueMode.Loop;
import dev.watchnchill.party.queue.ShowRules.Cause;
import java.util.ArrayList;

/** Decides when a film has ended, and what follows (rules QU8 to QU10, QU14). */
final class FilmEndRules {
  /** Time between the end of a film and what follows, for players that are behind, ms. */
  static final long TAIL_MS = 1_000;

  /** Time for which most players are at the end of a film before it has ended, ms. */
  static final long ENDED_MS = 2_000;

  /** Time for which all players fail before the next film follows, ms. */
  static final long FAILED_MS = 8_000;

  private final ShowRules shows;

  FilmEndRules(ShowRules shows) {
    this.shows = shows;
  }

  /** Ends the film when that is due at the given time. */
  Decision tick(Room room, Audience audience, long nowMs) {
    if (nowMs < nextDeadlineMs(room, audience)) {
      return Decision.unchanged(room);
    }
    boolean ended = nowMs >= endMs(room, audience);
    var events = new ArrayList<RoomEvent>();
    Room changed = room.changed(nowMs);
    QueueMode mode = room.queue().mode();
    Cause cause = ended ? Cause.ENDED : Cause.FAILED;
    Queue next =
        mode.autoplay() || (ended && mode.loop() == Loop.ONE)
            ? ShowRules.following(room, cause, nowMs)
            : null;
    if (next != null) {
      return Decision.done(shows.show(changed, audience, next, null, events, nowMs), events);
    }
    Timeline timeline = room.timeline();
    double known = FilmReports.duration(room, audience);
    double there = timeline.targetAt(nowMs);
    double end = known > 0 ? Math.min(known, there) : there;
    return Decision.done(ShowRules.stop(changed, end, events, nowMs), events);
  }

  /**
   * Returns when {@link #tick} has something to do, ms since the epoch; a time that has passed
   * means at once. {@link Long#MAX_VALUE} when there is nothing to do.
   */
  static long nextDeadlineMs(Room room, Audience audience) {
    return Math.min(endMs(room, audience), failureMs(room, audience));
  }

  /** Returns when the film has ended. */
  private static long endMs(Room room, Audience audience) {
    if (!mayEnd(room)) {
      return Long.MAX_VALUE;
    }
    if (room.timeline().stoppedAtEnd()) {
      return (long) Math.ceil(room.timeline().atMs() + TAIL_MS);
    }
    long most = FilmReports.mostEndedSinceMs(room, audience);
    return Math.min(
        most == Long.MAX_VALUE ? most : most + ENDED_MS,
        endMs(room.timeline(), FilmReports.duration(room, audience)));
  }

  private static long endMs(Timeline timeline, double duration) {
    if (duration <= 0) {
      return Long.MAX_VALUE;
    }
    double left = Math.max(0, duration - timeline.position()) / timeline.rate() * 1000;
    return (long) Math.ceil(timeline.atMs() + left + TAIL_MS);
  }

  /** Returns when no viewer's player has been able to play the film for too long. */
  private static long failureMs(Room room, Audience audience) {
    if (!mayEnd(room) || !room.timeline().playing() || !room.queue().playedOn()) {
      return Long.MAX_VALUE;
    }
    long all = FilmReports.allFailedSinceMs(room, audience);
    return all == Long.MAX_VALUE ? all : all + FAILED_MS;
  }

  /** An empty room is as it was for those who come in time (rule LV4). */
  private static boolean mayEnd(Room room) {
    Timeline timeline = room.timeline();
    return room.media() != null
        && (timeline.playing() || timeline.stoppedAtEnd())
        && room.members().presentCount() > 0;
  }
}
