package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.Reactions.Mark;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.store.codec.QueueAssembly;
import dev.watchnchill.server.store.codec.QueueCodec;
import dev.watchnchill.server.store.codec.QueueKey;
import dev.watchnchill.server.store.codec.QueuePart;
import dev.watchnchill.server.store.codec.QueueParts;
import dev.watchnchill.server.store.codec.ReactionCodec;
import dev.watchnchill.server.store.codec.ReactionKey;
import dev.watchnchill.server.store.codec.ReactionParts;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a room's hash that are written and removed as they are: {@code entry}, the entry state
 * when it has more than the secret, and each part of the queue and of the reactions to messages
 * under its stored name.
 */
final class RoomFields {
  private static final String ENTRY = "entry";

  private final List<String> removed = new ArrayList<>();
  // Names and values in turn.
  private final List<Object> put = new ArrayList<>();

  /** Returns the fields of a whole room. */
  static RoomFields of(Room room) {
    var fields = new RoomFields();
    if (!room.entry().isPlain()) {
      fields.put(room.entry());
    }
    for (QueuePart part : QueueParts.of(room.queue())) {
      fields.put(part.key(), part);
    }
    ReactionParts.of(room.chat()).forEach(fields::put);
    return fields;
  }

  /** Puts a member's reactions to a message; null removes them. */
  void put(ReactionKey key, @Nullable List<Mark> marks) {
    put(key.storedName(), marks == null ? null : ReactionCodec.marks(marks));
  }

  /** Puts an entry state; one that has nothing but the secret has no field. */
  void put(EntryState entry) {
    put(ENTRY, entry.isPlain() ? null : RoomCodec.entry(entry));
  }

  /** Puts a part of the queue; null removes it. */
  void put(QueueKey key, @Nullable QueuePart part) {
    put(key.storedName(), part == null ? null : QueueCodec.part(part));
  }

  private void put(String name, byte @Nullable [] value) {
    if (value == null) {
      removed.add(name);
    } else {
      put.add(name);
      put.add(value);
    }
  }

  /** Removes a member. */
  void removeMember(UserId user) {
    removed.add("m:" + user.value());
  }

  /** Adds the removed fields to a script's arguments: their number, then their names. */
  void addRemoved(List<Object> arguments) {
    arguments.add(removed.size());
    arguments.addAll(removed);
  }

  /** Adds the other fields to a script's arguments: their number, then each name and value. */
  void addPut(List<Object> arguments) {
    arguments.add(put.size() / 2);
    arguments.addAll(put);
  }

  /**
   * Returns a room with what is in the fields of its hash.
   *
   * @param fields names and values in turn; other fields are ignored
   * @throws dev.watchnchill.server.store.codec.CorruptRecordException when a field is corrupt
   */
  static Room read(List<?> fields, Room room) {
    Room whole = room;
    var queue = new QueueAssembly();
    var reactions = new HashMap<ReactionKey, List<Mark>>();
    for (int i = 0; i < fields.size(); i += 2) {
      String name = RedisLink.text((byte[]) fields.get(i));
      byte[] value = (byte[]) fields.get(i + 1);
      if (name.equals(ENTRY)) {
        whole = whole.withEntry(RoomCodec.readEntry(value));
      } else {
        QueueKey key = QueueKey.ofStoredName(name);
        ReactionKey reaction = ReactionKey.ofStoredName(name);
        if (key != null) {
          queue.add(QueueCodec.readPart(key, value));
        } else if (reaction != null) {
          reactions.put(reaction, ReactionCodec.readMarks(value));
        }
      }
    }
    return queue.addTo(whole.withChat(ReactionParts.addTo(whole.chat(), reactions)));
  }
}
