package dev.watchnchill.server.runtime.room;

import dev.watchnchill.server.store.StoreUnavailableException;
import org.slf4j.event.Level;

/** Chooses the level that a failure is logged at. */
final class FailureLogLevel {
  private FailureLogLevel() {}

  /**
   * Returns DEBUG for what follows from an outage, which the store has logged once already for
   * thousands of rooms, else WARN.
   */
  static Level level(Throwable e) {
    boolean expected = e instanceof StoreUnavailableException || e instanceof RoomBusyException;
    return expected ? Level.DEBUG : Level.WARN;
  }
}
