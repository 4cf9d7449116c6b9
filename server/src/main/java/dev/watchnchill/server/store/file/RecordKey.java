package dev.watchnchill.server.store.file;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.store.codec.QueueKey;
import dev.watchnchill.server.store.codec.ReactionKey;
import java.util.UUID;

/**
 * The key of a record in the room file.
 *
 * @param kind the kind of record
 * @param name begins with the id of the room; no two records of any kind share a name
 */
record RecordKey(Kind kind, String name) {
  /** The kinds of records. */
  enum Kind {
    /** The state of a room; in a file of format 1 a whole room. */
    STATE("rooms"),
    /** One member. */
    MEMBER("members"),
    /** One message of the log. */
    MESSAGE("messages"),
    /** The entry state of a room that has one beyond the secret. */
    ENTRY("entries"),
    /** A part of the queue. */
    QUEUE("queues"),
    /** The text of shared subtitles. */
    TEXT("texts"),
    /** One member's reactions to one message. */
    REACTIONS("reactions");

    private final String mapName;

    Kind(String mapName) {
      this.mapName = mapName;
    }

    /** Returns the name of the map in the file that holds the records of this kind. */
    String mapName() {
      return mapName;
    }
  }

  /** Returns the key of the state of a room. */
  static RecordKey state(RoomId room) {
    return new RecordKey(Kind.STATE, room.value());
  }

  /** Returns the key of the entry state of a room. */
  static RecordKey entry(RoomId room) {
    return new RecordKey(Kind.ENTRY, room.value() + "/entry");
  }

  /** Returns the key of a part of the queue of a room. */
  static RecordKey queue(RoomId room, QueueKey part) {
    return new RecordKey(Kind.QUEUE, room.value() + "/" + part.storedName());
  }

  /** Returns the key of the text of subtitles of a room. */
  static RecordKey text(RoomId room, UUID track) {
    return new RecordKey(Kind.TEXT, room.value() + "/t:" + track);
  }

  /** Returns the key of one member's reactions to one message. */
  static RecordKey reactions(RoomId room, ReactionKey key) {
    return new RecordKey(Kind.REACTIONS, room.value() + "/" + key.storedName());
  }

  /** Returns the key of a member of a room. */
  static RecordKey member(RoomId room, UserId user) {
    return new RecordKey(Kind.MEMBER, room.value() + "/" + user.value());
  }

  /** Returns the key of the message of a room that the change {@code seq} added. */
  static RecordKey message(RoomId room, long seq) {
    return new RecordKey(Kind.MESSAGE, room.value() + "/" + seq);
  }
}
