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
      case NOT_OWNER -> ErrorReply.ofAction(ErrorCode.NOT_OWNER, "Only the owner can do this");
      case NOT_A_HOST -> ErrorReply.ofAction(ErrorCode.NOT_A_HOST, "User is not a host");
      case LAST_HOST -> ErrorReply.ofAction(ErrorCode.LAST_HOST, "The room needs a host");
      case ALREADY_OWNER ->
          ErrorReply.ofAction(ErrorCode.ALREADY_OWNER, "User is the owner already");
      case TARGET_IS_OWNER ->
          ErrorReply.ofAction(
              ErrorCode.IS_OWNER,
              event == ClientEvent.MUTE_MEMBER || event == ClientEvent.MUTE_VOICE
                  ? "The owner cannot be muted"
                  : "The owner cannot be removed");
      case TARGET_IS_SELF ->
          ErrorReply.ofAction(ErrorCode.INVALID_TARGET, "You cannot remove yourself");
      case NOTHING_TO_UNDO ->
          ErrorReply.ofAction(ErrorCode.NOTHING_TO_UNDO, "There is nothing to undo");
      case MUTED -> ErrorReply.ofAction(ErrorCode.MUTED, "A host has muted you");
      case CHAT_CLOSED -> ErrorReply.ofAction(ErrorCode.CHAT_CLOSED, "Only hosts can write here");
      case MESSAGE_NOT_FOUND -> ErrorReply.messageNotFound();
      case NOT_YOUR_MESSAGE ->
          ErrorReply.ofAction(ErrorCode.NOT_YOUR_MESSAGE, "That is not your message");
      case TOO_MANY_REACTIONS ->
          ErrorReply.ofAction(ErrorCode.TOO_MANY_REACTIONS, "There are too many reactions");
      case SLOW_MODE ->
          ErrorReply.ofAction(ErrorCode.SLOW_MODE, "Please wait before you write again");
      case QUEUE_FULL -> ErrorReply.ofAction(ErrorCode.QUEUE_FULL, "The queue is full");
      case TOO_MANY_ITEMS ->
          ErrorReply.ofAction(ErrorCode.QUEUE_FULL, "You have too many films in the queue");
      case ITEM_NOT_FOUND ->
          ErrorReply.ofAction(ErrorCode.ITEM_NOT_FOUND, "That film is not in the queue");
      case QUEUE_EMPTY -> ErrorReply.ofAction(ErrorCode.QUEUE_EMPTY, "There is nothing to play");
      case TOO_MANY_VOTES ->
          ErrorReply.ofAction(ErrorCode.TOO_MANY_VOTES, "You have voted for too many films");
      case VOTES_OFF -> ErrorReply.ofAction(ErrorCode.VOTES_OFF, "Votes to skip are off");
      case NO_FILM -> ErrorReply.ofAction(ErrorCode.NO_FILM, "Set a video first");
      case FILM_CHANGED -> ErrorReply.ofAction(ErrorCode.FILM_CHANGED, "Another film is shown now");
      case TRACK_NOT_FOUND -> ErrorReply.trackNotFound();
      case SUBTITLES_TOO_LARGE -> ErrorReply.subtitlesTooLarge();
      case VOICE_OFF -> ErrorReply.ofAction(ErrorCode.VOICE_OFF, "This server has no voice");
      case VOICE_FULL ->
          ErrorReply.ofAction(ErrorCode.VOICE_FULL, "As many people speak as can at once");
      case NOT_IN_VOICE -> ErrorReply.ofAction(ErrorCode.NOT_IN_VOICE, "Join the voice first");
      case VOICE_PEER_GONE ->
          ErrorReply.ofAction(ErrorCode.VOICE_PEER_GONE, "That page does not speak any more");
      case VOICE_MUTED -> ErrorReply.ofAction(ErrorCode.VOICE_MUTED, "A host has muted you");
      case PASSWORD_MISSING ->
          ErrorReply.ofAction(ErrorCode.PASSWORD_MISSING, "Set a password first.");
      case PASSWORD_REQUIRED ->
          ErrorReply.ofRoom(ErrorCode.PASSWORD_REQUIRED, "This room needs a password.");
      case BAD_PASSWORD -> ErrorReply.ofRoom(ErrorCode.BAD_PASSWORD, "Wrong password.");
      case APPROVAL_REQUIRED -> ErrorReply.approvalPending();
      case TOO_MANY_WAIT ->
          ErrorReply.ofRoom(ErrorCode.WAITING_FULL, "Too many people wait already.");
      case KNOCK_NOT_FOUND ->
          ErrorReply.ofAction(ErrorCode.KNOCK_NOT_FOUND, "Nobody waits with that id");
      case ENTRY_CLOSED -> ErrorReply.ofRoom(ErrorCode.ENTRY_CLOSED, "Nobody new can come in now.");
      case BAD_INVITATION ->
          ErrorReply.ofRoom(ErrorCode.BAD_INVITE, "This invitation is not valid any more.");
      case INVITATION_NOT_FOUND ->
          ErrorReply.ofAction(ErrorCode.INVITE_NOT_FOUND, "There is no such invitation");
      case TOO_MANY_INVITATIONS ->
          ErrorReply.ofAction(ErrorCode.TOO_MANY_INVITES, "This room has too many invitations");
      case BANNED -> ErrorReply.ofRoom(ErrorCode.BANNED, "You are banned from this room.");
      case BAN_NOT_FOUND -> ErrorReply.ofAction(ErrorCode.BAN_NOT_FOUND, "There is no such ban");
    };
  }
}
