package dev.watchnchill.party.playback;

import dev.watchnchill.party.UserId;

/**
 * The last jump within the film, which can be undone for a while (rule RT8).
 *
 * @param item the film, counted as in {@link Timeline#item}
 * @param back seconds to move by to where the film would be without the jump
 * @param atMs when, ms since the epoch
 * @param by who
 */
public record Jump(int item, double back, long atMs, UserId by) {
  /** Time within which a jump can be undone, ms. */
  public static final long UNDO_MS = 30_000;

  /** Returns this jump after the film was moved by some seconds otherwise. */
  Jump afterMove(double seconds) {
    double left = Math.clamp(back - seconds, -Double.MAX_VALUE, Double.MAX_VALUE);
    return new Jump(item, left, atMs, by);
  }

  /** Returns until when it can be undone, ms since the epoch. */
  public long undoUntilMs() {
    return atMs + UNDO_MS;
  }

  /** Returns until when it can be undone, or 0 when it cannot while that film is shown. */
  public long undoUntilMs(int shownItem, double nowMs) {
    return item == shownItem && nowMs < undoUntilMs() ? undoUntilMs() : 0;
  }
}
