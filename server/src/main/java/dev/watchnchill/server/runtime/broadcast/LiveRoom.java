package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.runtime.session.SeatTable;
import org.jspecify.annotations.Nullable;

/**
 * A live room as the senders of its messages see it. All methods are called within the room's
 * tasks.
 */
public interface LiveRoom {
  /** Returns the id of the room. */
  RoomId id();

  /** Returns the cached state of the room, or null, without asking the store. */
  @Nullable Room cachedState();

  /** Returns whether changes are rejected because the store cannot be reached. */
  boolean isAway();

  /** Runs something short when all tasks before it have ended, unless the room has retired. */
  void enqueue(Runnable work);

  /** Returns the sockets in the room. */
  SeatTable seats();

  /** Returns the sender of events to the members here. */
  RoomBroadcaster broadcaster();

  /** Returns the sender of presence in a large room. */
  LargeRoomPresence presence();

  /** Returns the sender of the state of the room to a socket that joins. */
  JoinSnapshot snapshot();

  /** Returns the tracker of the members' players. */
  ViewerTracker viewers();

  /** Updates the revision up to which events are broadcast. */
  void updatePosition();

  /** Follows an event that has been broadcast, or that presence will contain. */
  void afterBroadcast(RoomEvent.BroadcastEvent event, Room now);
}
