package dev.watchnchill.party.entry;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.RemoveMember;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on the removal of members (rule EN8). */
public final class RemovalRules {
  /** Most removed users that a room remembers. */
  static final int REMOVED_MAX = 100;

  private RemovalRules() {}

  /** Removes a member; with a ban, all members of the same browser. */
  public static Decision remove(Room room, RemoveMember remove, long nowMs) {
    Member target = room.members().find(remove.target());
    if (target == null) {
      return Decision.rejected(room, Rejection.USER_NOT_FOUND);
    }
    boolean banned = remove.ban() != null;
    List<Member> leaving = banned ? sameBrowser(room.members(), target) : List.of(target);
    for (Member member : leaving) {
      Rejection rejection = mayRemove(room, remove.actor(), member);
      if (rejection != null) {
        return Decision.rejected(room, rejection);
      }
    }
    var events = new ArrayList<RoomEvent>();
    Room next = room;
    for (Member member : leaving) {
      next = next.changed(nowMs).withMembers(next.members().minus(member.id()), nowMs);
      events.add(
          new RoomEvent.UserLeft(
              next.seq(), member.id(), new RoomEvent.Removal(remove.actor(), banned)));
    }
    next = withoutTraces(next, leaving, remove.actor(), events);
    return Decision.done(banned ? BanRules.ban(next, remove, target, events, nowMs) : next, events);
  }

  private static @Nullable Rejection mayRemove(Room room, UserId actor, Member target) {
    return target.id().equals(actor)
        ? Rejection.TARGET_IS_SELF
        : missingRightOver(room, actor, target);
  }

  /**
   * Returns why a host has no right over another member, or null: only the owner has over hosts.
   */
  public static @Nullable Rejection missingRightOver(Room room, UserId actor, Member target) {
    if (room.isOwner(target.id())) {
      return Rejection.TARGET_IS_OWNER;
    }
    return target.host() && !room.isOwner(actor) ? Rejection.NOT_OWNER : null;
  }

  /** Returns a member and the others of the same browser, in the order of joining. */
  public static List<Member> sameBrowser(Members members, Member target) {
    return members.list().stream()
        .filter(member ->
            member.id().equals(target.id()) || member.identity().sharesBrowser(target.identity()))
        .toList();
  }

  /**
   * Returns a room in which nothing brings removed members back in: no invitation of theirs, and no
   * instance that was taken for dead.
   */
  private static Room withoutTraces(
      Room room, List<Member> leaving, UserId by, List<RoomEvent> events) {
    List<UserId> users = leaving.stream().map(Member::id).toList();
    EntryState entry = room.entry();
    var makers = new HashSet<>(users);
    List<Invitation> left =
        entry.invitations().stream().filter(one -> !makers.contains(one.by())).toList();
    if (left.size() < entry.invitations().size()) {
      events.add(new RoomEvent.InvitationsChanged(room.seq(), by));
    }
    return room.withEntry(
        entry
            .withInvitations(left)
            .withRemoved(EntryState.newest(entry.removed(), users, REMOVED_MAX)));
  }
}
