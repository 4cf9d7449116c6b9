package dev.watchnchill.server.runtime;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Refusal;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.Problem;
import org.jspecify.annotations.Nullable;

/** What a client hears of a refusal. */
final class Refusals {
  private Refusals() {}

  /** What a client hears of a refusal, by event (section 4 of the contract). */
  static Problem problem(ClientEvent event, Refusal refusal, @Nullable DisplayName name) {
    return switch (refusal) {
      case NOT_A_MEMBER, NOT_HOST -> event.hostsOnly();
      case NAME_TAKEN ->
          new Problem(
              ErrorCode.NAME_TAKEN,
              Problem.ROOM_ERROR,
              "The name \""
                  + name
                  + "\" is already taken in this room. Please choose a different name.");
      case BAD_HOST_CREDENTIALS ->
          new Problem(
              ErrorCode.BAD_HOST_CREDENTIALS,
              Problem.ROOM_ERROR,
              "Invalid host credentials. Only the room creator can join as host.");
      case USER_NOT_FOUND -> new Problem(ErrorCode.USER_NOT_FOUND, Problem.ERROR, "User not found");
      case ALREADY_HOST ->
          new Problem(ErrorCode.ALREADY_HOST, Problem.ERROR, "User is already a host");
      case MESSAGE_ID_TAKEN ->
          new Problem(
              ErrorCode.INVALID_DATA,
              Problem.ROOM_ERROR,
              "Invalid data: somebody else has used that messageId");
      case ROOM_FULL -> new Problem(ErrorCode.ROOM_FULL, Problem.ROOM_ERROR, "This room is full.");
    };
  }
}
