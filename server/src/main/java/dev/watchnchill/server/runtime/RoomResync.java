package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.server.wire.Outbound;
import dev.watchnchill.server.wire.Payloads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Resynchronises members after a gap that cannot be filled (rule IN7): extended clients get the
 * revision and resume, base clients get base events for the difference.
 */
final class RoomResync {
  private final RoomActor room;
  private final RoomContext context;

  RoomResync(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /** Sends the difference between the state that the members here know and the stored state. */
  void send(Room known, Room now) {
    List<RoomEvent.BroadcastEvent> missed = difference(known, now);
    var position = new Payloads.StreamPosition(room.id().value(), now.epoch(), now.seq());
    for (Map.Entry<UserId, Session> seat : room.seats().all().entrySet()) {
      Session session = seat.getValue();
      if (session.resumable()) {
        session.connection().send("stream-position", position);
        continue;
      }
      if (isDemoted(known, now, seat.getKey())) {
        room.snapshot().send(session, now, seat.getKey(), null, true);
        continue;
      }
      for (RoomEvent.BroadcastEvent event : missed) {
        if (room.presence().large() && aboutPeople(event)) {
          continue; // sent when the room is no longer large
        }
        Outbound out = context.encoder().encode(room.id(), now.epoch(), event);
        if (!seat.getKey().equals(out.except())) {
          session.connection().send(out.name(), out.payload());
        }
      }
      if (now.media() != null || !now.timeline().equals(known.timeline())) {
        room.broadcaster().position(session, now);
      }
    }
  }

  private static boolean aboutPeople(RoomEvent.BroadcastEvent event) {
    return event instanceof RoomEvent.UserLeft || event instanceof RoomEvent.UserJoined;
  }

  /**
   * Sends the loss of the host's role, for which there is no base event, as a departure and a join.
   */
  private static boolean isDemoted(Member before, Member after) {
    return before.host() && !after.host();
  }

  /** Returns whether a member was a host and is none any more; it gets that with the snapshot. */
  private static boolean isDemoted(Room known, Room now, UserId user) {
    Member before = known.members().find(user);
    Member after = now.members().find(user);
    return before != null && after != null && isDemoted(before, after);
  }

  /** Returns the base events that lead from one state to the other. */
  static List<RoomEvent.BroadcastEvent> difference(Room known, Room now) {
    long seq = now.seq();
    var events = new ArrayList<RoomEvent.BroadcastEvent>();
    for (Member member : known.members().list()) {
      Member after = now.members().find(member.id());
      if (after == null || isDemoted(member, after)) {
        events.add(new RoomEvent.UserLeft(seq, member.id()));
      }
    }
    for (Member member : now.members().list()) {
      Member before = known.members().find(member.id());
      if (before == null || isDemoted(before, member)) {
        events.add(new RoomEvent.UserJoined(seq, member));
      } else if (member.host() && !before.host()) {
        events.add(new RoomEvent.UserPromoted(seq, member.id(), member.name()));
      }
    }
    if (now.media() != null && !Objects.equals(known.media(), now.media())) {
      events.add(new RoomEvent.VideoSet(seq, now.media(), now.hostId()));
    }
    var received = new HashSet<ChatMessage>(known.chat().messages());
    for (ChatMessage message : now.chat().messages()) {
      if (!received.contains(message)) {
        events.add(new RoomEvent.MessageSent(seq, message));
      }
    }
    return events;
  }
}
