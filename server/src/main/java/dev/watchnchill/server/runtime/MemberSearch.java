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

/** All the people of a room, page by page, for whoever wants to see more of them (rule PS6). */
final class MemberSearch {
  /** Most people in one answer. */
  static final int PAGE_MAX = 100;

  private MemberSearch() {}

  /**
   * The people after that one, or from the first on when that one is not there (any more).
   *
   * @param query what their names have in them, in any case, or null for all
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
