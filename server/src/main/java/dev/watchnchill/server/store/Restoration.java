package dev.watchnchill.server.store;

/** What became of an attempt to put back a room that a store has lost. */
public enum Restoration {
  /** It is there again, under another epoch. */
  RESTORED,
  /** Others may have a newer copy: ask again soon. */
  WAIT,
  /** The store has a room of that id that is not older, or a newer life of it: load that. */
  OTHER
}
