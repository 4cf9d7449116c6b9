package dev.watchnchill.party;

/** The right that a command requires of its actor. */
public enum Right {
  /** No right: joining, and the commands of the server itself. */
  NONE,
  /** Being a member of the room. */
  MEMBER,
  /** Being a host, or any member of a room where everyone may control the film (rule RT4). */
  CONTROL,
  /** Being a host, or any member of a room where everyone may change the queue (rule QU1). */
  QUEUE,
  /** Being a host of the room (rule HR1). */
  HOST,
  /** Owning the room (rule RT1). */
  OWNER
}
