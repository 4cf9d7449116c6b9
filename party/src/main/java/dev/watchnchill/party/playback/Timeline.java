package dev.watchnchill.party.playback;

import dev.watchnchill.party.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Where the film is, for everybody, at any moment of server time (rule TL1).
 *
 * @param seq the change of the room that made it
 * @param item counts the films set in this room; 0 before the first
 * @param phase whether it moves
 * @param position seconds into the film at {@code atMs}
 * @param rate seconds of film per second
 * @param atMs server time, ms since the epoch, from which it counts; may lie ahead
 * @param resume whether a preparing film plays once all are ready
 * @param by whose action made it, or null
 * @param duration of the film in seconds; 0 while unknown
 */
public record Timeline(
    long seq,
    int item,
    Phase phase,
    double position,
    double rate,
    double atMs,
    boolean resume,
    @Nullable UserId by,
    double duration) {

  /** Whether the film moves. */
  public enum Phase {
    /** It stands. */
    PAUSED,
    /** It stands while players get ready. */
    PREPARING,
    /** It moves, from {@code atMs} on. */
    PLAYING
  }

  /** No film yet. */
  public static Timeline idle(long nowMs) {
    return new Timeline(0, 0, Phase.PAUSED, 0, 1, nowMs, false, null, 0);
  }

  /**
   * The position to be at, in seconds, at that server time; never past a known duration (rule JN9).
   */
  public double targetAt(double nowMs) {
    double moved =
        phase == Phase.PLAYING ? position + rate * Math.max(0, nowMs - atMs) / 1000 : position;
    return bounded(moved);
  }

  /** Whether it moves. */
  public boolean playing() {
    return phase == Phase.PLAYING;
  }

  /** The same film playing from there, from that time on. */
  public Timeline play(long seq, double from, double atMs, @Nullable UserId by) {
    return new Timeline(seq, item, Phase.PLAYING, bounded(from), rate, atMs, false, by, duration);
  }

  /** The same film standing there. */
  public Timeline pause(long seq, double there, double atMs, @Nullable UserId by) {
    return new Timeline(seq, item, Phase.PAUSED, bounded(there), rate, atMs, false, by, duration);
  }

  /** The next film, standing at its beginning. */
  public Timeline next(long seq, double atMs, UserId by) {
    return new Timeline(seq, item + 1, Phase.PAUSED, 0, 1, atMs, false, by, 0);
  }

  /** The same film with its length known; a position past it becomes its end (rule TL6). */
  public Timeline lasting(long seq, double seconds, UserId by) {
    var unbounded = new Timeline(seq, item, phase, position, rate, atMs, resume, by, seconds);
    double there = unbounded.bounded(position);
    return new Timeline(seq, item, phase, there, rate, atMs, resume, by, seconds);
  }

  /** That position, or the nearest one that this film has. */
  double bounded(double seconds) {
    double there = Math.max(0, seconds); // makes -0.0, which clients may send, 0.0
    return duration > 0 ? Math.min(there, duration) : there;
  }
}
