package dev.watchnchill.party;

/** The right that a command requires of its actor. */
public enum Right {
  /** No right: joining, and the commands of the server itself. */
  NONE,
  /** Being a member of the room. */
  MEMBER,
  /** Being a host of the room (rule HR1). */
  HOST
}
