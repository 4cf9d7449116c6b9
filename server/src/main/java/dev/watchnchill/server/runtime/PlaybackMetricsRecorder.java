package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells {@link PlaybackMetrics} what a decision of this instance means for keeping together. */
final class PlaybackMetricsRecorder {
  private final PlaybackMetrics metrics;

  PlaybackMetricsRecorder(PlaybackMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * That was decided and done.
   *
   * @param before the room that it was decided on
   * @param audience what was known of its viewers then
   */
  void record(Room before, Audience audience, List<RoomEvent> events, long nowMs) {
    for (RoomEvent event : events) {
      switch (event) {
        case RoomEvent.TimelineChanged changed -> moved(before.timeline(), changed, nowMs);
        case RoomEvent.Stalled _ -> metrics.stalled();
        case RoomEvent.Reported reported ->
            reported(audience.of(reported.userId()).report(), reported.report());
        case RoomEvent.UserJoined _,
            RoomEvent.UserLeft _,
            RoomEvent.UserPromoted _,
            RoomEvent.UserAway _,
            RoomEvent.UserReturned _,
            RoomEvent.VideoSet _,
            RoomEvent.Controlled _,
            RoomEvent.WaitingSet _,
            RoomEvent.MessageSent _,
            RoomEvent.RoomClosed _,
            RoomEvent.TransientEvent _,
            RoomEvent.Readied _,
            RoomEvent.Recovered _ -> {}
      }
    }
  }

  private void moved(Timeline before, RoomEvent.TimelineChanged changed, long nowMs) {
    Timeline after = changed.timeline();
    ReadyBarrier ended = before.barrier();
    if (ended != null && !ended.equals(after.barrier())) {
      metrics.prepared(
          ended.reason().name().toLowerCase(Locale.ROOT),
          Math.max(0, nowMs - before.atMs()),
          changed.reason() == RoomEvent.Reason.DEADLINE);
    }
    boolean starts =
        switch (changed.reason()) {
          case PLAY, SEEK, READY, DEADLINE -> after.playing() && after.atMs() > nowMs;
          case PAUSE, VIDEO, SYNC, DURATION, STALL, RATE -> false;
        };
    if (starts) {
      metrics.lead(after.atMs() - nowMs);
    }
  }

  private void reported(@Nullable ViewerReport last, ViewerReport next) {
    Double drift = next.drift();
    if (drift != null) {
      metrics.viewer(
          Math.abs(drift),
          next.bound() == null ? Double.NaN : next.bound(),
          (next.state() == null ? ViewerReport.State.NONE : next.state())
              .name()
              .toLowerCase(Locale.ROOT));
    }
    // Only what is above a count that is known: a page that was opened anew counts from 0 again.
    Long seeks = next.seeks();
    Long before = last == null ? null : last.seeks();
    if (seeks != null && before != null && !seeks.equals(before)) {
      metrics.corrected(seeks > before ? seeks - before : seeks);
    }
  }
}
