package dev.watchnchill.server.wire;

import java.util.List;

/**
 * Why an event was not done, as the sender hears it.
 *
 * @param code for the acknowledgement
 * @param event {@link #ERROR} or {@link #ROOM_ERROR}
 * @param text for a person
 */
public record ErrorReply(ErrorCode code, String event, String text) {
  /** The event that tells of a refused action. */
  public static final String ERROR = "error";

  /** The event that tells of a refused entry, a missing room or bad data. */
  public static final String ROOM_ERROR = "room-error";

  /** Bad data (rule FR11). */
  public static ErrorReply invalid(List<String> messages) {
    return new ErrorReply(
        ErrorCode.INVALID_DATA, ROOM_ERROR, "Invalid data: " + String.join(", ", messages));
  }

  /** The address has made as many rooms as it may (rule RL10). */
  public static ErrorReply tooManyRooms() {
    return new ErrorReply(
        ErrorCode.RATE_LIMITED,
        ROOM_ERROR,
        "Too many rooms are open from your address. Please use one of them, or try again later.");
  }

  /** Nobody, or nobody here. */
  public static ErrorReply notAuthenticated() {
    return new ErrorReply(ErrorCode.NOT_AUTHENTICATED, ERROR, "Not authenticated");
  }

  /** No such room. */
  public static ErrorReply roomNotFound() {
    return new ErrorReply(ErrorCode.ROOM_NOT_FOUND, ROOM_ERROR, "Room not found");
  }
}
