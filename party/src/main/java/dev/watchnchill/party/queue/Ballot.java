package dev.watchnchill.party.queue;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The votes of one member.
 *
 * @param items the ids of the items that the member votes for
 * @param skip whether the member votes to skip the current item
 */
public record Ballot(Set<UUID> items, boolean skip) {
  /** Most items that one member votes for at once (rule QU7). */
  public static final int ITEMS_MAX = 50;

  /** The ballot of a member who votes for nothing. */
  public static final Ballot EMPTY = new Ballot(Set.of(), false);

  /** Creates a ballot with a copy of the set. */
  public Ballot {
    items = Set.copyOf(items);
  }

  /** Returns whether it holds no vote. */
  boolean isEmpty() {
    return items.isEmpty() && !skip;
  }

  /** Returns this ballot with or without a vote for an item. */
  Ballot withItem(UUID item, boolean on) {
    var next = new LinkedHashSet<>(items);
    boolean changes = on ? next.add(item) : next.remove(item);
    return changes ? new Ballot(next, skip) : this;
  }

  /** Returns this ballot without votes for some items. */
  Ballot withoutItems(Set<UUID> some) {
    if (Collections.disjoint(items, some)) {
      return this;
    }
    var next = new HashSet<>(items);
    next.removeAll(some);
    return new Ballot(next, skip);
  }

  /** Returns this ballot with or without the vote to skip. */
  Ballot withSkip(boolean on) {
    return on == skip ? this : new Ballot(items, on);
  }
}
