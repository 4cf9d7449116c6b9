package dev.watchnchill.party;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a room answers to a command.
 *
 * @param next the room afterwards; the same object as before when nothing changed
 * @param events what happened, in order; empty when refused
 * @param refusal why not, or null when it was done
 * @param seat who the joiner is now, or null for any other command
 */
public record Decision(
    Room next, List<RoomEvent> events, @Nullable Refusal refusal, @Nullable Seat seat) {

  /**
   * The outcome of a join.
   *
   * @param userId who the joiner is
   * @param kind how the seat was come by
   */
  public record Seat(UserId userId, SeatKind kind) {}

  /** How a joiner came by a seat. */
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

  /** Done. */
  public static Decision done(Room next, List<RoomEvent> events) {
    return new Decision(next, List.copyOf(events), null, null);
  }

  /** Done, for a joiner. */
  public static Decision seated(Room next, List<RoomEvent> events, Seat seat) {
    return new Decision(next, List.copyOf(events), null, seat);
  }

  /** Not done; the room stays as it is. */
  public static Decision refused(Room room, Refusal why) {
    return new Decision(room, List.of(), why, null);
  }

  /** Nothing to do. */
  public static Decision nothing(Room room) {
    return new Decision(room, List.of(), null, null);
  }
}
