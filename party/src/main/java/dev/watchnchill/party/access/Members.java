package dev.watchnchill.party.access;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The users of a room in the order they came; a value.
 *
 * <p>A change copies the list; a look-up by id costs the same in a room of twenty and of two
 * thousand, because commands that move the film far outnumber those that move people.
 */
public final class Members {
  /** Nobody. */
  public static final Members NONE = new Members(List.of());

  private final List<Member> inOrder;

  // Built on the first look-up and never changed: a race builds it twice, to the same effect.
  private volatile @Nullable Map<UserId, Member> byId;

  // Worked out when first asked for, as above.
  private volatile @Nullable Long awayLongest;

  private Members(List<Member> inOrder) {
    this.inOrder = inOrder;
  }

  /** These users, longest in the room first. */
  public static Members of(List<Member> inOrder) {
    return inOrder.isEmpty() ? NONE : new Members(List.copyOf(inOrder));
  }

  /** All of them, longest in the room first; unmodifiable. */
  public List<Member> list() {
    return inOrder;
  }

  /** How many, away ones included. */
  public int size() {
    return inOrder.size();
  }

  /** Whether nobody holds a seat. */
  public boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /** The user with that id, or null. */
  public @Nullable Member find(UserId id) {
    Map<UserId, Member> index = byId;
    if (index == null) {
      index = HashMap.newHashMap(inOrder.size());
      for (Member member : inOrder) {
        index.put(member.id(), member);
      }
      byId = index;
    }
    return index.get(id);
  }

  /** The user whose name is the same, longest in the room first, or null (rules JN7, JN11). */
  public @Nullable Member named(DisplayName name) {
    return first(member -> member.name().sameAs(name));
  }

  /**
   * All users whose name is the same, longest in the room first. A name that can be read in two
   * ways may have several, and so may any name in a room that an older server has stored.
   */
  public List<Member> allNamed(DisplayName name) {
    var same = new ArrayList<Member>(1);
    for (Member member : inOrder) {
      if (member.name().sameAs(name)) {
        same.add(member);
      }
    }
    return same;
  }

  /** The user whose seat that secret takes back, or null (rule RS3). */
  public @Nullable Member holding(SecretHash session) {
    return first(member -> member.session() != null && member.session().matches(session));
  }

  /**
   * Since when the one who has been away longest is away, ms since the epoch; {@link
   * Long#MAX_VALUE} when nobody is.
   */
  public long firstAwaySinceMs() {
    Long known = awayLongest;
    if (known == null) {
      long first = Long.MAX_VALUE;
      for (Member member : inOrder) {
        Long since = member.awaySinceMs();
        first = since == null ? first : Math.min(first, since);
      }
      known = first;
      awayLongest = known;
    }
    return known;
  }

  /** Whether anybody, away or not, has a host's right. */
  public boolean hasHost() {
    return first(Member::host) != null;
  }

  /**
   * Who is next in line for the host's role: the longest present, else the longest away (rule LV3).
   */
  public @Nullable Member successor() {
    Member present = first(member -> !member.away());
    return present != null || inOrder.isEmpty() ? present : inOrder.getFirst();
  }

  /** With one more at the end. */
  public Members plus(Member member) {
    var next = new ArrayList<Member>(inOrder.size() + 1);
    next.addAll(inOrder);
    next.add(member);
    return of(next);
  }

  /** Without that user. */
  public Members minus(UserId id) {
    return of(inOrder.stream().filter(member -> !member.id().equals(id)).toList());
  }

  /** With that user in the place of the one who has the same id. */
  public Members with(Member changed) {
    return of(inOrder.stream().map(old -> old.id().equals(changed.id()) ? changed : old).toList());
  }

  private @Nullable Member first(Predicate<Member> test) {
    for (Member member : inOrder) {
      if (test.test(member)) {
        return member;
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Members members && inOrder.equals(members.inOrder);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(inOrder);
  }

  @Override
  public String toString() {
    return inOrder.toString();
  }
}
