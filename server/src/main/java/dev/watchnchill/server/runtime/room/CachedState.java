package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.runtime.broadcast.RoomBroadcaster;
import dev.watchnchill.server.runtime.memory.RoomFootprint;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.session.SeatedRoom;
import org.jspecify.annotations.Nullable;

/**
 * The cached state of a live room, and what other parts of the instance see of it: its position,
 * its memory and its listing. Used within the actor's tasks, but for {@link #position}.
 */
final class CachedState {
  private final RoomBroadcaster broadcaster;
  private final RoomFootprint footprint;
  private final ListingUpdater listing;
  private @Nullable Room room;
  private volatile SeatedRoom.@Nullable Position position;

  CachedState(RoomBroadcaster broadcaster, RoomContext context) {
    this.broadcaster = broadcaster;
    this.footprint = new RoomFootprint(context.memory());
    this.listing = new ListingUpdater(context.listings());
  }

  /** Returns the state, or null while none is cached. */
  @Nullable Room room() {
    return room;
  }

  /** Returns the revision up to which events are broadcast, or null while no state is cached. */
  SeatedRoom.@Nullable Position position() {
    return position;
  }

  /** Caches a state. */
  void set(Room next) {
    broadcaster.follow(next);
    room = next;
    updateFootprint();
    listing.follow(next);
    updatePosition();
  }

  /** Counts the memory of the room and of its history. */
  void updateFootprint() {
    if (room != null) {
      footprint.update(room, broadcaster.historyBytes());
    }
  }

  /** Updates the revision up to which events are broadcast. */
  void updatePosition() {
    Room now = room;
    if (now != null) {
      position = new SeatedRoom.Position(now.epoch(), broadcaster.broadcastSeq());
    }
  }

  /** Caches nothing any more, because the room has ended. */
  void clear() {
    end();
    room = null;
    broadcaster.forget();
    position = null;
  }

  /** Counts and lists the room no more, because this instance does not need it any more. */
  void end() {
    footprint.end();
    listing.end();
  }
}
