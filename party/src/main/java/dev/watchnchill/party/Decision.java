package dev.watchnchill.party;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a command.
 *
 * @param next the room afterwards; the same object as before when nothing changed
 * @param events what happened, in order; empty when rejected
 * @param rejection the reason why it was not done, or null
 * @param seat the seat of the joiner, or null for any other command
 */
public record Decision(
    Room next, List<RoomEvent> events, @Nullable Rejection rejection, @Nullable Seat seat) {

  /**
   * The outcome of a join.
   *
   * @param userId the id of the joiner
   * @param kind how the joiner got the seat
   */
  public record Seat(UserId userId, SeatKind kind) {}

  /** The ways to get a seat. */
  public enum SeatKind {
    /** A new user. */
    NEW,
    /** The socket had it already (rule JN1). */
    SAME,
    /** Taken over by the host token (rule JN2). */
    TAKEN_OVER,
    /** Taken back by the session token (rule RS3). */
    RESUMED
  }

  /** Returns the outcome of a command that was done. */
  public static Decision done(Room next, List<RoomEvent> events) {
    return new Decision(next, List.copyOf(events), null, null);
  }

  /** Returns the outcome of a join that was done. */
  public static Decision seated(Room next, List<RoomEvent> events, Seat seat) {
    return new Decision(next, List.copyOf(events), null, seat);
  }

  /** Returns the outcome of a command that changes nothing, with the reason. */
  public static Decision rejected(Room room, Rejection why) {
    return new Decision(room, List.of(), why, null);
  }

  /** Returns the outcome of a command that had nothing to change. */
  public static Decision nothing(Room room) {
    return new Decision(room, List.of(), null, null);
  }
}
