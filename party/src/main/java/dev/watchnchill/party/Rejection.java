package dev.watchnchill.party;

/** Why a command is rejected. The wire layer chooses the text for each event. */
public enum Rejection {
  /** The actor is not in this room (rule MB1). */
  NOT_A_MEMBER,
  /** The actor is in the room but has no host's right (rule HR1). */
  NOT_HOST,
  /** A present member has this name (rule JN3). */
  NAME_TAKEN,
  /** The name or the token claims a host's seat without the right token (rules JN3 to JN5). */
  BAD_HOST_CREDENTIALS,
  /** The target is not in the room (rule PR1). */
  USER_NOT_FOUND,
  /** The target is a host already (rule PR1). */
  ALREADY_HOST,
  /** The room has its maximum number of members. */
  ROOM_FULL,
  /** Another member has sent a message with this id (rule CH2). */
  MESSAGE_ID_TAKEN,
  /** Only the owner may do this (rule RT1). */
  NOT_OWNER,
  /** The target is no host (rule RT6). */
  NOT_A_HOST,
  /** The room would be without a host (rule RT6). */
  LAST_HOST,
  /** The target owns the room already (rule RT2). */
  ALREADY_OWNER,
  /** Nobody may do this to the owner (rules EN8, EN11). */
  TARGET_IS_OWNER,
  /** Nobody may do this to themselves (rule EN8). */
  TARGET_IS_SELF,
  /** There is no jump, or none that can still be undone (rule RT8). */
  NOTHING_TO_UNDO,
  /** The room has no password, which this entry needs (rule EN2). */
  PASSWORD_MISSING,
  /** The room has a password, and none was given (rule EN2). */
  PASSWORD_REQUIRED,
  /** The password is wrong (rule EN2). */
  BAD_PASSWORD,
  /** A host has to let the joiner in (rule EN4). */
  APPROVAL_REQUIRED,
  /** Too many people wait already (rule EN4). */
  TOO_MANY_WAIT,
  /** Nobody waits with this id (rule EN4). */
  KNOCK_NOT_FOUND,
  /** Nobody new may come in (rule EN5). */
  ENTRY_CLOSED,
  /** The invitation is unknown, over or used up (rule EN6). */
  BAD_INVITATION,
  /** There is no such invitation (rule EN6). */
  INVITATION_NOT_FOUND,
  /** The room has as many invitations as it may (rule EN6). */
  TOO_MANY_INVITATIONS,
  /** The joiner is banned (rule EN9). */
  BANNED,
  /** There is no such ban (rule EN10). */
  BAN_NOT_FOUND,
  /** A host has muted the sender (rule EN11). */
  MUTED,
  /** Only hosts may write (rule RT5). */
  CHAT_CLOSED,
  /** The sender has written too shortly before (rule RT5). */
  SLOW_MODE,
  /** The log has no such message, or it is deleted (rules CH6 to CH9). */
  MESSAGE_NOT_FOUND,
  /** Another member has sent the message (rules CH7, CH8). */
  NOT_YOUR_MESSAGE,
  /** The message has as many emoji as it may, or as many of the member (rule CH9). */
  TOO_MANY_REACTIONS,
  /** The list has as many items as it may (rule QU1). */
  QUEUE_FULL,
  /** The member has as many items in the list as it may (rule QU1). */
  TOO_MANY_ITEMS,
  /** No item has this id (rule QU2). */
  ITEM_NOT_FOUND,
  /** There is no film to show (rule QU3). */
  QUEUE_EMPTY,
  /** The member votes for as many items as it may (rule QU7). */
  TOO_MANY_VOTES,
  /** Votes to skip are off (rule QU7). */
  VOTES_OFF,
  /** The room shows no film (rule SB1). */
  NO_FILM,
  /** The room shows another film (rule SB1). */
  FILM_CHANGED,
  /** No shared track has this id, or two in the list have it (rule SB1). */
  TRACK_NOT_FOUND,
  /** The texts are too large together (rule SB2). */
  SUBTITLES_TOO_LARGE,
  /** The server has no voice (rule VO1). */
  VOICE_OFF,
  /** The voice group has as many members as it may (rule VO1). */
  VOICE_FULL,
  /** The actor is not in the voice group (rules VO4, VO5). */
  NOT_IN_VOICE,
  /** No other page in the voice group has that id (rule VO5). */
  VOICE_PEER_GONE,
  /** A host has muted the speaker (rule VO4). */
  VOICE_MUTED
}
