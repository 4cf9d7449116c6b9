package dev.watchnchill.server.runtime.memory;

import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueChange;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueUndo;
import dev.watchnchill.party.queue.Votes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The estimated bytes of the queue of one live room (rule RL11). After a change only the changed
 * parts are estimated again, so a vote does not cost a pass over 500 titles. Used within the
 * actor's tasks.
 */
final class QueueFootprint {
  /** An item of the queue, without its texts. */
  static final int ITEM_BYTES = 600;

  /** The ballot of a member, without its votes. */
  static final int BALLOT_BYTES = 250;

  /** A vote for an item, or another mention of an item. */
  static final int VOTE_BYTES = 60;

  private List<QueueItem> items = List.of();
  private long itemsBytes;
  private List<PlayedItem> played = List.of();
  private long playedBytes;
  private @Nullable QueueUndo undo;
  private long undoBytes;
  private Votes votes = Votes.NONE;
  private long votesBytes;

  /** Returns the bytes of the queue as it is now. */
  @SuppressWarnings("ReferenceEquality") // asks whether to count again, after every change
  long bytes(Queue queue) {
    if (queue.items() != items) {
      items = queue.items();
      itemsBytes = bytes(items);
    }
    if (queue.played() != played) {
      played = queue.played();
      playedBytes = bytes(played.stream().map(PlayedItem::item).toList());
    }
    if (queue.undo() != undo) {
      undo = queue.undo();
      undoBytes = undo == null ? 0 : bytes(undo);
    }
    if (queue.votes() != votes) {
      votes = queue.votes();
      votesBytes = (long) BALLOT_BYTES * votes.voters() + (long) VOTE_BYTES * votes.total();
    }
    QueueItem current = queue.current();
    return itemsBytes
        + playedBytes
        + undoBytes
        + votesBytes
        + (current == null ? 0 : bytes(current));
  }

  /** Estimates a change in the history. */
  static long bytes(QueueChange change) {
    QueueItem shown = change.shown();
    PlayedItem one = change.played();
    int mentions =
        change.removed().size()
            + change.moved().size()
            + change.described().size()
            + change.votes().size();
    long texts = 0;
    for (QueueChange.Description description : change.described()) {
      texts += text(description.title()) + text(description.poster());
    }
    return bytes(change.added())
        + texts
        + (shown == null ? 0 : bytes(shown))
        + (one == null ? 0 : bytes(one.item()))
        + (long) VOTE_BYTES * mentions;
  }

  private static long bytes(QueueUndo undo) {
    return bytes(undo.putBack()) + (long) VOTE_BYTES * (undo.drop().size() + undo.restore().size());
  }

  private static long bytes(List<QueueItem> items) {
    long bytes = 0;
    for (QueueItem item : items) {
      bytes += bytes(item);
    }
    return bytes;
  }

  private static long bytes(QueueItem item) {
    return ITEM_BYTES + text(item.media().url()) + text(item.title()) + text(item.poster());
  }

  private static long text(@Nullable String text) {
    return text == null ? 0 : RoomFootprint.bytes(text);
  }
}
