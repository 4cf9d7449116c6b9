package dev.watchnchill.party.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/**
 * The differences of two lists of items.
 *
 * @param added the items of the second list that are not in the first
 * @param removed the items of the first list that are not in the second
 * @param before the items of both lists that differ, as the first list has them
 * @param after the same items as the second list has them
 */
record ListDiff(
    List<QueueItem> added, List<QueueItem> removed, List<QueueItem> before, List<QueueItem> after) {
  private static final ListDiff NONE = new ListDiff(List.of(), List.of(), List.of(), List.of());

  @SuppressWarnings("ReferenceEquality") // the same object, nearly always
  static ListDiff between(List<QueueItem> first, List<QueueItem> second) {
    if (first == second) {
      return NONE;
    }
    var left = HashMap.<UUID, QueueItem>newHashMap(first.size());
    first.forEach(item -> left.put(item.id(), item));
    var added = new ArrayList<QueueItem>();
    var before = new ArrayList<QueueItem>();
    var after = new ArrayList<QueueItem>();
    for (QueueItem item : second) {
      QueueItem was = left.remove(item.id());
      if (was == null) {
        added.add(item);
      } else if (was != item && !was.equals(item)) {
        before.add(was);
        after.add(item);
      }
    }
    List<QueueItem> removed = first.stream().filter(item -> left.containsKey(item.id())).toList();
    return new ListDiff(added, removed, before, after);
  }
}
