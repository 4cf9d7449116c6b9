package dev.watchnchill.party.entry;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.CreateInvitation;
import dev.watchnchill.party.RoomCommand.RevokeInvitation;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import java.util.ArrayList;
import java.util.List;

/** Decides on invitations (rule EN6). */
public final class InvitationRules {
  /** Most invitations of a room. */
  public static final int INVITATIONS_MAX = 100;

  private InvitationRules() {}

  /** Makes an invitation; those that are over make room for it. */
  public static Decision create(Room room, Member actor, CreateInvitation create, long nowMs) {
    var next = new ArrayList<Invitation>();
    for (Invitation one : room.entry().invitations()) {
      if (!one.expired(nowMs)) {
        next.add(one);
      }
    }
    if (next.size() >= INVITATIONS_MAX) {
      return Decision.rejected(room, Rejection.TOO_MANY_INVITATIONS);
    }
    Long ttlMs = create.ttlMs();
    next.add(
        new Invitation(
            create.invitation(),
            create.token(),
            actor.id(),
            actor.name(),
            nowMs,
            ttlMs == null ? null : nowMs + ttlMs,
            create.uses()));
    return changed(room, next, actor.id(), nowMs);
  }

  /** Ends an invitation. */
  public static Decision revoke(Room room, RevokeInvitation revoke, long nowMs) {
    List<Invitation> left =
        room.entry().invitations().stream()
            .filter(one -> !one.id().equals(revoke.invitation()))
            .toList();
    return left.size() == room.entry().invitations().size()
        ? Decision.rejected(room, Rejection.INVITATION_NOT_FOUND)
        : changed(room, left, revoke.actor(), nowMs);
  }

  private static Decision changed(Room room, List<Invitation> next, UserId by, long nowMs) {
    Room changed = room.changed(nowMs).withEntry(room.entry().withInvitations(next));
    return Decision.done(changed, List.of(new RoomEvent.InvitationsChanged(changed.seq(), by)));
  }
}
