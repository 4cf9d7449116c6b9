package dev.watchnchill.party.playback;

import org.jspecify.annotations.Nullable;

/**
 * Whether a room stops for a viewer whose player has run dry, and for how long (rule WT1).
 *
 * @param mode for whom it stops
 * @param seconds how long it waits at most, and how long it plays at least before it waits again
 * @param graceMs how long a stall lasts before the room stops for it
 * @param peopleMax how many it waits for at once
 * @param strikesMax how often it waits for one viewer in one film
 */
public record WaitPolicy(Mode mode, int seconds, int graceMs, int peopleMax, int strikesMax) {
  /** Longest wait, in seconds. */
  public static final int SECONDS_MAX = 30;

  /** Longest grace, in ms. */
  public static final int GRACE_MS_MAX = 5_000;

  /** Most people to wait for at once. */
  public static final int PEOPLE_MAX = 20;

  /** Most waits for one viewer in one film. */
  public static final int STRIKES_MAX = 20;

  /** What holds when nobody has said otherwise. */
  public static final WaitPolicy DEFAULT = new WaitPolicy(Mode.NEVER, 5, 1_000, 4, 3);

  /** For whom a room stops. */
  public enum Mode {
    /** For nobody: whoever stalls catches up. */
    NEVER,
    /** For everybody, within the bounds. */
    EVERYONE
  }

  /**
   * @throws IllegalArgumentException when a bound is out of range
   */
  public WaitPolicy {
    within("seconds", seconds, 1, SECONDS_MAX);
    within("graceMs", graceMs, 0, GRACE_MS_MAX);
    within("peopleMax", peopleMax, 1, PEOPLE_MAX);
    within("strikesMax", strikesMax, 1, STRIKES_MAX);
  }

  /** With that mode, and with those bounds that are given. */
  public WaitPolicy with(
      Mode next,
      @Nullable Integer newSeconds,
      @Nullable Integer newGraceMs,
      @Nullable Integer newPeopleMax,
      @Nullable Integer newStrikesMax) {
    return new WaitPolicy(
        next,
        newSeconds == null ? seconds : newSeconds,
        newGraceMs == null ? graceMs : newGraceMs,
        newPeopleMax == null ? peopleMax : newPeopleMax,
        newStrikesMax == null ? strikesMax : newStrikesMax);
  }

  private static void within(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " must be within " + min + " to " + max);
    }
  }
}
