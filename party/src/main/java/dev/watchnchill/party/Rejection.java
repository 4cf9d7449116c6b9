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
  MESSAGE_ID_TAKEN
}
