package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the people of a room became others, without those who stayed as they were: what that costs to
 * write, to publish and to read does not grow with the room.
 *
 * @param left who is not there any more, or goes to the end
 * @param put who is there now in that form: in the old place, or, who was not there or left, at the
 *     end in this order
 */
record MemberDelta(List<UserId> left, List<Member> put) {
  private static final MemberDelta NONE = new MemberDelta(List.of(), List.of());

  /** How those became these. */
  static MemberDelta between(Members before, Members next) {
    if (before.equals(next)) { // the same object, nearly always
      return NONE;
    }
    List<Member> old = before.list();
    var left = new ArrayList<UserId>();
    var put = new ArrayList<Member>();
    int at = 0;
    for (Member now : next.list()) {
      while (at < old.size() && !old.get(at).id().equals(now.id())) {
        left.add(old.get(at++).id());
      }
      if (at == old.size() || !old.get(at++).equals(now)) {
        put.add(now);
      }
    }
    while (at < old.size()) {
      left.add(old.get(at++).id());
    }
    return new MemberDelta(left, put);
  }

  boolean isNothing() {
    return left.isEmpty() && put.isEmpty();
  }

  /** What another one who has the old people has then. */
  Members applyTo(Members before) {
    if (isNothing()) {
      return before;
    }
    var gone = new HashSet<>(left);
    Map<UserId, Member> changed = LinkedHashMap.newLinkedHashMap(put.size());
    put.forEach(member -> changed.put(member.id(), member));
    var next = new ArrayList<Member>(before.size() + put.size());
    for (Member old : before.list()) {
      if (!gone.contains(old.id())) {
        Member now = changed.remove(old.id());
        next.add(now == null ? old : now);
      }
    }
    next.addAll(changed.values());
    return Members.of(next);
  }
}
