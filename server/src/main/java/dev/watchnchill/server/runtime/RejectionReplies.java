package dev.watchnchill.server.runtime;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import org.jspecify.annotations.Nullable;

/** Maps rejections to the errors that clients get. */
final class RejectionReplies {
  private RejectionReplies() {}

  /** Returns the error for a rejection, which depends on the event. */
  static ErrorReply problem(ClientEvent event, Rejection refusal, @Nullable DisplayName name) {
    return switch (refusal) {
      case NOT_A_MEMBER, NOT_HOST -> event.hostsOnly();
      case NAME_TAKEN ->
          new ErrorReply(
              ErrorCode.NAME_TAKEN,
              ErrorReply.ROOM_ERROR,
              "The name \""
                  + name
                  + "\" is already taken in this room. Please choose a different name.");
      case BAD_HOST_CREDENTIALS ->
          new ErrorReply(
              ErrorCode.BAD_HOST_CREDENTIALS,
              ErrorReply.ROOM_ERROR,
              "Invalid host credentials. Only the room creator can join as host.");
      case USER_NOT_FOUND ->
          new ErrorReply(ErrorCode.USER_NOT_FOUND, ErrorReply.ERROR, "User not found");
      case ALREADY_HOST ->
          new ErrorReply(ErrorCode.ALREADY_HOST, ErrorReply.ERROR, "User is already a host");
      case MESSAGE_ID_TAKEN ->
          new ErrorReply(
              ErrorCode.INVALID_DATA,
              ErrorReply.ROOM_ERROR,
              "Invalid data: somebody else has used that messageId");
      case ROOM_FULL ->
          new ErrorReply(ErrorCode.ROOM_FULL, ErrorReply.ROOM_ERROR, "This room is full.");
    };
  }
}
