package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.RoomBroadcast;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings members over a gap in the stream that cannot be filled (rule IN7). Extended clients get
 * the room's position and resume. Base clients get the base events that make up the difference.
 */
public final class RoomResync {
  private final LiveRoom room;
  private final RoomContext context;

  public RoomResync(LiveRoom room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /** Sends the members here, which know the first room, what leads to the second. */
  public void send(Room known, Room now) {
    List<RoomEvent.BroadcastEvent> missed =
        difference(known, now, context.rules().limits().chatHistory());
    var position = new ServerMessage.StreamPosition(room.id().value(), now.epoch(), now.seq());
    for (Map.Entry<UserId, Session> seat : room.seats().all().entrySet()) {
      Session session = seat.getValue();
      if (session.resumable()) {
        session.connection().send(position);
        continue;
      }
      if (isDemoted(known, now, seat.getKey())) {
        room.snapshot().send(session, now, seat.getKey(), null, true);
        continue;
      }
      for (RoomEvent.BroadcastEvent each : missed) {
        RoomEvent.BroadcastEvent event = room.presence().large() ? inLargeRoom(each) : each;
        if (event == null) {
          continue;
        }
        RoomBroadcast out = context.encoder().encode(now, event);
        if (!seat.getKey().equals(out.except())) {
          session.connection().send(out.message());
        }
      }
      if (now.media() != null || !now.timeline().equals(known.timeline())) {
        room.broadcaster().position(session, now);
      }
    }
  }

  /**
   * Returns what base clients receive of an event now in a large room, or null. Joins and
   * departures are sent together when it is small again, and then not of a member that they know
   * already: so a member that came back as a host is a promoted one.
   */
  static RoomEvent.@Nullable BroadcastEvent inLargeRoom(RoomEvent.BroadcastEvent event) {
    if (event instanceof RoomEvent.UserJoined(long seq, Member member) && member.host()) {
      return new RoomEvent.UserPromoted(seq, member.id(), member.name());
    }
    return event instanceof RoomEvent.UserLeft || event instanceof RoomEvent.UserJoined
        ? null
        : event;
  }

  /** Whether a host has become a guest; base events express it as a leave and a join. */
  private static boolean isDemoted(Member before, Member after) {
    return before.host() && !after.host();
  }

  /** Whether that user was a host and is none any more; it gets the whole state then. */
  private static boolean isDemoted(Room known, Room now, UserId user) {
    Member before = known.members().find(user);
    Member after = now.members().find(user);
    return before != null && after != null && isDemoted(before, after);
  }

  /**
   * Returns the base events that lead from one room to the other.
   *
   * @param messagesMax most messages among them, the newest
   */
  static List<RoomEvent.BroadcastEvent> difference(Room known, Room now, int messagesMax) {
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
    // By their ids: a message that the store had lost, and that was sent again, is another change.
    var knownMessages = new HashSet<UUID>();
    known.chat().messages().forEach(message -> knownMessages.add(message.id()));
    for (ChatMessage message : now.chat().newestPresent(messagesMax)) {
      if (!knownMessages.contains(message.id())) {
        events.add(new RoomEvent.MessageSent(seq, message));
      }
    }
    return events;
  }
}
