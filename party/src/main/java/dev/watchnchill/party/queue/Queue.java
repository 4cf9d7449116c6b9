package dev.watchnchill.party.queue;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a room: what it shows, what comes, and what it has shown; immutable (QU).
 *
 * @param items the list: the items to come, in the order of their ranks, which all differ
 * @param current the item that the room shows, or null before the first, and in a room whose film
 *     an older version stored
 * @param playedOn whether the current item was shown while the one before it played (rule QU10)
 * @param played the items that were shown, newest last
 * @param mode how the queue goes on
 * @param votes the votes for items of the list, and to skip the current item
 * @param undo how to take back the last change of the list, or null; it may be too late for it
 */
public record Queue(
    List<QueueItem> items,
    @Nullable QueueItem current,
    boolean playedOn,
    List<PlayedItem> played,
    QueueMode mode,
    Votes votes,
    @Nullable QueueUndo undo) {
  /** Most items in the list (rule QU1). */
  public static final int ITEMS_MAX = 500;

  /** Most items in the list of one member who adds more (rule QU1). */
  public static final int MEMBER_ITEMS_MAX = 100;

  /** Most items that are added at once (rule QU1). */
  public static final int ADDED_MAX = 50;

  /** Most played items that are kept. */
  public static final int PLAYED_MAX = 50;

  /** The queue of a new room. */
  public static final Queue EMPTY =
      new Queue(List.of(), null, false, List.of(), QueueMode.DEFAULT, Votes.NONE, null);

  /** Creates a queue with copies of the lists. */
  public Queue {
    items = List.copyOf(items);
    played = List.copyOf(played);
  }

  /** Returns the item of the list with the id, or null. */
  public @Nullable QueueItem find(UUID id) {
    for (QueueItem item : items) {
      if (item.id().equals(id)) {
        return item;
      }
    }
    return null;
  }

  /** Returns the newest played item with the id, or null. */
  public @Nullable PlayedItem findPlayed(UUID id) {
    for (PlayedItem one : played.reversed()) {
      if (one.item().id().equals(id)) {
        return one;
      }
    }
    return null;
  }

  /** Returns until when the last change of the list can be taken back, ms; 0 when it cannot. */
  public long undoUntilMs() {
    return undo == null ? 0 : undo.untilMs();
  }

  /** Returns this queue with another list; the votes for items that are not in it end. */
  Queue withItems(List<QueueItem> next) {
    return new Queue(next, current, playedOn, played, mode, votesFor(next), undo);
  }

  private Votes votesFor(List<QueueItem> next) {
    if (votes.items().isEmpty()) {
      return votes;
    }
    var gone = new HashSet<>(votes.items());
    next.forEach(item -> gone.remove(item.id()));
    return gone.isEmpty() ? votes : votes.withoutItems(gone);
  }

  /** Returns this queue with another current item, for which nobody has voted to skip it. */
  Queue withCurrent(QueueItem item, boolean on) {
    return new Queue(items, item, on, played, mode, votes.withoutSkips(), undo);
  }

  /** Returns this queue with other played items. */
  Queue withPlayed(List<PlayedItem> next) {
    return new Queue(items, current, playedOn, next, mode, votes, undo);
  }

  /** Returns this queue in another mode. */
  Queue withMode(QueueMode next) {
    return new Queue(items, current, playedOn, played, next, votes, undo);
  }

  /** Returns this queue with other votes. */
  Queue withVotes(Votes next) {
    return next.equals(votes)
        ? this
        : new Queue(items, current, playedOn, played, mode, next, undo);
  }

  /** Returns this queue with another change that can be taken back, or none. */
  Queue withUndo(@Nullable QueueUndo next) {
    return new Queue(items, current, playedOn, played, mode, votes, next);
  }
}
