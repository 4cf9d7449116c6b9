package dev.watchnchill.server.wire;

import dev.watchnchill.party.provider.LinkProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rejection of a client's event.
 *
 * @param code for the acknowledgement
 * @param message for the sender, acknowledgement or not
 * @param reason why a link is rejected, or a film is not played, for the acknowledgement, or null
 *     (rules MD6, LB11)
 */
public record ErrorReply(
    ErrorCode code, ServerMessage.ErrorMessage message, @Nullable String reason) {
  /** Returns the rejection of an action, sent as {@code error}. */
  public static ErrorReply ofAction(ErrorCode code, String text) {
    return new ErrorReply(code, new ServerMessage.ActionError(text), null);
  }

  /** Returns the rejection of an entry, of bad data, or for a missing room: {@code room-error}. */
  public static ErrorReply ofRoom(ErrorCode code, String text) {
    return new ErrorReply(code, new ServerMessage.RoomError(text), null);
  }

  /** Returns the rejection of a payload that breaks field rules (rules FR11, MD6). */
  public static ErrorReply invalid(List<String> problems, @Nullable LinkProblem linkProblem) {
    String text = "Invalid data: " + String.join(", ", problems);
    return new ErrorReply(
        ErrorCode.INVALID_DATA,
        new ServerMessage.RoomError(text),
        linkProblem == null ? null : WireText.name(linkProblem));
  }

  /** Returns the rejection of one room too many for an address (rule RL10). */
  public static ErrorReply tooManyRooms() {
    return ofRoom(
        ErrorCode.RATE_LIMITED,
        "Too many rooms are open from your address. Please use one of them, or try again later.");
  }

  /** Returns the answer to a joiner who has to wait for a host (rule EN4). */
  public static ErrorReply approvalPending() {
    return ofRoom(ErrorCode.APPROVAL_PENDING, "A host has been asked to let you in.");
  }

  /** Returns the rejection of a joiner who has tried too many passwords (rule EN3). */
  public static ErrorReply tooManyPasswords() {
    return ofRoom(ErrorCode.RATE_LIMITED, "Too many wrong passwords. Please try again later.");
  }

  /** Returns the rejection of a socket that has no seat, or none in the room that it names. */
  public static ErrorReply notAuthenticated() {
    return ofAction(ErrorCode.NOT_AUTHENTICATED, "Not authenticated");
  }

  /** Returns the rejection for a room that does not exist. */
  public static ErrorReply roomNotFound() {
    return ofRoom(ErrorCode.ROOM_NOT_FOUND, "Room not found");
  }

  /** Returns the rejection for a message that is not in the log, or deleted (CH5 to CH9). */
  public static ErrorReply messageNotFound() {
    return ofAction(ErrorCode.MESSAGE_NOT_FOUND, "That message is not there any more");
  }

  /** Returns the rejection for subtitles that are not shared, or whose text is lost (SB1, SB6). */
  public static ErrorReply trackNotFound() {
    return ofAction(ErrorCode.TRACK_NOT_FOUND, "There are no such subtitles");
  }

  /** Returns the rejection of subtitles beyond their bounds (SB2). */
  public static ErrorReply subtitlesTooLarge() {
    return ofAction(ErrorCode.SUBTITLES_TOO_LARGE, "These subtitles are too large");
  }

  /** Returns the rejection of a text whose parts have not arrived in their order (SB2). */
  public static ErrorReply uploadIncomplete() {
    return ofAction(ErrorCode.UPLOAD_INCOMPLETE, "The subtitles did not arrive whole");
  }

  /** Returns the rejection by a server without a media library (LB1). */
  public static ErrorReply noLibrary() {
    return ofAction(ErrorCode.NO_LIBRARY, "This server has no library");
  }

  /** Returns the rejection for a folder that the media library does not have (LB2). */
  public static ErrorReply folderNotFound() {
    return ofAction(ErrorCode.FOLDER_NOT_FOUND, "There is no such folder");
  }

  /** Returns the rejection for a film that the media library does not have (LB7). */
  public static ErrorReply filmNotFound() {
    return ofAction(ErrorCode.FILM_NOT_FOUND, "That film is not in the library");
  }

  /** Returns the rejection of a film that some viewers cannot get from their servers (LB15). */
  public static ErrorReply filmNotOnEveryServer(int viewers) {
    return ofAction(
        ErrorCode.FILM_NOT_ON_EVERY_SERVER,
        viewers == 1
            ? "1 viewer is on a server that does not have this film"
            : viewers + " viewers are on a server that does not have this film");
  }

  /**
   * Returns the rejection of a link to a film that browsers cannot play (LB11).
   *
   * @param reason as in {@link FilmInfo}
   */
  public static ErrorReply filmNotPlayable(String reason, String text) {
    return new ErrorReply(ErrorCode.FILM_NOT_PLAYABLE, new ServerMessage.ActionError(text), reason);
  }

  /** Returns the answer while a film is being examined (LB11). */
  public static ErrorReply filmNotExamined() {
    return ofAction(ErrorCode.UNAVAILABLE, "The film is being examined. Please try again.");
  }

  /** Returns the rejection of an event whose name is unknown. */
  public static ErrorReply unknownEvent() {
    return ofAction(ErrorCode.UNKNOWN_EVENT, "There is no such event.");
  }

  /** Returns the text for a person. */
  public String text() {
    return message.error();
  }
}
