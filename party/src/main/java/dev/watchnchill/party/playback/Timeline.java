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
 * @param barrier what a preparing film waits for; null in every other phase
 * @param calmMs how long the film plays from {@code atMs} on, at least, before it waits for a stall
 *     again (rule WT2)
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
    double calmMs) {

  /** Whether the film moves. */
  public enum Phase {
    /** It stands. */
    PAUSED,
    /** It stands while players get ready. */
    PREPARING,
    /** It moves, from {@code atMs} on. */
    PLAYING
  }

  /** Slowest rate, in seconds of film per second (rule TL10). */
  public static final double RATE_MIN = 0.25;

  /** Fastest rate, in seconds of film per second (rule TL10). */
  public static final double RATE_MAX = 2;

  /**
   * @throws IllegalArgumentException when it waits without preparing, or the other way round
   */
  public Timeline {
    if ((phase == Phase.PREPARING) != (barrier != null)) {
      throw new IllegalArgumentException("a film waits while it prepares, and only then");
    }
  }

  /** A film that waits for nobody and has not waited lately. */
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

  /** Whether it stands while players get ready. */
  public boolean preparing() {
    return phase == Phase.PREPARING;
  }

  /** The same film playing from there, at once. */
  public Timeline play(long seq, double from, double nowMs, @Nullable UserId by) {
    return play(seq, from, nowMs, nowMs, by);
  }

  /** The same film playing from there, from that time on, which may lie ahead. */
  public Timeline play(long seq, double from, double nowMs, double startMs, @Nullable UserId by) {
    return new Timeline(
        seq,
        item,
        Phase.PLAYING,
        bounded(from),
        rate,
        startMs,
        false,
        by,
        duration,
        null,
        calmLeftMs(nowMs));
  }

  /** The same film standing there. */
  public Timeline pause(long seq, double there, double nowMs, @Nullable UserId by) {
    return new Timeline(
        seq,
        item,
        Phase.PAUSED,
        bounded(there),
        rate,
        nowMs,
        false,
        by,
        duration,
        null,
        calmLeftMs(nowMs));
  }

  /** The same film standing there until that wait is over; then it plays in calm that long. */
  public Timeline prepare(
      ReadyBarrier wait, double there, double nowMs, double thenCalmMs, @Nullable UserId by) {
    return new Timeline(
        wait.seq(),
        item,
        Phase.PREPARING,
        bounded(there),
        rate,
        nowMs,
        true,
        by,
        duration,
        wait,
        thenCalmMs);
  }

  /** The same film at another rate, from now on or from the start that lies ahead (rule TL10). */
  public Timeline paced(long seq, double newRate, double nowMs, UserId by) {
    double from = preparing() ? atMs : playing() ? Math.max(nowMs, atMs) : nowMs;
    return new Timeline(
        seq,
        item,
        phase,
        targetAt(from),
        newRate,
        from,
        resume,
        by,
        duration,
        barrier,
        calmLeftMs(from));
  }

  /** The next film, standing at its beginning. */
  public Timeline next(long seq, double atMs, UserId by) {
    return next(seq, 0, atMs, by);
  }

  /** Returns the next film, paused at its start time in seconds (rule MD3). */
  public Timeline next(long seq, double start, double atMs, UserId by) {
    return new Timeline(seq, item + 1, Phase.PAUSED, start, 1, atMs, false, by, 0);
  }

  /** The same film with its length known; a position past it becomes its end (rule TL6). */
  public Timeline lasting(long seq, double seconds, UserId by) {
    double there = seconds > 0 ? Math.min(position, seconds) : position;
    return new Timeline(seq, item, phase, there, rate, atMs, resume, by, seconds, barrier, calmMs);
  }

  /** How long it still has to play, in ms, before it may wait for a stall again. */
  private double calmLeftMs(double nowMs) {
    return playing() ? Math.max(0, calmMs - Math.max(0, nowMs - atMs)) : calmMs;
  }

  /** That position, or the nearest one that this film has. */
  double bounded(double seconds) {
    double there = Math.max(0, seconds); // makes -0.0, which clients may send, 0.0
    return duration > 0 ? Math.min(there, duration) : there;
  }
}
