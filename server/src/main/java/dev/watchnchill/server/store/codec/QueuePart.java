package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode;
import dev.watchnchill.party.queue.QueueUndo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a queue that is stored on its own, so that the cost of a change depends on its size and
 * not on the queue's. Empty parts, and those with the values of a new room, are not stored.
 */
public sealed interface QueuePart {
  /** Returns the key, which no other part of the queue has. */
  QueueKey key();

  /** An item of the list. */
  record Listed(QueueItem item) implements QueuePart {
    @Override
    public QueueKey key() {
      return QueueKey.item(item.id());
    }
  }

  /** The votes of a member. */
  record Cast(UserId user, Ballot ballot) implements QueuePart {
    @Override
    public QueueKey key() {
      return QueueKey.ballot(user);
    }
  }

  /** The current item, how it came to be shown, and the mode. */
  record Showing(@Nullable QueueItem current, boolean playedOn, QueueMode mode)
      implements QueuePart {
    /** The part of a new room, which is not stored. */
    public static final Showing INITIAL = of(Queue.EMPTY);

    /** Returns the part of a queue. */
    public static Showing of(Queue queue) {
      return new Showing(queue.current(), queue.playedOn(), queue.mode());
    }

    @Override
    public QueueKey key() {
      return QueueKey.SHOWING;
    }
  }

  /** The played items, newest last. */
  record Played(List<PlayedItem> items) implements QueuePart {
    @Override
    public QueueKey key() {
      return QueueKey.PLAYED;
    }
  }

  /** The inverse of the last change of the list, which takes it back. */
  record Undo(QueueUndo undo) implements QueuePart {
    @Override
    public QueueKey key() {
      return QueueKey.UNDO;
    }
  }
}
