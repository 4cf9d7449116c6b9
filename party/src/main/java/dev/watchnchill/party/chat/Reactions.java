package dev.watchnchill.party.chat;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.UserTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reactions to one message; immutable. The numbers are derived from the members' marks, and
 * kept beside them, so that a reaction costs the same in a room of ten and of thousands.
 */
public final class Reactions {
  /** Most different emoji of one message (rule CH9). */
  public static final int EMOJI_MAX = 20;

  /** Most emoji of one member at one message (rule CH9). */
  public static final int MEMBER_EMOJI_MAX = 5;

  /** Most members that are named with an emoji. */
  public static final int NAMED_MAX = 20;

  /** The reactions to a message that has none. */
  public static final Reactions NONE = new Reactions(UserTable.empty(), List.of());

  private static final Comparator<Reactor> OLDEST_FIRST =
      Comparator.comparingLong(Reactor::seq).thenComparing(reactor -> reactor.userId().value());

  private final UserTable<List<Mark>> marks;
  // In the order of their oldest marks; none is empty.
  private final List<Tally> tallies;

  /**
   * One member's reaction.
   *
   * @param seq number of the change that added it
   */
  public record Mark(String emoji, long seq) {}

  /** A member who has reacted, in the change {@code seq}. */
  public record Reactor(UserId userId, long seq) {}

  /**
   * The reactions with one emoji.
   *
   * @param count how many members have it
   * @param first the members who had it first, at most {@link #NAMED_MAX}
   */
  public record Tally(String emoji, int count, List<Reactor> first) {
    /** Creates a tally with a copy of the list. */
    public Tally {
      first = List.copyOf(first);
    }
  }

  private Reactions(UserTable<List<Mark>> marks, List<Tally> tallies) {
    this.marks = marks;
    this.tallies = tallies;
  }

  /** Returns the reactions of these members; empty lists of marks are left out. */
  public static Reactions of(Map<UserId, List<Mark>> marks) {
    var kept = new HashMap<UserId, List<Mark>>();
    var reactors = new HashMap<String, List<Reactor>>();
    marks.forEach((user, list) -> {
      if (!list.isEmpty()) {
        kept.put(user, List.copyOf(list));
      }
      for (Mark mark : list) {
        reactors
            .computeIfAbsent(mark.emoji(), _ -> new ArrayList<>())
            .add(new Reactor(user, mark.seq()));
      }
    });
    if (kept.isEmpty()) {
      return NONE;
    }
    var tallies = new ArrayList<Tally>();
    reactors.forEach((emoji, all) -> tallies.add(tally(emoji, all)));
    return new Reactions(UserTable.of(kept), ordered(tallies));
  }

  private static Tally tally(String emoji, List<Reactor> all) {
    all.sort(OLDEST_FIRST);
    return new Tally(emoji, all.size(), all.subList(0, Math.min(NAMED_MAX, all.size())));
  }

  private static List<Tally> ordered(List<Tally> tallies) {
    tallies.sort(Comparator.comparing(tally -> tally.first().getFirst(), OLDEST_FIRST));
    return List.copyOf(tallies);
  }

  /** Returns the reactions by their emoji. */
  public List<Tally> tallies() {
    return tallies;
  }

  /** Returns the marks of a member, oldest first. */
  public List<Mark> of(UserId user) {
    List<Mark> found = marks.find(user);
    return found == null ? List.of() : found;
  }

  /** Returns the marks of all members who have reacted. */
  public Map<UserId, List<Mark>> marks() {
    return marks.all();
  }

  /** Returns whether there are none. */
  public boolean isEmpty() {
    return tallies.isEmpty();
  }

  /** Returns how many members have reacted. */
  public int members() {
    return marks.size();
  }

  /** Returns the marks that differ from those of other reactions; empty ones were taken back. */
  public Map<UserId, List<Mark>> differingFrom(Reactions before) {
    var differing = new HashMap<UserId, List<Mark>>();
    marks.differingFrom(before.marks).forEach(user -> differing.put(user, of(user)));
    return differing;
  }

  /** Returns these reactions with other marks of some members. */
  public Reactions with(Map<UserId, List<Mark>> changed) {
    Reactions next = this;
    for (Map.Entry<UserId, List<Mark>> each : changed.entrySet()) {
      next = next.with(each.getKey(), each.getValue());
    }
    return next;
  }

  /** Returns these reactions with other marks of a member. */
  Reactions with(UserId user, List<Mark> next) {
    List<Mark> before = of(user);
    UserTable<List<Mark>> table =
        next.isEmpty() ? marks.without(user) : marks.with(user, List.copyOf(next));
    if (table.size() == 0) {
      return NONE;
    }
    var byEmoji = new LinkedHashMap<String, Tally>();
    tallies.forEach(tally -> byEmoji.put(tally.emoji(), tally));
    for (Mark mark : before) {
      if (!next.contains(mark)) {
        byEmoji.computeIfPresent(mark.emoji(), (_, tally) -> without(tally, user, table));
      }
    }
    for (Mark mark : next) {
      if (!before.contains(mark)) {
        var reactor = new Reactor(user, mark.seq());
        byEmoji.merge(
            mark.emoji(),
            new Tally(mark.emoji(), 1, List.of(reactor)),
            (tally, _) -> plus(tally, reactor));
      }
    }
    return new Reactions(table, ordered(new ArrayList<>(byEmoji.values())));
  }

  private static Tally plus(Tally tally, Reactor reactor) {
    var first = new ArrayList<>(tally.first());
    first.add(reactor);
    first.sort(OLDEST_FIRST);
    return new Tally(
        tally.emoji(), tally.count() + 1, first.subList(0, Math.min(NAMED_MAX, first.size())));
  }

  private static @Nullable Tally without(
      Tally tally, UserId user, UserTable<List<Mark>> remaining) {
    if (tally.count() == 1) {
      return null;
    }
    var first = new ArrayList<>(tally.first());
    boolean named = first.removeIf(reactor -> reactor.userId().equals(user));
    if (!named || tally.count() <= NAMED_MAX) {
      return new Tally(tally.emoji(), tally.count() - 1, first);
    }
    // Another one moves up; seldom, as a member who reacts again is the last one.
    var all = new ArrayList<Reactor>();
    remaining
        .all()
        .forEach((other, list) -> {
          for (Mark mark : list) {
            if (mark.emoji().equals(tally.emoji())) {
              all.add(new Reactor(other, mark.seq()));
            }
          }
        });
    return tally(tally.emoji(), all);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Reactions that && marks.equals(that.marks));
  }

  @Override
  public int hashCode() {
    return marks.hashCode();
  }

  @Override
  public String toString() {
    return tallies.toString();
  }
}
