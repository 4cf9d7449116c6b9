package dev.watchnchill.server.store;

import dev.watchnchill.party.queue.PlayedItem;
import java.util.ArrayList;
import java.util.List;

/**
 * The difference between two histories of played items: some that follow each other are kept, and
 * new ones follow.
 *
 * @param drop how many of the old items come before the kept ones
 * @param keep how many of the old items are kept
 * @param added the new items
 */
public record PlayedDelta(int drop, int keep, List<PlayedItem> added) {
  /** Returns the difference that keeps the most items. */
  public static PlayedDelta between(List<PlayedItem> before, List<PlayedItem> next) {
    int drop = 0;
    int keep = 0;
    for (int from = 0; from + keep < before.size(); from++) {
      int same = 0;
      while (same < next.size()
          && from + same < before.size()
          && before.get(from + same).equals(next.get(same))) {
        same++;
      }
      if (same > keep) {
        drop = from;
        keep = same;
      }
    }
    return new PlayedDelta(drop, keep, List.copyOf(next.subList(keep, next.size())));
  }

  /** Returns the history after the difference. */
  public List<PlayedItem> applyTo(List<PlayedItem> before) {
    var next = new ArrayList<PlayedItem>(keep + added.size());
    before.stream().skip(drop).limit(keep).forEach(next::add);
    next.addAll(added);
    return next;
  }
}
