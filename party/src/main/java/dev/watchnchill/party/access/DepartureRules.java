package dev.watchnchill.party.access;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides on departures, on the next host and owner, and on the end of a room (rules LV1 to LV5,
 * RS2, RS4, LF1, RT1).
 */
public final class DepartureRules {
  private final Limits limits;

  /** Creates the rules with the given bounds. */
  public DepartureRules(Limits limits) {
    this.limits = limits;
  }

  /** Removes a member at once. */
  public Decision leave(Room room, UserId user, long nowMs) {
    var events = new ArrayList<RoomEvent>();
    return Decision.done(remove(room, user, events, nowMs), events);
  }

  /** Marks a member as away when the client can resume, and removes any other. */
  public Decision disconnect(Room room, UserId user, long nowMs) {
    Member member = room.members().find(user);
    if (member == null || member.session() == null) {
      return leave(room, user, nowMs);
    }
    if (member.away()) {
      return Decision.unchanged(room);
    }
    Room next = room.changed(nowMs).withMembers(room.members().with(member.asAway(nowMs)), nowMs);
    return Decision.done(next, List.of(new RoomEvent.UserAway(next.seq(), user)));
  }

  /** Carries out what is due at the given time. */
  public Decision tick(Room room, long nowMs) {
    if (room.closed()) {
      return Decision.unchanged(room);
    }
    if (nowMs >= room.lastWriteMs() + limits.roomLifeMs()) {
      return close(room, RoomEvent.ClosureReason.EXPIRED, nowMs);
    }
    Long emptySince = room.emptySinceMs();
    if (emptySince != null && nowMs >= emptySince + limits.emptyRoomGraceMs()) {
      return close(room, RoomEvent.ClosureReason.EMPTY, nowMs);
    }
    var events = new ArrayList<RoomEvent>();
    Room next = room;
    var staying = new ArrayList<Member>();
    for (Member member : room.members().list()) {
      Long awaySince = member.awaySinceMs();
      if (awaySince != null && nowMs >= awaySince + limits.reconnectGraceMs()) {
        next = next.changed(nowMs);
        events.add(new RoomEvent.UserLeft(next.seq(), member.id()));
      } else {
        staying.add(member);
      }
    }
    if (!events.isEmpty()) {
      next = HostRules.withOwner(next.withMembers(Members.of(staying), nowMs), events);
    }
    // After all departures: a member who is about to leave is no successor.
    if (room.members().hasHost() && !next.members().hasHost()) {
      next = promoteSuccessor(next, events, nowMs);
    }
    Long hostless = next.hostlessSinceMs();
    if (hostless != null && nowMs >= hostless + limits.reconnectGraceMs()) {
      next = promoteSuccessor(next, events, nowMs);
    }
    return Decision.done(next, events);
  }

  /**
   * Returns the earliest time at which {@link #tick} has something to do, ms since the epoch;
   * {@link Long#MAX_VALUE} for a closed room.
   */
  public long nextDeadlineMs(Room room) {
    if (room.closed()) {
      return Long.MAX_VALUE;
    }
    long due = room.lastWriteMs() + limits.roomLifeMs();
    Long emptySince = room.emptySinceMs();
    if (emptySince != null) {
      due = Math.min(due, emptySince + limits.emptyRoomGraceMs());
    }
    Long hostless = room.hostlessSinceMs();
    if (hostless != null) {
      due = Math.min(due, hostless + limits.reconnectGraceMs());
    }
    long awaySince = room.members().firstAwaySinceMs();
    return awaySince == Long.MAX_VALUE ? due : Math.min(due, awaySince + limits.reconnectGraceMs());
  }

  /**
   * Removes a member; after the last host, the successor becomes the host (LV3), and after the
   * owner, another host becomes the owner (RT1).
   */
  static Room remove(Room room, UserId user, List<RoomEvent> events, long nowMs) {
    Member member = room.members().find(user);
    if (member == null) {
      return room;
    }
    Room next = room.changed(nowMs).withMembers(room.members().minus(user), nowMs);
    events.add(new RoomEvent.UserLeft(next.seq(), user));
    return member.host() && !next.members().hasHost()
        ? promoteSuccessor(next, events, nowMs)
        : HostRules.withOwner(next, events);
  }

  private static Room promoteSuccessor(Room room, List<RoomEvent> events, long nowMs) {
    Member successor = room.members().successor();
    if (successor == null) {
      return room;
    }
    Room next = room.changed(nowMs).withMembers(room.members().with(successor.asHost()), nowMs);
    events.add(new RoomEvent.UserPromoted(next.seq(), successor.id(), successor.name()));
    return HostRules.ownedBy(successor, next, null, events);
  }

  private static Decision close(Room room, RoomEvent.ClosureReason why, long nowMs) {
    Room next = room.changed(nowMs).asClosed();
    return Decision.done(next, List.of(new RoomEvent.RoomClosed(next.seq(), why)));
  }
}
