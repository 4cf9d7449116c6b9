package dev.watchnchill.server.wire;

/** The registry of error codes that acknowledgements and metrics name (rule AK1). */
public enum ErrorCode {
  /** A field rule is broken. */
  INVALID_DATA(false),
  /** There is no event of that name. */
  UNKNOWN_EVENT(false),
  /** The socket has joined no room, or not this one. */
  NOT_AUTHENTICATED(false),
  /** There is no such room. */
  ROOM_NOT_FOUND(false),
  /** A present member has that name. */
  NAME_TAKEN(false),
  /** The host's seat needs the host's token. */
  BAD_HOST_CREDENTIALS(false),
  /** Only hosts may do that. */
  NOT_HOST(false),
  /** There is no such user in the room. */
  USER_NOT_FOUND(false),
  /** The user is a host already. */
  ALREADY_HOST(false),
  /** The room holds as many users as it may. */
  ROOM_FULL(false),
  /** Only the owner may do that. */
  NOT_OWNER(false),
  /** The user is no host. */
  NOT_A_HOST(false),
  /** The room would be without a host. */
  LAST_HOST(false),
  /** The user owns the room already. */
  ALREADY_OWNER(false),
  /** Nobody may do that to the owner. */
  IS_OWNER(false),
  /** Nobody may do that to themselves. */
  INVALID_TARGET(false),
  /** The list, or the member, has as many films in the queue as it may. */
  QUEUE_FULL(false),
  /** There is no such film in the queue. */
  ITEM_NOT_FOUND(false),
  /** There is no film to show. */
  QUEUE_EMPTY(false),
  /** The member votes for as many films as it may. */
  TOO_MANY_VOTES(false),
  /** Votes to skip are off. */
  VOTES_OFF(false),
  /** No jump, or no change of the queue, can be undone. */
  NOTHING_TO_UNDO(false),
  /** The room shows no film. */
  NO_FILM(false),
  /** The room shows another film. */
  FILM_CHANGED(false),
  /** There are no such subtitles. */
  TRACK_NOT_FOUND(false),
  /** The subtitles have more bytes than they may. */
  SUBTITLES_TOO_LARGE(false),
  /** The parts of a text have not arrived in their order. */
  UPLOAD_INCOMPLETE(false),
  /** The server has no media library. */
  NO_LIBRARY(false),
  /** The media library has no such folder. */
  FOLDER_NOT_FOUND(false),
  /** The media library has no such film. */
  FILM_NOT_FOUND(false),
  /** Viewers of the room are connected to servers that do not have the film. */
  FILM_NOT_ON_EVERY_SERVER(false),
  /** Browsers cannot play the film, and the server cannot convert it. */
  FILM_NOT_PLAYABLE(false),
  /** The room has no password, which that setting needs. */
  PASSWORD_MISSING(false),
  /** The room has a password. */
  PASSWORD_REQUIRED(false),
  /** The password is wrong. */
  BAD_PASSWORD(false),
  /** A host has been asked to let the joiner in. */
  APPROVAL_PENDING(false),
  /** Too many people wait already. */
  WAITING_FULL(true),
  /** Nobody waits with that id. */
  KNOCK_NOT_FOUND(false),
  /** Nobody new may come in. */
  ENTRY_CLOSED(false),
  /** The invitation is not valid any more. */
  BAD_INVITE(false),
  /** There is no such invitation. */
  INVITE_NOT_FOUND(false),
  /** The room has as many invitations as it may. */
  TOO_MANY_INVITES(false),
  /** The joiner is banned. */
  BANNED(false),
  /** There is no such ban. */
  BAN_NOT_FOUND(false),
  /** A host has muted the sender. */
  MUTED(false),
  /** Only hosts may write. */
  CHAT_CLOSED(false),
  /** There is no such message, or it is deleted. */
  MESSAGE_NOT_FOUND(false),
  /** Another member has sent the message. */
  NOT_YOUR_MESSAGE(false),
  /** The message, or the member at it, has as many reactions as it may. */
  TOO_MANY_REACTIONS(false),
  /** The sender has written too shortly before. */
  SLOW_MODE(true),
  /** The server has no voice. */
  VOICE_OFF(false),
  /** The voice group has as many members as it may. */
  VOICE_FULL(true),
  /** The sender is not in the voice group. */
  NOT_IN_VOICE(false),
  /** No other page in the voice group has that id. */
  VOICE_PEER_GONE(false),
  /** A host has muted the speaker. */
  VOICE_MUTED(false),
  /** Too many events in too short a time. */
  RATE_LIMITED(true),
  /** The store cannot be reached, or the server is at its room limit. */
  UNAVAILABLE(true),
  /** A fault of the server. */
  INTERNAL(true);

  private final boolean retryable;

  ErrorCode(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same event may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** Returns its name on the wire, such as {@code not_host}. */
  public String wireName() {
    return WireText.name(this);
  }
}
