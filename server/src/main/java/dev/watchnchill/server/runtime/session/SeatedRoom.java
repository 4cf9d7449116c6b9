package dev.watchnchill.server.runtime.session;

import dev.watchnchill.party.RoomId;
import org.jspecify.annotations.Nullable;

/** A live room as the sessions with a seat in it see it. May be used from any thread. */
public interface SeatedRoom {
  /** A revision of the room (rule SQ1). */
  record Position(long epoch, long seq) {}

  /** Returns the id of the room. */
  RoomId id();

  /** Returns the last revision that is broadcast, or null. */
  @Nullable Position position();
}
