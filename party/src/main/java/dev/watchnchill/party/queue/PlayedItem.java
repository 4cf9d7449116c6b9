package dev.watchnchill.party.queue;

/**
 * An item that was shown.
 *
 * @param item the item
 * @param endedAtMs when another one followed, ms since the epoch
 * @param failed whether it ended because no viewer's player could play it (rule QU10)
 */
public record PlayedItem(QueueItem item, long endedAtMs, boolean failed) {}
