package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueUndo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Divides queues into parts, and finds those that a change has changed. */
public final class QueueParts {
  private QueueParts() {}

  /** Returns all parts of a queue; none of an empty one. */
  public static List<QueuePart> of(Queue queue) {
    return changes(Queue.EMPTY, queue).values().stream().filter(Objects::nonNull).toList();
  }

  /** Returns the parts of the second queue that differ from the first; removed ones are null. */
  public static Map<QueueKey, @Nullable QueuePart> changes(Queue before, Queue next) {
    if (before.equals(next)) { // the same object, nearly always
      return Map.of();
    }
    var changes = new LinkedHashMap<QueueKey, @Nullable QueuePart>();
    addItems(before.items(), next.items(), changes);
    next.votes()
        .differingFrom(before.votes())
        .forEach((user, ballot) -> {
          var cast = new QueuePart.Cast(user, ballot);
          changes.put(cast.key(), ballot.equals(Ballot.EMPTY) ? null : cast);
        });
    var showing = QueuePart.Showing.of(next);
    if (!QueuePart.Showing.of(before).equals(showing)) {
      changes.put(showing.key(), showing.equals(QueuePart.Showing.INITIAL) ? null : showing);
    }
    if (!before.played().equals(next.played())) {
      var played = new QueuePart.Played(next.played());
      changes.put(played.key(), next.played().isEmpty() ? null : played);
    }
    QueueUndo undo = next.undo();
    if (!Objects.equals(before.undo(), undo)) {
      changes.put(QueueKey.UNDO, undo == null ? null : new QueuePart.Undo(undo));
    }
    return changes;
  }

  private static void addItems(
      List<QueueItem> before, List<QueueItem> next, Map<QueueKey, @Nullable QueuePart> changes) {
    if (before.equals(next)) {
      return;
    }
    Map<UUID, QueueItem> left = HashMap.newHashMap(before.size());
    before.forEach(item -> left.put(item.id(), item));
    for (QueueItem item : next) {
      if (!item.equals(left.remove(item.id()))) {
        changes.put(QueueKey.item(item.id()), new QueuePart.Listed(item));
      }
    }
    left.keySet().forEach(id -> changes.put(QueueKey.item(id), null));
  }
}
