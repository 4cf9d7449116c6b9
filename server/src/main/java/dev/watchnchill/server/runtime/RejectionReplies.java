package dev.watchnchill.server.runtime;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import org.jspecify.annotations.Nullable;

/** Turns rejections of the room's rules into replies (section 4 of the contract). */
final class RejectionReplies {
  private RejectionReplies() {}

  /**
   * Returns the reply to an event that the rules reject.
   *
   * @param name the name that a joiner wants, or null for other events
   */
  static ErrorReply problem(ClientEvent event, Rejection rejection, @Nullable DisplayName name) {
    return switch (rejection) {
      case NOT_A_MEMBER, NOT_HOST -> event.hostsOnly();
      case NAME_TAKEN ->
          ErrorReply.ofRoom(
              ErrorCode.NAME_TAKEN,
              "The name \""
                  + name
                  + "\" is already taken in this room. Please choose a different name.");
      case BAD_HOST_CREDENTIALS ->
          ErrorReply.ofRoom(
              ErrorCode.BAD_HOST_CREDENTIALS,
              "Invalid host credentials. Only the room creator can join as host.");
      case USER_NOT_FOUND -> ErrorReply.ofAction(ErrorCode.USER_NOT_FOUND, "User not found");
      case ALREADY_HOST -> ErrorReply.ofAction(ErrorCode.ALREADY_HOST, "User is already a host");
      case MESSAGE_ID_TAKEN ->
          ErrorReply.ofRoom(
              ErrorCode.INVALID_DATA, "Invalid data: somebody else has used that messageId");
      case ROOM_FULL -> ErrorReply.ofRoom(ErrorCode.ROOM_FULL, "This room is full.");
    };
  }
}
