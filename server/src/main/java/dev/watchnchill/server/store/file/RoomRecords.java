package dev.watchnchill.server.store.file;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions.Mark;
import dev.watchnchill.server.store.ChatDelta;
import dev.watchnchill.server.store.TextDelta;
import dev.watchnchill.server.store.codec.QueueKey;
import dev.watchnchill.server.store.codec.QueuePart;
import dev.watchnchill.server.store.codec.QueueParts;
import dev.watchnchill.server.store.codec.ReactionKey;
import dev.watchnchill.server.store.codec.ReactionParts;
import dev.watchnchill.server.store.codec.RoomRecordCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Divides rooms into records and finds those that a change has changed, so that a change of a large
 * room costs no more than one of a small room.
 *
 * <p>The records of a room are its state, which every change changes, one for each member, one for
 * each message, one for each member's reactions to a message, one for its entry state when that has
 * more than the secret, one for each part of its queue, and one for each text of its subtitles. An
 * exception of {@code write} reaches the caller, and the room counts as unchanged. Calls for the
 * same room must not overlap.
 */
final class RoomRecords {
  /** The places and numbers that are in the records of a room, and not in the room. */
  private static final class Written {
    final MemberPlaces members;
    // The number of the change that wrote the entry state.
    volatile long entrySeq;
    // The numbers of the changes that wrote the parts of the queue.
    final Map<QueueKey, Long> queueSeqs = new HashMap<>();

    Written(Room room) {
      members = new MemberPlaces(room);
      entrySeq = room.seq();
      QueueParts.of(room.queue()).forEach(part -> queueSeqs.put(part.key(), room.seq()));
    }
  }

  private final Map<RoomId, Written> written = new ConcurrentHashMap<>();

  /** Adds a room whose records are to be written anew. */
  void adopt(Room room) {
    written.put(room.id(), new Written(room));
  }

  /**
   * Adds all records of a room to a map: the ones that have been written, byte for byte.
   *
   * @param texts the texts of its subtitles by track
   */
  void collect(Room room, Map<UUID, byte[]> texts, Map<RecordKey, ? super byte[]> records) {
    collect(room, known(room), records);
    putTexts(room, texts, records);
  }

  private static void putTexts(
      Room room, Map<UUID, byte[]> texts, Map<RecordKey, ? super byte[]> records) {
    texts.forEach((track, content) ->
        records.put(RecordKey.text(room.id(), track), RoomRecordCodec.text(room, track, content)));
  }

  private static void collect(Room room, Written known, Map<RecordKey, ? super byte[]> records) {
    records.put(RecordKey.state(room.id()), RoomRecordCodec.state(room));
    for (Member member : room.members().list()) {
      putMember(room, member, known.members.of(member), records);
    }
    putMessages(room, room.chat().messages(), records);
    ReactionParts.of(room.chat()).forEach((key, marks) -> putReactions(room, key, marks, records));
    if (!room.entry().isPlain()) {
      records.put(RecordKey.entry(room.id()), RoomRecordCodec.entry(room, known.entrySeq));
    }
    for (QueuePart part : QueueParts.of(room.queue())) {
      long seq = Objects.requireNonNull(known.queueSeqs.get(part.key()));
      records.put(RecordKey.queue(room.id(), part.key()), RoomRecordCodec.queue(room, seq, part));
    }
  }

  /** Writes a new room. */
  void create(Room room, Consumer<Map<RecordKey, byte @Nullable []>> write) {
    var created = new Written(room);
    var records = new HashMap<RecordKey, byte @Nullable []>();
    collect(room, created, records);
    write.accept(records);
    written.put(room.id(), created);
  }

