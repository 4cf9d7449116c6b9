package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sockets of a live room on this server, by user: one socket a seat (rule RS6). */
final class SeatTable {
  private final RoomActor room;
  private final RoomId id;
  private final Map<UserId, Session> byUser = new HashMap<>();

  SeatTable(RoomActor room, RoomId id) {
    this.room = room;
    this.id = id;
  }

  /** Puts a socket in a user's seat; gives the seat that socket had before. */
  Session.@Nullable Seat take(Session session, UserId user, @Nullable String token) {
    Session former = byUser.put(user, session);
    if (former != null && former != session) {
      replaced(former, user);
    }
    session.connection().subscribe(id);
    return session.sit(new Session.Seat(room, user, token));
  }

  /** Whether that socket holds that user's seat. */
  boolean holds(Session session, UserId user) {
    return byUser.get(user) == session;
  }

  /** The socket in that user's seat, or null. */
  @Nullable Session of(@Nullable UserId user) {
    return user == null ? null : byUser.get(user);
  }

  /** Takes the socket out of the seat, which the user may keep. */
  void leave(Session session, UserId user) {
    if (byUser.remove(user, session)) {
      session.stand(room, user);
      session.connection().unsubscribe(id);
    }
  }

  /** Another socket has that seat now: the one that had it here hears so, and no more. */
  void lost(UserId user) {
    Session former = byUser.remove(user);
    if (former != null) {
      replaced(former, user);
    }
  }

  private void replaced(Session former, UserId user) {
    former.stand(room, user);
    former.connection().unsubscribe(id);
    former.connection().send(new ServerMessage.SessionReplaced());
  }

  /** Whether a socket of that address has a seat here. */
  boolean anyOf(ClientKey client) {
    for (Session session : byUser.values()) {
      if (session.client().equals(client)) {
        return true;
      }
    }
    return false;
  }

  /** Everybody out. */
  void clear() {
    for (Map.Entry<UserId, Session> seat : Map.copyOf(byUser).entrySet()) {
      leave(seat.getValue(), seat.getKey());
    }
  }

  boolean isEmpty() {
    return byUser.isEmpty();
  }

  /** All of them; a view. */
  Map<UserId, Session> all() {
    return byUser;
  }
}
