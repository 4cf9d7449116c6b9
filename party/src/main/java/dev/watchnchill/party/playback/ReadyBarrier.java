package dev.watchnchill.party.playback;

import dev.watchnchill.party.UserId;
import java.util.List;

/**
 * What a preparing film waits for (rules TL9, WT2). It is there while the phase is {@code
 * preparing}, and only then.
 *
 * @param seq the change that began it: a viewer who is ready for this one, or for a later one that
 *     moved nothing, is awaited no longer
 * @param reason why it waits
 * @param awaited for whom; who leaves or is lost is not awaited any more, though still named here
 * @param untilMs server time at which it starts without the late ones; never moves
 */
public record ReadyBarrier(long seq, Reason reason, List<UserId> awaited, long untilMs) {

  /** Why a film waits. */
  public enum Reason {
    /** It was moved while it played, and players need time to get there. */
    SEEK,
    /** A viewer's player has run dry. */
    STALL
  }

  /**
   * @throws IllegalArgumentException when nobody is awaited
   */
  public ReadyBarrier {
    awaited = List.copyOf(awaited);
    if (awaited.isEmpty()) {
      throw new IllegalArgumentException("a film waits for somebody");
    }
  }
}