  /** Writes the records in which a room differs from the one before. */
  void update(
      Room before, Room next, TextDelta texts, Consumer<Map<RecordKey, byte @Nullable []>> write) {
    Written known = known(before);
    MemberPlaces.Change change = known.members.change(before, next);
    var records = new HashMap<RecordKey, byte @Nullable []>();
    records.put(RecordKey.state(next.id()), RoomRecordCodec.state(next));
    for (UserId removed : change.delta().removed()) {
      records.put(RecordKey.member(next.id(), removed), null);
    }
    for (Member member : change.delta().upserted()) {
      putMember(next, member, change.of(member), records);
    }
    if (!before.chat().equals(next.chat())) {
      putChat(before.chat(), next, records);
    }
    boolean entryChanged = !before.entry().equals(next.entry());
    if (entryChanged) {
      records.put(
          RecordKey.entry(next.id()),
          next.entry().isPlain() ? null : RoomRecordCodec.entry(next, next.seq()));
    }
    Map<QueueKey, @Nullable QueuePart> parts = QueueParts.changes(before.queue(), next.queue());
    parts.forEach((key, part) ->
        records.put(
            RecordKey.queue(next.id(), key),
            part == null ? null : RoomRecordCodec.queue(next, next.seq(), part)));
    texts.removed().forEach(track -> records.put(RecordKey.text(next.id(), track), null));
    putTexts(next, texts.put(), records);
    write.accept(records);
    known.members.make(change);
    if (entryChanged) {
      known.entrySeq = next.seq();
    }
    parts.forEach((key, part) -> {
      if (part == null) {
        known.queueSeqs.remove(key);
      } else {
        known.queueSeqs.put(key, next.seq());
      }
    });
  }

  /** Removes all records of a room. */
  void remove(Room last, Consumer<Map<RecordKey, byte @Nullable []>> write) {
    var records = new HashMap<RecordKey, byte @Nullable []>();
    records.put(RecordKey.state(last.id()), null);
    last.members()
        .list()
        .forEach(member -> records.put(RecordKey.member(last.id(), member.id()), null));
    removeMessages(last.id(), last.chat().messages(), records);
    ReactionParts.of(last.chat())
        .keySet()
        .forEach(key -> records.put(RecordKey.reactions(last.id(), key), null));
    if (!last.entry().isPlain()) {
      records.put(RecordKey.entry(last.id()), null);
    }
    for (QueuePart part : QueueParts.of(last.queue())) {
      records.put(RecordKey.queue(last.id(), part.key()), null);
    }
    TextDelta.tracks(last).forEach(track -> records.put(RecordKey.text(last.id(), track), null));
    write.accept(records);
    written.remove(last.id());
  }

  private Written known(Room room) {
    return Objects.requireNonNull(written.get(room.id()));
  }

  private static void putMember(
      Room room, Member member, MemberPlaces.Place place, Map<RecordKey, ? super byte[]> records) {
    records.put(
        RecordKey.member(room.id(), member.id()),
        RoomRecordCodec.member(room, place.seq(), place.number(), member));
  }

  private static void putChat(
      ChatLog before, Room next, Map<RecordKey, byte @Nullable []> records) {
    Map<ReactionKey, @Nullable List<Mark>> reactions = ReactionParts.changes(before, next.chat());
    ChatDelta delta = ChatDelta.between(before, next.chat(), reactions);
    List<ChatMessage> old = before.messages();
    removeMessages(next.id(), old.subList(0, old.size() - delta.keep()), records);
    putMessages(next, delta.changed(), records);
    putMessages(next, delta.added(), records);
    reactions.forEach((key, marks) -> {
      if (marks == null) {
        records.put(RecordKey.reactions(next.id(), key), null);
      } else {
        putReactions(next, key, marks, records);
      }
    });
  }

  private static void putReactions(
      Room room, ReactionKey key, List<Mark> marks, Map<RecordKey, ? super byte[]> records) {
    records.put(RecordKey.reactions(room.id(), key), RoomRecordCodec.reactions(room, key, marks));
  }

  private static void putMessages(
      Room room, List<ChatMessage> messages, Map<RecordKey, ? super byte[]> records) {
    for (ChatMessage message : messages) {
      records.put(
          RecordKey.message(room.id(), message.seq()), RoomRecordCodec.message(room, message));
    }
  }

  private static void removeMessages(
      RoomId room, List<ChatMessage> messages, Map<RecordKey, byte @Nullable []> records) {
    messages.forEach(message -> records.put(RecordKey.message(room, message.seq()), null));
  }
}
