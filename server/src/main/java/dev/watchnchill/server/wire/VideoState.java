package dev.watchnchill.server.wire;

import dev.watchnchill.party.playback.Timeline;

/** The playback state that base clients read (TP2); seconds, and ms since the epoch. */
public record VideoState(
    boolean isPlaying, double currentTime, double duration, long lastUpdateTime) {
  /** Returns the state at that time (JN9). */
  public static VideoState of(Timeline timeline, long nowMs) {
    return new VideoState(
        timeline.playing(),
        timeline.targetAt(nowMs),
        timeline.duration(),
        timeline.playing() ? nowMs : (long) timeline.atMs());
  }
}
