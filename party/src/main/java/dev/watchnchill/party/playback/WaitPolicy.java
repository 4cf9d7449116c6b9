package dev.watchnchill.party.playback;

import org.jspecify.annotations.Nullable;

/**
 * Whether and for how long a room waits for viewers whose players stall (rule WT1).
 *
 * @param mode for which viewers it waits
 * @param seconds longest wait, and least time of playing before the next wait
 * @param graceMs how long a stall lasts before the room waits for it
 * @param peopleMax most viewers that it waits for at once
 * @param strikesMax most waits for one viewer in one film
 */
public record WaitPolicy(Mode mode, int seconds, int graceMs, int peopleMax, int strikesMax) {
  /** Upper bound of {@code seconds}. */
  public static final int SECONDS_MAX = 30;

  /** Upper bound of {@code graceMs}. */
  public static final int GRACE_MS_MAX = 5_000;

  /** Upper bound of {@code peopleMax}. */
  public static final int PEOPLE_MAX = 20;

  /** Upper bound of {@code strikesMax}. */
  public static final int STRIKES_MAX = 20;

  /** The policy of a new room. */
  public static final WaitPolicy DEFAULT = new WaitPolicy(Mode.NEVER, 5, 1_000, 4, 3);

  /** For which viewers a room waits. */
  public enum Mode {
    /** For no viewer: a stalled player catches up. */
    NEVER,
    /** For every viewer, within the bounds. */
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

  /** Returns this policy with another mode, and with those bounds that are not null. */
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
