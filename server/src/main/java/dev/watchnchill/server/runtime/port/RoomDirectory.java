package dev.watchnchill.server.runtime.port;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The listed rooms of all instances that share a store: the port of the directory (rule EN12). */
public interface RoomDirectory extends AutoCloseable {
  /**
   * Returns the listed rooms in the order of their ids, each once. Never waits and never fails:
   * instances that cannot be asked in time are left out. The answer may come on any thread.
   */
  CompletableFuture<List<RoomListing>> rooms();

  /** Ends the publication of this instance's listed rooms. Never waits, never fails. */
  @Override
  void close();
}
