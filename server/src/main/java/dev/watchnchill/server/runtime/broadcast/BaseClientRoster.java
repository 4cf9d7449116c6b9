package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.session.Session;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the members that base clients on this instance know in a large room. They know no presence:
 * they get what they have missed as base events when the room is small again (rule PS3).
 */
final class BaseClientRoster {
  private final LiveRoom room;
  private final RoomContext context;
  // Made when it is needed: most rooms are never large.
  private Map<UserId, Members> shown = Collections.emptyMap();
  // The members when the room became large, as known to each base client that was here then.
  private Members atFirst = Members.NONE;

  BaseClientRoster(LiveRoom room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /** Begins when the room becomes large: base clients receive no changes of members any more. */
  void begin(Members seen) {
    clear();
    atFirst = seen;
  }

  /** Notes the members that a base client was shown. */
  void shown(UserId reader, List<Member> people) {
    if (shown.isEmpty()) {
      shown = new HashMap<>();
    }
    shown.put(reader, Members.of(people));
  }

  /** Forgets a user that has left, unless its socket is still here. */
  void left(UserId user) {
    if (room.seats().of(user) == null) {
      shown.remove(user);
    }
  }

  /** Ends when the room is small again: sends the base clients what they have missed. */
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
    session.connection().send(context.encoder().encode(now, event).message());
  }

  void clear() {
    shown.clear();
    atFirst = Members.NONE;
  }
}
