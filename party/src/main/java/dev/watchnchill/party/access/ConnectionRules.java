package dev.watchnchill.party.access;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.MarkInstancesDead;
import dev.watchnchill.party.RoomCommand.ReclaimSeats;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.playback.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What becomes of people when the server that holds their connections dies (rules IN3, IN4). */
public final class ConnectionRules {
  private final Limits limits;

  /** The rules within these bounds. */
  public ConnectionRules(Limits limits) {
    this.limits = limits;
  }

  /** Whoever was connected to a dead server is away. */
  public Decision markInstancesDead(Room room, MarkInstancesDead command, long nowMs) {
    if (room.closed()) {
      return Decision.nothing(room);
    }
    var events = new ArrayList<RoomEvent>();
    Room next = room;
    for (Member member : room.members().list()) {
      if (!member.away()
          && member.instance() != null
          && command.dead().contains(member.instance())) {
        next = next.changed(nowMs).with(next.members().with(member.lostAt(nowMs)), nowMs);
        events.add(new RoomEvent.UserAway(next.seq(), member.id()));
      }
    }
    boolean watched = next.members().list().stream().anyMatch(member -> !member.away());
    if (!events.isEmpty() && !watched && nowMs - command.seenMs() > limits.reconnectGraceMs()) {
      next = stopAt(next, command.seenMs(), events, nowMs);
    }
    return Decision.done(next, events);
  }

  /** A film that nobody has seen for so long goes on from where its viewers were thrown out. */
  private static Room stopAt(Room room, long seenMs, List<RoomEvent> events, long nowMs) {
    Timeline timeline = room.timeline();
    if (!timeline.playing() && !timeline.preparing()) {
      return room;
    }
    Room changed = room.changed(nowMs);
    Timeline stopped = timeline.pause(changed.seq(), timeline.targetAt(seenMs), nowMs, null);
    events.add(new RoomEvent.TimelineChanged(changed.seq(), stopped, RoomEvent.Reason.PAUSE));
    return changed.at(stopped);
  }

  /** Whoever is still connected is here, unless another server has the seat by now. */
  public Decision reclaimSeats(Room room, ReclaimSeats command, long nowMs) {
    if (room.closed()) {
      return Decision.nothing(room);
    }
    var events = new ArrayList<RoomEvent>();
    Room next = room;
    for (Member known : command.seated()) {
      Member member = next.members().find(known.id());
      if (member == null) {
        if (mayReturn(next, known)) {
          next = next.changed(nowMs);
          Member here = known.rejoined(nowMs, command.instance());
          next = next.with(next.members().plus(here), nowMs);
          events.add(new RoomEvent.UserJoined(next.seq(), here));
        }
      } else if (member.away() && Objects.equals(member.session(), known.session())) {
        Member here = member.returned(member.session(), command.instance());
        next = next.changed(nowMs).with(next.members().with(here), nowMs);
        events.add(new RoomEvent.UserReturned(next.seq(), here.id()));
      }
    }
    return Decision.done(next, events);
  }

  /** Whether nobody has taken the place of somebody who was thrown out. */
  private boolean mayReturn(Room room, Member known) {
    SecretHash session = known.session();
    return room.members().named(known.name()) == null
        && room.members().size() < limits.membersMax()
        && (session == null || room.members().holding(session) == null);
  }
}
