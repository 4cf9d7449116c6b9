package dev.watchnchill.party.queue;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.UserTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The votes of a room's members; immutable. The numbers of votes are derived from the ballots, and
 * kept beside them, so that a vote costs the same in a room of ten and of thousands.
 */
public final class Votes {
  /** The votes of a room in which nobody votes. */
  public static final Votes NONE = new Votes(UserTable.empty(), Map.of(), 0);

  private final UserTable<Ballot> ballots;
  // Without the items that nobody votes for; never changed.
  private final Map<UUID, Integer> counts;
  private final int skips;

  private Votes(UserTable<Ballot> ballots, Map<UUID, Integer> counts, int skips) {
    this.ballots = ballots;
    this.counts = counts;
    this.skips = skips;
  }

  /** Returns the votes of these members. */
  public static Votes of(Map<UserId, Ballot> ballots) {
    var kept = new HashMap<>(ballots);
    kept.values().removeIf(Ballot::isEmpty);
    if (kept.isEmpty()) {
      return NONE;
    }
    var counts = new HashMap<UUID, Integer>();
    int skips = 0;
    for (Ballot ballot : kept.values()) {
      ballot.items().forEach(item -> counts.merge(item, 1, Integer::sum));
      skips += ballot.skip() ? 1 : 0;
    }
    return new Votes(UserTable.of(kept), counts, skips);
  }

  /** Returns the ballots of all members that vote for something. */
  public Map<UserId, Ballot> ballots() {
    return ballots.all();
  }

  /** Returns the votes of a member. */
  public Ballot of(UserId user) {
    Ballot ballot = ballots.find(user);
    return ballot == null ? Ballot.EMPTY : ballot;
  }

  /** Returns the ballots that differ from those of other votes; an empty one was taken back. */
  public Map<UserId, Ballot> differingFrom(Votes before) {
    var differing = new HashMap<UserId, Ballot>();
    ballots.differingFrom(before.ballots).forEach(user -> differing.put(user, of(user)));
    return differing;
  }

  /** Returns how many members vote for something. */
  public int voters() {
    return ballots.size();
  }

  /** Returns how many votes there are for items. */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns how many members vote for an item. */
  public int count(UUID item) {
    return counts.getOrDefault(item, 0);
  }

  /** Returns how many members vote to skip the current item. */
  public int skips() {
    return skips;
  }

  /** Returns whether nobody votes for anything. */
  public boolean isEmpty() {
    return ballots.size() == 0;
  }

  /** Returns the ids of the items that somebody votes for. */
  Set<UUID> items() {
    return counts.keySet();
  }

  /** Returns these votes with another ballot of a member. */
  Votes with(UserId user, Ballot ballot) {
    return with(Map.of(user, ballot));
  }

  /** Returns these votes with other ballots of some members. */
  public Votes with(Map<UserId, Ballot> changed) {
    if (changed.isEmpty()) {
      return this;
    }
    UserTable<Ballot> next = ballots;
    var nextCounts = new HashMap<>(counts);
    int nextSkips = skips;
    for (Map.Entry<UserId, Ballot> change : changed.entrySet()) {
      Ballot before = of(change.getKey());
      Ballot after = change.getValue();
      before.items().forEach(item -> nextCounts.computeIfPresent(item, Votes::less));
      after.items().forEach(item -> nextCounts.merge(item, 1, Integer::sum));
      nextSkips += (after.skip() ? 1 : 0) - (before.skip() ? 1 : 0);
      next = after.isEmpty() ? next.without(change.getKey()) : next.with(change.getKey(), after);
    }
    return new Votes(next, nextCounts, nextSkips);
  }

  /** Returns these votes without those for some items. */
  public Votes withoutItems(Collection<UUID> items) {
    if (items.stream().noneMatch(counts::containsKey)) {
      return this;
    }
    var gone = Set.copyOf(items);
    Map<UserId, Ballot> next = ballots();
    next.replaceAll((_, ballot) -> ballot.withoutItems(gone));
    return of(next);
  }

  /** Returns these votes without those to skip. */
  public Votes withoutSkips() {
    if (skips == 0) {
      return this;
    }
    var next = ballots();
    next.replaceAll((_, ballot) -> ballot.withSkip(false));
    return of(next);
  }

  private static @Nullable Integer less(UUID item, Integer votes) {
    return votes == 1 ? null : (Integer) (votes - 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Votes votes && ballots.equals(votes.ballots);
  }

  @Override
  public int hashCode() {
    return ballots.hashCode();
  }

  @Override
  public String toString() {
    return ballots.toString();
  }
}
