package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueUndo;
import dev.watchnchill.party.queue.Votes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts a queue together from its parts, in any order. Not for several threads at once. */
public final class QueueAssembly {
  private final List<QueueItem> items = new ArrayList<>();
  private final Map<UserId, Ballot> ballots = new HashMap<>();
  private QueuePart.Showing showing = QueuePart.Showing.INITIAL;
  private List<PlayedItem> played = List.of();
  private @Nullable QueueUndo undo;

  /** Adds a part; at most one with each key. */
  public void add(QueuePart part) {
    switch (part) {
      case QueuePart.Listed(QueueItem item) -> items.add(item);
      case QueuePart.Cast(UserId user, Ballot ballot) -> ballots.put(user, ballot);
      case QueuePart.Showing shown -> showing = shown;
      case QueuePart.Played(List<PlayedItem> shown) -> played = shown;
      case QueuePart.Undo(QueueUndo last) -> undo = last;
    }
  }

  /**
   * Returns a room with the queue. Votes of others than its members, and for items that are not in
   * the list, are left out: an older server, or damage, has left them there.
   */
  public Room addTo(Room room) {
    items.sort(Comparator.comparingLong(QueueItem::rank));
    Set<UUID> listed = HashSet.newHashSet(items.size());
    items.forEach(item -> listed.add(item.id()));
    ballots.keySet().removeIf(user -> room.members().find(user) == null);
    ballots.replaceAll((_, ballot) -> within(ballot, listed));
    return withFilm(
        room,
        new Queue(
            items,
            showing.current(),
            showing.playedOn(),
            played,
            showing.mode(),
            Votes.of(ballots),
            undo));
  }

  private static Ballot within(Ballot ballot, Set<UUID> listed) {
    if (listed.containsAll(ballot.items())) {
      return ballot;
    }
    var items = new HashSet<>(ballot.items());
    items.retainAll(listed);
    return new Ballot(items, ballot.skip());
  }

  /**
   * Returns a room with a queue, and without the current item of the queue when that is not the
   * film of the room: an older server, which knows no items, has set another one.
   */
  public static Room withFilm(Room room, Queue queue) {
    QueueItem current = queue.current();
    return current == null || Objects.equals(current.media(), room.media())
        ? room.withQueue(queue)
        : room.withQueue(
            new Queue(
                queue.items(),
                null,
                false,
                queue.played(),
                queue.mode(),
                queue.votes().withoutSkips(),
                queue.undo()));
  }
}
