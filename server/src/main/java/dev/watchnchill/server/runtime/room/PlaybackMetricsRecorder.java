package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.server.runtime.port.PlaybackMetrics;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Records the decisions of this instance in {@link PlaybackMetrics}. */
final class PlaybackMetricsRecorder {
  private final PlaybackMetrics metrics;

  PlaybackMetricsRecorder(PlaybackMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * Records a decision that was committed.
   *
   * @param before the room that the decision was based on
   * @param audience the audience that the decision was based on
   */
  void record(Room before, Audience audience, List<RoomEvent> events, long nowMs) {
    for (RoomEvent event : events) {
      switch (event) {
        case RoomEvent.TimelineChanged changed -> moved(before.timeline(), changed, nowMs);
        case RoomEvent.PlayerStalled _ -> metrics.stalled();
        case RoomEvent.PlayerReported reported ->
            reported(audience.of(reported.userId()).report(), reported.report());
        case RoomEvent.UserJoined _,
            RoomEvent.UserLeft _,
            RoomEvent.UserPromoted _,
            RoomEvent.UserAway _,
            RoomEvent.UserReturned _,
            RoomEvent.UserDemoted _,
            RoomEvent.RoomTransferred _,
            RoomEvent.SettingsChanged _,
            RoomEvent.MemberMuted _,
            RoomEvent.HostsChange _,
            RoomEvent.VideoSet _,
            RoomEvent.Controlled _,
            RoomEvent.WaitingSet _,
            RoomEvent.QueueChanged _,
            RoomEvent.SubtitlesChanged _,
            RoomEvent.ChatChange _,
            RoomEvent.VoiceChanged _,
            RoomEvent.RoomClosed _,
            RoomEvent.TransientEvent _,
            RoomEvent.PlayerReady _,
            RoomEvent.PlayerRecovered _ -> {}
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
          case PLAY, SEEK, UNDO, NEXT, READY, DEADLINE -> after.playing() && after.atMs() > nowMs;
          case PAUSE, VIDEO, ENDED, SYNC, DURATION, STALL, RATE -> false;
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
    // Only the excess over a known count: a reloaded page counts from 0 again.
    Long seeks = next.seeks();
    Long before = last == null ? null : last.seeks();
    if (seeks != null && before != null && !seeks.equals(before)) {
      metrics.corrected(seeks > before ? seeks - before : seeks);
    }
  }
}
