package dev.watchnchill.server.limit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Limits how often a client address enters rooms (rule RL8) and how often it names a room that does
 * not exist (rule RL9). Called on event loops: no method waits, and no answer fails.
 */
public interface EntryLimit {
  /** The decision on an entry. */
  enum Verdict {
    /** The entry is within the limits. */
    ALLOWED,
    /** The address has entered too often in this window. */
    TOO_MANY,
    /** The address has named too many unknown rooms; the entry was not counted. */
    TOO_MANY_MISSES
  }

  /** The limits of an address. */
  EntryLimit UNLIMITED =
      new EntryLimit() {
        @Override
        public CompletionStage<Verdict> enter(ClientKey client, boolean namesRoom) {
          return CompletableFuture.completedStage(Verdict.ALLOWED);
        }

        @Override
        public CompletionStage<Verdict> missed(ClientKey client) {
          return CompletableFuture.completedStage(Verdict.ALLOWED);
        }
      };

  /**
   * The limits' figures.
   *
   * @param entriesMax entries of one address in one window
   * @param entriesWindowMs length of that window
   * @param missesMax misses of one address in one window
   * @param missesWindowMs length of that window
   */
  record Rates(int entriesMax, long entriesWindowMs, int missesMax, long missesWindowMs) {}

  /**
   * Counts one entry of that address.
   *
   * @param namesRoom whether the client names a room that it is not in, so that misses count too
   */
  CompletionStage<Verdict> enter(ClientKey client, boolean namesRoom);

  /** Counts one miss. When the stage completes, the next {@link #enter} takes it into account. */
  CompletionStage<Verdict> missed(ClientKey client);
}
