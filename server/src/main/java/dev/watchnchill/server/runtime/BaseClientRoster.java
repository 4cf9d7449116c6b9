package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom base members on this instance take for the people of a big room. They know no presence: what
 * they have missed is told them in base events when the room is small again (rule PS3).
 */
final class BaseClientRoster {
  private final RoomActor room;
  private final RoomContext context;
  private final Map<UserId, Members> shown = new HashMap<>();
  // What everybody knew when the room became big, and whoever was here then knows still.
  private Members atFirst = Members.NONE;

  BaseClientRoster(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /** From now on they are told nothing of people. */
  void begin(Members known) {
    clear();
    atFirst = known;
  }

  /** That base member was shown these. */
  void shown(UserId reader, List<Member> people) {
    shown.put(reader, Members.of(people));
  }

  /** That user is gone, and its socket with it, unless others are wrong about that. */
  void left(UserId user) {
    if (room.seats().of(user) == null) {
      shown.remove(user);
    }
  }

  /** From now on they are told everything again: here is what they have missed. */
  void end(Room now) {
    for (Map.Entry<UserId, Session> seat : room.seats().all().entrySet()) {
      if (!seat.getValue().resumable()) {
        Members known = shown.getOrDefault(seat.getKey(), atFirst);
        catchUp(seat.getValue(), seat.getKey(), known, now);
      }
    }
    clear();
  }

  private void catchUp(Session session, UserId reader, Members known, Room now) {
    for (Member member : known.list()) {
      if (!member.id().equals(reader) && now.members().find(member.id()) == null) {
        send(session, now, new RoomEvent.UserLeft(now.seq(), member.id()));
      }
    }
    for (Member member : now.members().list()) {
      if (!member.id().equals(reader) && known.find(member.id()) == null) {
        send(session, now, new RoomEvent.UserJoined(now.seq(), member));
      }
    }
  }

  private void send(Session session, Room now, RoomEvent.BroadcastEvent event) {
    session.connection().send(context.encoder().encode(room.id(), now.epoch(), event).message());
  }

  void clear() {
    shown.clear();
    atFirst = Members.NONE;
  }
}
