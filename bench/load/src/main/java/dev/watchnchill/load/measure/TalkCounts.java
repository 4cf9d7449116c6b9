package dev.watchnchill.load.measure;

/**
 * Counts of reactions that members have received.
 *
 * @param filmEvents events with reactions to the film
 * @param filmReactions the reactions that these events count
 * @param messageEvents events with the reactions to a message
 */
public record TalkCounts(long filmEvents, long filmReactions, long messageEvents) {
  /** No reactions. */
  static final TalkCounts NONE = new TalkCounts(0, 0, 0);

  TalkCounts plus(TalkCounts other) {
    return new TalkCounts(
        filmEvents + other.filmEvents,
        filmReactions + other.filmReactions,
        messageEvents + other.messageEvents);
  }

  TalkCounts minus(TalkCounts other) {
    return new TalkCounts(
        filmEvents - other.filmEvents,
        filmReactions - other.filmReactions,
        messageEvents - other.messageEvents);
  }
}
