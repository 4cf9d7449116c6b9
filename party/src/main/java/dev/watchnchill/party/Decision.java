package dev.watchnchill.party;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision of the rules on one command.
 *
 * @param next the room afterwards; the object from before when nothing changed
 * @param events what happened, in order; empty when rejected
 * @param rejection why the command was rejected, or null
 * @param joined the result of a join, or null for any other command
 * @param retryInMs after how long a rejected command may succeed, ms; 0 when that is not known
 */
public record Decision(
    Room next,
    List<RoomEvent> events,
    @Nullable Rejection rejection,
    @Nullable JoinResult joined,
    long retryInMs) {

  /**
   * The seat that a join gave.
   *
   * @param userId the id of the joiner
   * @param kind how the joiner got the seat
   */
  public record JoinResult(UserId userId, SeatKind kind) {}

  /** The ways to get a seat. */
  public enum SeatKind {
    /** A new user. */
    NEW,
    /** The socket had this seat already (rule JN1). */
    SAME,
    /** Taken over by the host token (rule JN2). */
    TAKEN_OVER,
    /** Taken back by the session token (rule RS3). */
    RESUMED
  }

  /** Returns the decision on a command that was carried out. */
  public static Decision done(Room next, List<RoomEvent> events) {
    return new Decision(next, List.copyOf(events), null, null, 0);
  }

  /** Returns the decision on a join that was carried out. */
  public static Decision joined(Room next, List<RoomEvent> events, JoinResult result) {
    return new Decision(next, List.copyOf(events), null, result, 0);
  }

  /** Returns the decision on a command that is rejected. */
  public static Decision rejected(Room room, Rejection rejection) {
    return rejected(room, rejection, 0);
  }

  /** Returns the decision on a command that is rejected for a while. */
  public static Decision rejected(Room room, Rejection rejection, long retryInMs) {
    return new Decision(room, List.of(), rejection, null, retryInMs);
  }

  /** Returns the decision on a command that had nothing to change. */
  public static Decision unchanged(Room room) {
    return new Decision(room, List.of(), null, null, 0);
  }
}
