package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Selects the members of a large room that are shown (rule PS5). */
final class VisibleMembers {
  private VisibleMembers() {}

  /**
   * Returns the reader, hosts (at most half of the selection), and of the others in equal parts the
   * first and the last that joined; in the order of joining.
   */
  static List<Member> of(List<Member> all, @Nullable UserId reader, int max) {
    if (all.size() <= max) {
      return all;
    }
    var chosen = new BitSet(all.size());
    int hostsLeft = Math.max(1, max / 2);
    int left = max;
    for (int i = 0; i < all.size(); i++) {
      Member member = all.get(i);
      if (member.id().equals(reader)) {
        chosen.set(i);
        left--;
      } else if (member.host() && hostsLeft > 0) {
        chosen.set(i);
        hostsLeft--;
        left--;
      }
    }
    int longest = (left + 1) / 2;
    for (int i = 0; longest > 0; i++) {
      if (!chosen.get(i)) {
        chosen.set(i);
        longest--;
        left--;
      }
    }
    for (int i = all.size() - 1; left > 0; i--) {
      if (!chosen.get(i)) {
        chosen.set(i);
        left--;
      }
    }
    var shown = new ArrayList<Member>(max);
    for (int i = chosen.nextSetBit(0); i >= 0 && shown.size() < max; i = chosen.nextSetBit(i + 1)) {
      shown.add(all.get(i));
    }
    return shown;
  }
}
