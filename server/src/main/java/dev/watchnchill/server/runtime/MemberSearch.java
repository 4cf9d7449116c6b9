package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.wire.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Searches the members of a room and returns them in pages (rule PS6). */
final class MemberSearch {
  /** Most members in one page. */
  static final int PAGE_MAX = 100;

  private MemberSearch() {}

  /**
   * Returns the members after a given one, or from the first on when that one is not a member (any
   * more).
   *
   * @param query text that the names contain, in any case, or null for all
   */
  static CommandResult find(Room room, @Nullable UserId after, @Nullable String query) {
    String wanted = query == null ? null : query.toLowerCase(Locale.ROOT);
    boolean begun = after == null || room.members().find(after) == null;
    int count = 0;
    var page = new ArrayList<Member>();
    for (Member member : room.members().list()) {
      boolean found =
          wanted == null || member.name().value().toLowerCase(Locale.ROOT).contains(wanted);
      if (found) {
        count++;
        if (begun && page.size() < PAGE_MAX) {
          page.add(member);
        }
      }
      begun |= member.id().equals(after);
    }
    List<Views.User> users = Views.User.of(page);
    return new CommandResult.Done(Map.of("count", count, "users", users));
  }
}
