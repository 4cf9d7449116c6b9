package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.server.wire.Outbound;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The member list that base clients on this instance know of a large room. Base clients know no
 * {@code presence} event: they get the missed joins and departures as base events when the room is
 * no longer large (rule PS3).
 */
final class BaseClientRoster {
  private final RoomActor room;
  private final RoomContext context;
  private final Map<UserId, Members> shown = new HashMap<>();
  // The list that all base clients knew when the room became large.
  private Members atFirst = Members.NONE;

  BaseClientRoster(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /** Begins to record the list, when the room becomes large. */
  void begin(Members seen) {
    clear();
    atFirst = seen;
  }

  /** Records the members that a base client was shown on joining. */
  void shown(UserId reader, List<Member> members) {
    shown.put(reader, Members.of(members));
  }

  /** Removes the record of a base client that left. */
  void left(UserId user) {
    if (room.seats().of(user) == null) {
      shown.remove(user);
    }
  }

  /** Sends base clients the joins and departures that they missed, and ends recording. */
  void end(Room now) {
    for (Map.Entry<UserId, Session> seat : room.seats().all().entrySet()) {
      if (!seat.getValue().resumable()) {
        Members seen = shown.getOrDefault(seat.getKey(), atFirst);
        catchUp(seat.getValue(), seat.getKey(), seen, now);
      }
    }
    clear();
  }

  private void catchUp(Session session, UserId reader, Members seen, Room now) {
    for (Member member : seen.list()) {
      if (!member.id().equals(reader) && now.members().find(member.id()) == null) {
        send(session, now, new RoomEvent.UserLeft(now.seq(), member.id()));
      }
    }
    for (Member member : now.members().list()) {
      if (!member.id().equals(reader) && seen.find(member.id()) == null) {
        send(session, now, new RoomEvent.UserJoined(now.seq(), member));
      }
    }
  }

  private void send(Session session, Room now, RoomEvent.BroadcastEvent event) {
    Outbound out = context.encoder().encode(room.id(), now.epoch(), event);
    session.connection().send(out.name(), out.payload());
  }

  void clear() {
    shown.clear();
    atFirst = Members.NONE;
  }
}
