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
 * The members of a room in the order of joining; immutable.
 *
 * <p>A change copies the list. A look-up by id costs the same in a room of twenty and of two
 * thousand, because commands for the film far outnumber joins and departures.
 */
public final class Members {
  /** The members of an empty room. */
  public static final Members NONE = new Members(List.of());

  private final List<Member> inOrder;

  // Built on the first look-up and never changed: a race builds it twice, to the same effect.
  private volatile @Nullable Map<UserId, Member> byId;

  // Computed on the first call, as above.
  private volatile @Nullable Long firstAway;
  private volatile @Nullable Integer present;

  private Members(List<Member> inOrder) {
    this.inOrder = inOrder;
  }

  /** Returns the given members, longest in the room first. */
  public static Members of(List<Member> inOrder) {
    return inOrder.isEmpty() ? NONE : new Members(List.copyOf(inOrder));
  }

  /** Returns all members, longest in the room first; unmodifiable. */
  public List<Member> list() {
    return inOrder;
  }

  /** Returns the number of members, away ones included. */
  public int size() {
    return inOrder.size();
  }

  /** Returns whether there is no member. */
  public boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /** Returns the member with the id, or null. */
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

  /** Returns the first member whose name equals the given one, or null (rules JN7, JN11). */
  public @Nullable Member findByName(DisplayName name) {
    return first(member -> member.name().sameAs(name));
  }

  /**
   * Returns all members whose name equals the given one, longest in the room first. There may be
   * several for a name with two normalised forms, and in a room that an older version stored.
   */
  public List<Member> findAllByName(DisplayName name) {
    var same = new ArrayList<Member>(1);
    for (Member member : inOrder) {
      if (member.name().sameAs(name)) {
        same.add(member);
      }
    }
    return same;
  }

  /** Returns the member whose seat the session token resumes, or null (rule RS3). */
  public @Nullable Member findBySession(SecretHash session) {
    return first(member -> member.session() != null && member.session().matches(session));
  }

  /**
   * Returns the earliest time since which a member is away, ms since the epoch; {@link
   * Long#MAX_VALUE} when no member is away.
   */
  public long firstAwaySinceMs() {
    Long cached = firstAway;
    if (cached == null) {
      long first = Long.MAX_VALUE;
      for (Member member : inOrder) {
        Long since = member.awaySinceMs();
        first = since == null ? first : Math.min(first, since);
      }
      cached = first;
      firstAway = cached;
    }
    return cached;
  }

  /** Returns the number of members that are not away. */
  public int presentCount() {
    Integer cached = present;
    if (cached == null) {
      int count = 0;
      for (Member member : inOrder) {
        count += member.away() ? 0 : 1;
      }
      cached = count;
      present = cached;
    }
    return cached;
  }

  /** Returns whether any member, away or not, is a host. */
  public boolean hasHost() {
    return firstHost() != null;
  }

  /** Returns the host, away or not, who joined first, or null. */
  public @Nullable Member firstHost() {
    return first(Member::host);
  }

  /** Returns the present host who joined first, or null. */
  public @Nullable Member firstPresentHost() {
    return first(member -> member.host() && !member.away());
  }

  /**
   * Returns the next host: the present member who joined first, else the away member who joined
   * first, or null when there is no member (rule LV3).
   */
  public @Nullable Member successor() {
    Member present = first(member -> !member.away());
    return present != null || inOrder.isEmpty() ? present : inOrder.getFirst();
  }

  /** Returns these members with one more at the end. */
  public Members plus(Member member) {
    var next = new ArrayList<Member>(inOrder.size() + 1);
    next.addAll(inOrder);
    next.add(member);
    return of(next);
  }

  /** Returns these members without the given one. */
  public Members minus(UserId id) {
    return of(inOrder.stream().filter(member -> !member.id().equals(id)).toList());
  }

  /** Returns these members with one replaced by id. */
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
