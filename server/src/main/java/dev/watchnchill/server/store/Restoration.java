package dev.watchnchill.server.store;

/** The outcome of {@link RoomStore#restore}. */
public enum Restoration {
  /** The room is stored again, under a new epoch. */
  RESTORED,
  /** Another instance may have a newer copy: call again soon. */
  RETRY_LATER,
  /** The store has a room of that id that is as new or newer, or the room was closed: load it. */
  SUPERSEDED
}
