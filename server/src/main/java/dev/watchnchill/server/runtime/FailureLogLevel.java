package dev.watchnchill.server.runtime;

import dev.watchnchill.server.store.StoreUnavailableException;
import org.slf4j.event.Level;

/** How loud a failure is. */
final class FailureLogLevel {
  private FailureLogLevel() {}

  /**
   * A store that is away says so itself, once; what could not be done meanwhile, in each of
   * thousands of rooms, is for the curious.
   */
  static Level level(RuntimeException e) {
    boolean expected = e instanceof StoreUnavailableException || e instanceof RoomBusyException;
    return expected ? Level.DEBUG : Level.WARN;
  }
}
