package dev.watchnchill.party.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gives ranks to items, so that few of the others need another one (rule QU2). */
final class Ranks {
  /** The distance of two ranks at first. */
  static final long GAP = 1L << 20;

  /** Largest rank, either way: a number that every client can hold. */
  static final long MAX = 1L << 52;

  /** Least distance of the ranks after those around have been spaced anew. */
  private static final long SPACED = 1L << 10;

  private Ranks() {}

  /**
   * Returns a list with items added before a place of it. When there is no room between the ranks,
   * the items around get others.
   */
  static List<QueueItem> insert(List<QueueItem> list, int at, List<QueueItem> added) {
    int from = at;
    int to = at;
    long least = 1;
    for (int wider = 1; !roomFor(list, from, to, (added.size() + to - from + 1) * least); ) {
      from = Math.max(0, from - wider);
      to = Math.min(list.size(), to + wider);
      least = SPACED;
      wider *= 2;
    }
    var window = new ArrayList<QueueItem>(added.size() + to - from);
    window.addAll(list.subList(from, at));
    window.addAll(added);
    window.addAll(list.subList(at, to));
    var next = new ArrayList<QueueItem>(list.size() + added.size());
    next.addAll(list.subList(0, from));
    next.addAll(spaced(window, list, from, to));
    next.addAll(list.subList(to, list.size()));
    return next.getFirst().rank() < -MAX || next.getLast().rank() > MAX ? anew(next) : next;
  }

  private static boolean roomFor(List<QueueItem> list, int from, int to, long distance) {
    return from == 0
        || to == list.size()
        || list.get(to).rank() - list.get(from - 1).rank() >= distance;
  }

  /** Returns items with ranks between those of the list that lie around them. */
  private static List<QueueItem> spaced(
      List<QueueItem> window, List<QueueItem> list, int from, int to) {
    long low = from == 0 ? 0 : list.get(from - 1).rank();
    long step = GAP;
    if (to < list.size()) {
      long high = list.get(to).rank();
      step = from == 0 ? GAP : (high - low) / (window.size() + 1);
      low = from == 0 ? high - GAP * (window.size() + 1) : low;
    }
    var spaced = new ArrayList<QueueItem>(window.size());
    long rank = low;
    for (QueueItem item : window) {
      rank += step;
      spaced.add(item.at(rank));
    }
    return spaced;
  }

  /** Returns items in the order of their ranks; when two are equal, all get others. */
  static List<QueueItem> ordered(List<QueueItem> items) {
    var next = new ArrayList<>(items);
    next.sort(Comparator.comparingLong(QueueItem::rank));
    for (int i = 1; i < next.size(); i++) {
      if (next.get(i).rank() == next.get(i - 1).rank()) {
        return anew(next);
      }
    }
    return next;
  }

  private static List<QueueItem> anew(List<QueueItem> items) {
    return spaced(items, List.of(), 0, 0);
  }
}
