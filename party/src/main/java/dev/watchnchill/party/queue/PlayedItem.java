package dev.watchnchill.party.queue;

/**
 * An item that was shown.
 *
 * @param item the item
 * @param endedAtMs when another one followed, ms since the epoch
 * @param failed whether it ended because no viewer's player could play it (rule QU10)
 * @param position where the film was then, seconds; 0 when it was at its end, or hardly begun (rule
 *     QU15)
 */
public record PlayedItem(QueueItem item, long endedAtMs, boolean failed, double position) {
  /** Creates an item that was shown to its end. */
  public PlayedItem(QueueItem item, long endedAtMs, boolean failed) {
    this(item, endedAtMs, failed, 0);
  }

  /** Returns it with other details of the item. */
  PlayedItem with(QueueItem changed) {
    return new PlayedItem(changed, endedAtMs, failed, position);
  }
}
