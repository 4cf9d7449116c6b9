package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.access.Members;

/** Copies of rooms that no rule of the house would make. */
final class RoomCopies {
  private RoomCopies() {}

  /** That room, to the letter, with those people in it. */
  static Room seating(Room room, Members members) {
    return copy(room, room.epoch(), members);
  }

  /** That room at the beginning of another life. */
  static Room reborn(Room room, long epoch) {
    return copy(room, epoch, room.members());
  }

  private static Room copy(Room room, long epoch, Members members) {
    return new Room(
        room.id(),
        epoch,
        room.seq(),
        room.creator(),
        room.hostToken(),
        room.hostId(),
        room.hostName(),
        members,
        room.media(),
        room.timeline(),
        room.waiting(),
        room.chat(),
        room.createdAtMs(),
        room.lastWriteMs(),
        room.emptySinceMs(),
        room.hostlessSinceMs(),
        room.closed());
  }
}
