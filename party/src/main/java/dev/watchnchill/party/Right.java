package dev.watchnchill.party;

/** What an actor must be to give a command. */
public enum Right {
  /** No right at all: entering, and what the server itself does. */
  NONE,
  /** In the room. */
  MEMBER,
  /** In the room, with a host's right (rule HR1). */
  HOST
}
