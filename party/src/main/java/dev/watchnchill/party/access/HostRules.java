package dev.watchnchill.party.access;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Demote;
import dev.watchnchill.party.RoomCommand.IssueHostToken;
import dev.watchnchill.party.RoomCommand.Promote;
import dev.watchnchill.party.RoomCommand.TransferRoom;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides who is a host and who owns the room (rules PR1, RT1, RT2, RT6). */
public final class HostRules {
  private HostRules() {}

  /** Makes another member a host. */
  public static Decision promote(Room room, Promote promote, long nowMs) {
    Member target = room.members().find(promote.target());
    if (target == null) {
      return Decision.rejected(room, Rejection.USER_NOT_FOUND);
    }
    if (target.host()) {
      return Decision.rejected(room, Rejection.ALREADY_HOST);
    }
    Room next = room.changed(nowMs).withMembers(room.members().with(target.asHost()), nowMs);
    return Decision.done(
        next,
        List.of(
            new RoomEvent.UserPromoted(next.seq(), target.id(), target.name(), promote.actor())));
  }

  /** Makes a host a guest. An owner who does so to themselves hands the room over. */
  public static Decision demote(Room room, Demote demote, long nowMs) {
    boolean self = demote.actor().equals(demote.target());
    Member target = room.members().find(demote.target());
    if (!self && !room.isOwner(demote.actor())) {
      return Decision.rejected(room, Rejection.NOT_OWNER);
    }
    if (target == null) {
      return Decision.rejected(room, Rejection.USER_NOT_FOUND);
    }
    if (!target.host()) {
      return Decision.rejected(room, Rejection.NOT_A_HOST);
    }
    Room next = room.changed(nowMs).withMembers(room.members().with(target.asGuest()), nowMs);
    if (next.members().firstPresentHost() == null) {
      return Decision.rejected(room, Rejection.LAST_HOST);
    }
    var events = new ArrayList<RoomEvent>();
    events.add(new RoomEvent.UserDemoted(next.seq(), target.id(), target.name(), demote.actor()));
    return Decision.done(room.isOwner(target.id()) ? passOwnership(next, events) : next, events);
  }

  /** Hands the room over; the old host token is void from then on. */
  public static Decision transfer(Room room, TransferRoom transfer, long nowMs) {
    Member target = room.members().find(transfer.target());
    if (target == null) {
      return Decision.rejected(room, Rejection.USER_NOT_FOUND);
    }
    if (room.isOwner(target.id())) {
      return Decision.rejected(room, Rejection.ALREADY_OWNER);
    }
    var events = new ArrayList<RoomEvent>();
    Room next = room.changed(nowMs);
    if (!target.host()) {
      next = next.withMembers(next.members().with(target.asHost()), nowMs);
      events.add(
          new RoomEvent.UserPromoted(next.seq(), target.id(), target.name(), transfer.actor()));
    }
    next = next.withHostToken(null);
    return Decision.done(owned(next, target, transfer.actor(), events), events);
  }

  /** Makes the new owner's host token valid. */
  public static Decision issue(Room room, IssueHostToken issue, long nowMs) {
    if (room.hostToken() != null
        || !room.isOwner(issue.owner())
        || room.members().find(issue.owner()) == null) {
      return Decision.unchanged(room);
    }
    Room next = room.changed(nowMs).withHostToken(issue.token());
    return Decision.done(next, List.of(new RoomEvent.HostTokenIssued(next.seq(), issue.owner())));
  }

  /**
   * Returns a room whose owner is no host any more, or is gone, with the host who has been in it
   * longest as the owner; present hosts come first. Without a host nothing changes.
   */
  static Room passOwnership(Room room, List<RoomEvent> events) {
    Member present = room.members().firstPresentHost();
    Member heir = present == null ? room.members().firstHost() : present;
    return heir == null ? room : owned(room, heir, null, events);
  }

  /** Returns a room with another owner, within a change that has its number already. */
  static Room owned(Room room, Member owner, @Nullable UserId by, List<RoomEvent> events) {
    if (room.isOwner(owner.id())) {
      return room;
    }
    events.add(new RoomEvent.RoomTransferred(room.seq(), owner.id(), owner.name(), by));
    return room.withHost(owner.id(), owner.name());
  }
}
