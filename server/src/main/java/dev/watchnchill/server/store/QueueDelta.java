package dev.watchnchill.server.store;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueUndo;
import dev.watchnchill.party.queue.Votes;
import dev.watchnchill.server.store.codec.QueueKey;
import dev.watchnchill.server.store.codec.QueuePart;
import dev.watchnchill.server.store.codec.QueueParts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two queues, without what follows from the rest of it: with an item that
 * leaves the list, thousands of votes may end.
 *
 * @param removed the keys of the parts that are removed
 * @param put the new and changed parts, without the played items
 * @param skipsEnded whether all votes to skip have ended
 * @param played the difference of the played items, or null when they are equal
 */
public record QueueDelta(
    List<QueueKey> removed, List<QueuePart> put, boolean skipsEnded, @Nullable PlayedDelta played) {
  /** The difference of equal queues. */
  public static final QueueDelta NONE = new QueueDelta(List.of(), List.of(), false, null);

  /** Returns the difference. */
  public static QueueDelta between(Queue before, Queue next) {
    return between(before, next, QueueParts.changes(before, next));
  }

  /**
   * Returns the difference.
   *
   * @param changes the parts in which the queues differ; removed ones are null
   */
  public static QueueDelta between(
      Queue before, Queue next, Map<QueueKey, @Nullable QueuePart> changes) {
    if (changes.isEmpty()) {
      return NONE;
    }
    var removed = new ArrayList<QueueKey>();
    var put = new ArrayList<QueuePart>();
    changes.forEach((key, part) -> {
      if (key.kind() == QueueKey.Kind.BALLOT || key.kind() == QueueKey.Kind.PLAYED) {
        return;
      }
      if (part == null) {
        removed.add(key);
      } else {
        put.add(part);
      }
    });
    boolean skipsEnded = before.votes().skips() > 0 && next.votes().skips() == 0;
    next.votes()
        .differingFrom(remaining(before.votes(), removed, skipsEnded))
        .forEach((user, ballot) -> {
          if (ballot.equals(Ballot.EMPTY)) {
            removed.add(QueueKey.ballot(user));
          } else {
            put.add(new QueuePart.Cast(user, ballot));
          }
        });
    return new QueueDelta(
        removed,
        put,
        skipsEnded,
        changes.containsKey(QueueKey.PLAYED)
            ? PlayedDelta.between(before.played(), next.played())
            : null);
  }

  /** Returns the votes without those that end by themselves. */
  private static Votes remaining(Votes before, List<QueueKey> removed, boolean skipsEnded) {
    Set<UUID> items = QueueKey.items(removed);
    Votes left = items.isEmpty() ? before : before.withoutItems(items);
    return skipsEnded ? left.withoutSkips() : left;
  }

  /** Returns whether the queues are equal. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Returns the queue after the difference. */
  public Queue applyTo(Queue before) {
    if (isEmpty()) {
      return before;
    }
    var items = new HashMap<UUID, QueueItem>();
    var ballots = new HashMap<UserId, Ballot>();
    var showing = QueuePart.Showing.of(before);
    QueueUndo undo = before.undo();
    for (QueueKey key : removed) {
      switch (key.kind()) {
        case ITEM, PLAYED -> {}
        case BALLOT -> ballots.put(key.user(), Ballot.EMPTY);
        case SHOWING -> showing = QueuePart.Showing.INITIAL;
        case UNDO -> undo = null;
      }
    }
    for (QueuePart part : put) {
      switch (part) {
        case QueuePart.Listed(QueueItem item) -> items.put(item.id(), item);
        case QueuePart.Cast(UserId user, Ballot ballot) -> ballots.put(user, ballot);
        case QueuePart.Showing shown -> showing = shown;
        case QueuePart.Undo(QueueUndo last) -> undo = last;
        case QueuePart.Played _ -> {}
      }
    }
    return new Queue(
        list(before.items(), items),
        showing.current(),
        showing.playedOn(),
        played == null ? before.played() : played.applyTo(before.played()),
        showing.mode(),
        remaining(before.votes(), removed, skipsEnded).with(ballots),
        undo);
  }

  private List<QueueItem> list(List<QueueItem> before, Map<UUID, QueueItem> changed) {
    Set<UUID> gone = QueueKey.items(removed);
    if (changed.isEmpty() && gone.isEmpty()) {
      return before;
    }
    var next = new ArrayList<QueueItem>(before.size() + changed.size());
    for (QueueItem old : before) {
      if (!gone.contains(old.id())) {
        QueueItem now = changed.remove(old.id());
        next.add(now == null ? old : now);
      }
    }
    next.addAll(changed.values());
    next.sort(Comparator.comparingLong(QueueItem::rank));
    return next;
  }
}
