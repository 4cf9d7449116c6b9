package dev.watchnchill.party.playback;

import dev.watchnchill.party.UserId;
import java.util.List;

/**
 * The wait of a preparing film for its viewers (rules TL9, WT2, QU10). A timeline has one exactly
 * while its phase is {@code preparing}.
 *
 * @param seq the change that began it; a viewer that is ready for this change, or for a later one
 *     without a move, is no longer awaited
 * @param reason why it waits
 * @param awaited the awaited members; one who leaves or is away is no longer awaited, though still
 *     listed
 * @param untilMs server time at which the film starts without late viewers; never changed
 */
public record ReadyBarrier(long seq, Reason reason, List<UserId> awaited, long untilMs) {

  /** Why a film waits for its viewers. */
  public enum Reason {
    /** A host sought in a playing film, and players need time to seek. */
    SEEK,
    /** A viewer's player has stalled. */
    STALL,
    /** Another film follows one that played, and players need time to load it (rule QU10). */
    NEXT
  }

  /**
   * @throws IllegalArgumentException when no member is awaited
   */
  public ReadyBarrier {
    awaited = List.copyOf(awaited);
    if (awaited.isEmpty()) {
      throw new IllegalArgumentException("a barrier awaits at least one member");
    }
  }
}
