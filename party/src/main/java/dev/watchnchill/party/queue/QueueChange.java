package dev.watchnchill.party.queue;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a queue that one change of the room has changed (rule QU12). Together with the queue
 * before it gives the queue afterwards.
 *
 * @param added the items that are new in the list; nobody has voted for them yet
 * @param removed the ids of the items that are not in the list any more
 * @param moved the items of the list that have another rank
 * @param described the items, wherever they are, that have other details
 * @param shown the item that is shown now, or null when it is the same
 * @param played the newest of the played items, or null when there is no new one
 * @param unplayed the id of the newest played item that is none any more, or null
 * @param mode the mode, or null when it is the same
 * @param votes the items of the list with another number of votes
 * @param skip the votes to skip the item that is shown, or null when they are the same
 * @param undoUntilMs until when the last change of the list can be taken back, ms since the epoch;
 *     0 when none can, null when that is the same
 */
public record QueueChange(
    List<QueueItem> added,
    List<UUID> removed,
    List<ItemRank> moved,
    List<Description> described,
    @Nullable QueueItem shown,
    @Nullable PlayedItem played,
    @Nullable UUID unplayed,
    @Nullable QueueMode mode,
    List<ItemVotes> votes,
    @Nullable SkipVotes skip,
    @Nullable Long undoUntilMs) {

  /** The change of nothing. */
  public static final QueueChange NONE =
      new QueueChange(
          List.of(), List.of(), List.of(), List.of(), null, null, null, null, List.of(), null,
          null);

  /**
   * The details of an item that became known; a null value is as it was.
   *
   * @param itemId the id of the item
   */
  public record Description(
      UUID itemId, @Nullable String title, @Nullable Double duration, @Nullable String poster) {}

  /** Creates a change with copies of the lists. */
  public QueueChange {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    moved = List.copyOf(moved);
    described = List.copyOf(described);
    votes = List.copyOf(votes);
  }

  /** Returns a change of numbers of votes alone. */
  public static QueueChange votes(List<ItemVotes> votes, @Nullable SkipVotes skip) {
    return new QueueChange(
        List.of(), List.of(), List.of(), List.of(), null, null, null, null, votes, skip, null);
  }

  /** Returns whether it changes nothing that a member sees. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Returns whether nothing but numbers of votes changed, which may be sent together (PS). */
  public boolean votesOnly() {
    return !isEmpty()
        && added.isEmpty()
        && removed.isEmpty()
        && moved.isEmpty()
        && described.isEmpty()
        && shown == null
        && played == null
        && unplayed == null
        && mode == null
        && undoUntilMs == null;
  }
}
