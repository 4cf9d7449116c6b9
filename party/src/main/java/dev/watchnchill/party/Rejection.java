package dev.watchnchill.party;

/** Why a room says no. What a person reads depends on the event and is the wire's matter. */
public enum Rejection {
  /** The actor is not in this room (rule MB1). */
  NOT_A_MEMBER,
  /** The actor is in the room but has no host's right (rule HR1). */
  NOT_HOST,
  /** Somebody present has that name (rule JN3). */
  NAME_TAKEN,
  /** The name or the token claims a host's seat without the right token (rules JN3 to JN5). */
  BAD_HOST_CREDENTIALS,
  /** The target is not in the room (rule PR1). */
  USER_NOT_FOUND,
  /** The target is a host already (rule PR1). */
  ALREADY_HOST,
  /** The room holds as many users as it may. */
  ROOM_FULL,
  /** Somebody else has said something under that id (rule CH2). */
  MESSAGE_ID_TAKEN
}
