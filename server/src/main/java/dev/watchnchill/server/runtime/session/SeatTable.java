package dev.watchnchill.server.runtime.session;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sockets of a live room on this instance, by member: one socket a seat (rule RS6). */
public final class SeatTable {
  private final SeatedRoom room;
  private final RoomId id;
  private final Map<UserId, Session> byUser = new HashMap<>();

  public SeatTable(SeatedRoom room, RoomId id) {
    this.room = room;
    this.id = id;
  }

  /** Gives a member's seat to a socket; returns the seat that the socket had before. */
  public Session.@Nullable Seat take(Session session, UserId user, @Nullable String token) {
    Session former = byUser.put(user, session);
    if (former != null && former != session) {
      replaced(former, user);
    }
    session.connection().subscribe(id);
    return session.takeSeat(new Session.Seat(room, user, token));
  }

  /** Returns whether a socket has a member's seat. */
  public boolean holds(Session session, UserId user) {
    return byUser.get(user) == session;
  }

  /** Returns the socket of a member's seat, or null. */
  public @Nullable Session of(@Nullable UserId user) {
    return user == null ? null : byUser.get(user);
  }

  /** Removes the socket from the seat, which the member may keep. */
  public void leave(Session session, UserId user) {
    if (byUser.remove(user, session)) {
      session.releaseSeat(room, user);
      session.connection().unsubscribe(id);
    }
  }

  /** Removes the socket of a seat that another socket took, and notifies it. */
  public void lost(UserId user) {
    Session former = byUser.remove(user);
    if (former != null) {
      replaced(former, user);
    }
  }

  /** Removes the socket of a member whom a host has removed, and notifies it (rule EN8). */
  public void removed(UserId user, boolean banned) {
    Session former = byUser.remove(user);
    if (former != null) {
      former.releaseSeat(room, user);
      former.connection().unsubscribe(id);
      former
          .connection()
          .send(
              former.resumable()
                  ? ServerMessage.RoomClosed.removed(id, banned)
                  : new ServerMessage.RoomError("You were removed from this room."));
    }
  }

  private void replaced(Session former, UserId user) {
    former.releaseSeat(room, user);
    former.connection().unsubscribe(id);
    former.connection().send(new ServerMessage.SessionReplaced());
  }

  /** Returns whether a socket of the address has a seat here. */
  public boolean anyOf(ClientKey client) {
    for (Session session : byUser.values()) {
      if (session.client().equals(client)) {
        return true;
      }
    }
    return false;
  }

  /** Removes all sockets. */
  public void clear() {
    for (Map.Entry<UserId, Session> seat : Map.copyOf(byUser).entrySet()) {
      leave(seat.getValue(), seat.getKey());
    }
  }

  public boolean isEmpty() {
    return byUser.isEmpty();
  }

  /** Returns a view of all sockets by member. */
  public Map<UserId, Session> all() {
    return byUser;
  }
}
