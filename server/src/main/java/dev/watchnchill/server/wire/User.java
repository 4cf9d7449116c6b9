package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.access.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member as clients read it (TP1); {@code away} and {@code muted} are extensions, present only
 * when true (RS2, EN11).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record User(
    String id,
    String name,
    boolean isHost,
    String joinedAt,
    @Nullable Boolean away,
    @Nullable Boolean muted) {
  /** Returns a member in this form. */
  public static User of(Member member) {
    return new User(
        member.id().toString(),
        member.name().value(),
        member.host(),
        WireText.iso(member.joinedAtMs()),
        member.away() ? Boolean.TRUE : null,
        member.muted() ? Boolean.TRUE : null);
  }

  /** Returns members in this form, in the same order. */
  public static List<User> of(List<Member> members) {
    return members.stream().map(User::of).toList();
  }
}
