package dev.watchnchill.party.queue;

import dev.watchnchill.party.UserId;
import java.util.List;
import java.util.UUID;

/**
 * The inverse of the last change of the list, which can be taken back for a while (rule QU5).
 *
 * @param by the member who made the change
 * @param untilMs until when it can be taken back, ms since the epoch
 * @param drop the ids of the items that it added
 * @param restore the ranks that the items had which it moved
 * @param putBack the items that it removed
 */
public record QueueUndo(
    UserId by, long untilMs, List<UUID> drop, List<ItemRank> restore, List<QueueItem> putBack) {
  /** Time within which a change can be taken back, ms. */
  public static final long UNDO_MS = 30_000;

  /** Creates an inverse with copies of the lists. */
  public QueueUndo {
    drop = List.copyOf(drop);
    restore = List.copyOf(restore);
    putBack = List.copyOf(putBack);
  }
}
