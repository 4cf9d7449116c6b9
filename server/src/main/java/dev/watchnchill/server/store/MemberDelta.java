package dev.watchnchill.server.store;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The difference between two member lists, without the unchanged members: writing, publishing and
 * reading it does not cost more in a larger room.
 *
 * @param removed the members that left, or move to the end
 * @param upserted the new or changed members: a changed one keeps its place, a new or moved one
 *     goes to the end, in this order
 */
public record MemberDelta(List<UserId> removed, List<Member> upserted) {
  private static final MemberDelta NONE = new MemberDelta(List.of(), List.of());

  /** Returns the difference. */
  public static MemberDelta between(Members before, Members next) {
    if (before.equals(next)) { // the same object, nearly always
      return NONE;
    }
    List<Member> old = before.list();
    var removed = new ArrayList<UserId>();
    var upserted = new ArrayList<Member>();
    int at = 0;
    for (Member now : next.list()) {
      while (at < old.size() && !old.get(at).id().equals(now.id())) {
        removed.add(old.get(at++).id());
      }
      if (at == old.size() || !old.get(at++).equals(now)) {
        upserted.add(now);
      }
    }
    while (at < old.size()) {
      removed.add(old.get(at++).id());
    }
    return new MemberDelta(removed, upserted);
  }

  /** Returns whether the lists are equal. */
  public boolean isEmpty() {
    return removed.isEmpty() && upserted.isEmpty();
  }

  /** Returns the member list after the difference. */
  public Members applyTo(Members before) {
    if (isEmpty()) {
      return before;
    }
    var removedIds = new HashSet<>(removed);
    Map<UserId, Member> changed = LinkedHashMap.newLinkedHashMap(upserted.size());
    upserted.forEach(member -> changed.put(member.id(), member));
    var next = new ArrayList<Member>(before.size() + upserted.size());
    for (Member old : before.list()) {
      if (!removedIds.contains(old.id())) {
        Member now = changed.remove(old.id());
        next.add(now == null ? old : now);
      }
    }
    next.addAll(changed.values());
    return Members.of(next);
  }
}
