package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.wire.ServerReply;
import dev.watchnchill.server.wire.User;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Searches a room's members by name and returns them page by page (rule PS6). */
final class MemberSearch {
  /** Most members in one reply. */
  static final int PAGE_MAX = 100;

  private MemberSearch() {}

  /**
   * Returns the members after that one, or from the first on when that one is no member (any more).
   *
   * @param query a part of their names, in any case, or null for all
   */
  static ServerReply find(Room room, @Nullable UserId after, @Nullable String query) {
    // Names are in NFC as well (rule RT21).
    String wanted =
        query == null
            ? null
            : Normalizer.normalize(query, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
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
    return new ServerReply.MemberPage(count, User.of(page));
  }
}
