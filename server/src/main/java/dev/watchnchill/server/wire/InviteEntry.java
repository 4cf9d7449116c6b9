package dev.watchnchill.server.wire;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.entry.Invitation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invitation as hosts read it, without its token (EN6); times in server ms, null for no end and
 * for any number of uses.
 */
public record InviteEntry(
    String inviteId,
    String userId,
    String userName,
    long createdAt,
    @Nullable Long expiresAt,
    @Nullable Integer usesLeft) {
  /** Returns the invitations that are valid, oldest first. */
  public static List<InviteEntry> valid(Room room, long nowMs) {
    return room.entry().invitations().stream()
        .filter(invitation -> !invitation.expired(nowMs))
        .map(InviteEntry::of)
        .toList();
  }

  private static InviteEntry of(Invitation invitation) {
    return new InviteEntry(
        invitation.id().toString(),
        invitation.by().toString(),
        invitation.byName().value(),
        invitation.atMs(),
        invitation.expiresAtMs(),
        invitation.usesLeft());
  }
}
