package dev.watchnchill.party.playback;

import dev.watchnchill.party.UserId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The position of the film at any server time (rule TL1).
 *
 * @param seq the change of the room that set it
 * @param item counts the films set in this room; 0 before the first
 * @param phase whether the film plays, is paused or prepares
 * @param position seconds into the film at {@code atMs}
 * @param rate seconds of film per second
 * @param atMs server time, ms since the epoch, at which the film is at {@code position}; may lie
 *     ahead
 * @param resume whether the room goes on by itself: with a preparing film once all players are
 *     ready, or after a film that a player has stopped at its end (rule QU14)
 * @param by the member whose action set it, or null
 * @param duration length of the film in seconds; 0 while unknown
 * @param barrier the wait of a preparing film; null in every other phase
 * @param stallCooldownMs how long the film plays from {@code atMs} on, at least, before it waits
 *     for a stall again (rule WT2)
 * @param liveDelayMs how far the programme time that the players of a live stream show lies before
 *     server time, ms; null while nobody has reported it (rule LS1)
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
    double duration,
    @Nullable ReadyBarrier barrier,
    double stallCooldownMs,
    @Nullable Double liveDelayMs) {

  /** The phase of the film. */
  public enum Phase {
    /** The film is paused. */
    PAUSED,
    /** The film is paused until the players are ready. */
    PREPARING,
    /** The film plays, from {@code atMs} on. */
    PLAYING
  }

  /** Slowest rate, in seconds of film per second (rule TL10). */
  public static final double RATE_MIN = 0.25;

  /** Fastest rate, in seconds of film per second (rule TL10). */
  public static final double RATE_MAX = 2;

  /** Largest distance between programme time and server time, ms, in both directions (rule LS1). */
  public static final double LIVE_DELAY_MS_MAX = 1e14;

  /**
   * @throws IllegalArgumentException when there is a barrier without preparing, or the reverse
   */
  public Timeline {
    if ((phase == Phase.PREPARING) != (barrier != null)) {
      throw new IllegalArgumentException("a timeline has a barrier exactly while it prepares");
    }
  }

  /** Creates a timeline without a live delay. */
  public Timeline(
      long seq,
      int item,
      Phase phase,
      double position,
      double rate,
      double atMs,
      boolean resume,
      @Nullable UserId by,
      double duration,
      @Nullable ReadyBarrier barrier,
      double stallCooldownMs) {
    this(
        seq,
        item,
        phase,
        position,
        rate,
        atMs,
        resume,
        by,
        duration,
        barrier,
        stallCooldownMs,
        null);
  }

  /** Creates a timeline without a barrier, a cooldown and a live delay. */
  public Timeline(
      long seq,
      int item,
      Phase phase,
      double position,
      double rate,
      double atMs,
      boolean resume,
      @Nullable UserId by,
      double duration) {
    this(seq, item, phase, position, rate, atMs, resume, by, duration, null, 0);
  }

  /** Returns the timeline of a room without a film. */
  public static Timeline idle(long nowMs) {
    return new Timeline(0, 0, Phase.PAUSED, 0, 1, nowMs, false, null, 0);
  }

  /**
   * Returns the position of the film at a server time, in seconds; never past a known duration
   * (rule JN9).
   */
  public double targetAt(double nowMs) {
    double moved =
        phase == Phase.PLAYING ? position + rate * Math.max(0, nowMs - atMs) / 1000 : position;
    return clamped(moved);
  }

  /** Returns whether the film plays and has reached its known end at a server time. */
  boolean endedAt(double nowMs) {
    return playing() && duration > 0 && targetAt(nowMs) >= duration;
  }

  /** Returns whether the film plays. */
  public boolean playing() {
    return phase == Phase.PLAYING;
  }

  /** Returns whether a player has stopped the film at its end, and the room goes on (rule QU14). */
  public boolean stoppedAtEnd() {
    return phase == Phase.PAUSED && resume;
  }

  /** Returns whether the film plays, or the room goes on by itself. */
  public boolean goesOn() {
    return playing() || resume;
  }

  /** Returns whether the film is paused until the players are ready. */
  public boolean preparing() {
    return phase == Phase.PREPARING;
  }

  /** Returns this film playing from a position, at once. */
  public Timeline play(long seq, double from, double nowMs, @Nullable UserId by) {
    return play(seq, from, nowMs, nowMs, by);
  }

  /** Returns this film playing from a position, from {@code startMs} on, which may lie ahead. */
  public Timeline play(long seq, double from, double nowMs, double startMs, @Nullable UserId by) {
    return copy(c -> c.moved(seq, Phase.PLAYING, from, startMs, nowMs, by));
  }

  /** Returns this film paused at a position. */
  public Timeline pause(long seq, double there, double nowMs, @Nullable UserId by) {
    return copy(c -> c.moved(seq, Phase.PAUSED, there, nowMs, nowMs, by));
  }

  /** Returns this paused film as one that a player has stopped at its end (rule QU14). */
  Timeline stopsAtEnd() {
    return copy(c -> c.resume = true);
  }

  /** Returns this film paused at a position until the barrier ends; then the cooldown begins. */
  public Timeline prepare(
      ReadyBarrier wait, double there, double nowMs, double cooldownMs, @Nullable UserId by) {
    return copy(c -> {
      c.moved(wait.seq(), Phase.PREPARING, there, nowMs, nowMs, by);
      c.resume = true;
      c.barrier = wait;
      c.stallCooldownMs = cooldownMs;
    });
  }

  /** Returns this film at another rate, from now or from the scheduled start on (rule TL10). */
  public Timeline withRate(long seq, double newRate, double nowMs, UserId by) {
    double from = preparing() ? atMs : playing() ? Math.max(nowMs, atMs) : nowMs;
    return copy(c -> {
      c.seq = seq;
      c.position = targetAt(from);
      c.rate = newRate;
      c.atMs = from;
      c.by = by;
      c.stallCooldownMs = cooldownLeftMs(from);
    });
  }

  /** Returns the next film, paused at its start time in seconds (rule MD3). */
  public Timeline next(long seq, double start, double atMs, @Nullable UserId by) {
    return new Timeline(seq, item + 1, Phase.PAUSED, start, 1, atMs, false, by, 0);
  }

  /** Returns this film with its length; a position past the end becomes the end (rule TL6). */
  public Timeline withDuration(long seq, double seconds, @Nullable UserId by) {
    return copy(c -> {
      c.seq = seq;
      c.position = seconds > 0 ? Math.min(position, seconds) : position;
      c.by = by;
      c.duration = seconds;
    });
  }

  /** Returns this film with the delay of its live stream (rule LS1). */
  public Timeline withLiveDelay(long seq, double delayMs, @Nullable UserId by) {
    return copy(c -> {
      c.seq = seq;
      c.by = by;
      c.liveDelayMs = delayMs;
    });
  }

  private Timeline copy(Consumer<Copy> change) {
    var copy = new Copy(this);
    change.accept(copy);
    return copy.build();
  }

  /** Returns how long the film still has to play, in ms, before it may wait for a stall again. */
  private double cooldownLeftMs(double nowMs) {
    return playing() ? Math.max(0, stallCooldownMs - Math.max(0, nowMs - atMs)) : stallCooldownMs;
  }

  /** Returns the position of the film that is nearest to the given one. */
  double clamped(double seconds) {
    double there = Math.max(0, seconds); // makes -0.0, which clients may send, 0.0
    return duration > 0 ? Math.min(there, duration) : there;
  }

  /** The components of a changed copy of this film's timeline; what is not set stays. */
  private static final class Copy {
    private final Timeline from;
    private long seq;
    private Phase phase;
    private double position;
    private double rate;
    private double atMs;
    private boolean resume;
    private @Nullable UserId by;
    private double duration;
    private @Nullable ReadyBarrier barrier;
    private double stallCooldownMs;
    private @Nullable Double liveDelayMs;

    Copy(Timeline timeline) {
      from = timeline;
      seq = timeline.seq;
      phase = timeline.phase;
      position = timeline.position;
      rate = timeline.rate;
      atMs = timeline.atMs;
      resume = timeline.resume;
      by = timeline.by;
      duration = timeline.duration;
      barrier = timeline.barrier;
      stallCooldownMs = timeline.stallCooldownMs;
      liveDelayMs = timeline.liveDelayMs;
    }

    /** Moves the film, which ends a wait. */
    void moved(long nextSeq, Phase next, double to, double at, double nowMs, @Nullable UserId who) {
      seq = nextSeq;
      phase = next;
      position = from.clamped(to);
      atMs = at;
      resume = false;
      by = who;
      barrier = null;
      stallCooldownMs = from.cooldownLeftMs(nowMs);
    }

    Timeline build() {
      return new Timeline(
          seq,
          from.item,
          phase,
          position,
          rate,
          atMs,
          resume,
          by,
          duration,
          barrier,
          stallCooldownMs,
          liveDelayMs);
    }
  }
}
