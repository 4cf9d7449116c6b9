package dev.watchnchill.party.access;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.MarkInstancesDead;
import dev.watchnchill.party.RoomCommand.ReclaimSeats;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.entry.AdmissionRules;
import dev.watchnchill.party.entry.BanRules;
import dev.watchnchill.party.playback.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides on the members of an instance that dies, or was wrongly taken for dead (rules IN3, IN4).
 */
public final class ConnectionRules {
  private final Limits limits;

  /** Creates the rules with the given bounds. */
  public ConnectionRules(Limits limits) {
    this.limits = limits;
  }

  /** Marks the members on dead instances as away. */
  public Decision markInstancesDead(Room room, MarkInstancesDead command, long nowMs) {
    if (room.closed()) {
      return Decision.unchanged(room);
    }
    var events = new ArrayList<RoomEvent>();
    Room next = room;
    for (Member member : room.members().list()) {
      if (!member.away()
          && member.instance() != null
          && command.dead().contains(member.instance())) {
        next = next.changed(nowMs).withMembers(next.members().with(member.asAway(nowMs)), nowMs);
        events.add(new RoomEvent.UserAway(next.seq(), member.id()));
      }
    }
    boolean watched = next.members().list().stream().anyMatch(member -> !member.away());
    if (!events.isEmpty() && !watched && nowMs - command.seenMs() > limits.reconnectGraceMs()) {
      next = stopAt(next, command.seenMs(), events, nowMs);
    }
    return Decision.done(next, events);
  }

  /** Pauses a film that had no viewer for so long, at the position where its viewers lost it. */
  private static Room stopAt(Room room, long seenMs, List<RoomEvent> events, long nowMs) {
    Timeline timeline = room.timeline();
    if (!timeline.goesOn()) {
      return room;
    }
    Room changed = room.changed(nowMs);
    Timeline stopped = timeline.pause(changed.seq(), timeline.targetAt(seenMs), nowMs, null);
    events.add(new RoomEvent.TimelineChanged(changed.seq(), stopped, RoomEvent.Reason.PAUSE));
    return changed.withTimeline(stopped);
  }

  /** Marks connected members as present, except for seats that another instance has by now. */
  public Decision reclaimSeats(Room room, ReclaimSeats command, long nowMs) {
    if (room.closed()) {
      return Decision.unchanged(room);
    }
    var events = new ArrayList<RoomEvent>();
    Room next = room;
    for (Member seated : command.seated()) {
      Member member = next.members().find(seated.id());
      if (member == null) {
        if (mayReturn(next, seated, nowMs)) {
          next = next.changed(nowMs);
          boolean muted = seated.muted() || AdmissionRules.staysMuted(next, seated.identity());
          Member present = seated.rejoined(nowMs, command.instance()).asMuted(muted);
          next = next.withMembers(next.members().plus(present), nowMs);
          events.add(new RoomEvent.UserJoined(next.seq(), present));
        }
      } else if (member.away() && Objects.equals(member.session(), seated.session())) {
        Member present = member.asPresent(member.session(), command.instance());
        next = next.changed(nowMs).withMembers(next.members().with(present), nowMs);
        events.add(new RoomEvent.UserReturned(next.seq(), present.id()));
      }
    }
    // A host may have come back into a room whose owner did not.
    return Decision.done(events.isEmpty() ? next : HostRules.withOwner(next, events), events);
  }

  /**
   * Returns whether the name and the session of a member whose seat ended are still free, the room
   * is not full, and no host has removed the member or banned the person meanwhile.
   */
  private boolean mayReturn(Room room, Member former, long nowMs) {
    SecretHash session = former.session();
    return !room.entry().wasRemoved(former.id())
        && !BanRules.bans(room.entry(), session, former.identity(), nowMs)
        && room.members().findByName(former.name()) == null
        && room.members().size() < limits.membersMax()
        && (session == null || room.members().findBySession(session) == null);
  }
}
