package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.access.Members;

/** Copies of rooms with one part replaced, without the rules of the domain. */
final class RoomCopies {
  private RoomCopies() {}

  /** Returns the room with other members. */
  static Room withMembers(Room room, Members members) {
    return copy(room, room.epoch(), members);
  }

  /** Returns the room under another epoch. */
  static Room withEpoch(Room room, long epoch) {
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
        room.closed(),
        room.settings(),
        room.entry(),
        room.jump(),
        room.queue(),
        room.subtitles(),
        room.voice());
  }
}
