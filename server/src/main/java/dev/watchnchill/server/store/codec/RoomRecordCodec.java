package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions.Mark;
import dev.watchnchill.server.store.codec.RoomRecord.OfEntry;
import dev.watchnchill.server.store.codec.RoomRecord.OfMember;
import dev.watchnchill.server.store.codec.RoomRecord.OfMessage;
import dev.watchnchill.server.store.codec.RoomRecord.OfQueue;
import dev.watchnchill.server.store.codec.RoomRecord.OfReactions;
import dev.watchnchill.server.store.codec.RoomRecord.OfText;
import dev.watchnchill.server.store.codec.RoomRecord.State;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Encodes and decodes {@link RoomRecord}s. Each has its type in {@code type}; the state is a state
 * of {@link RoomCodec} with three more fields.
 */
public final class RoomRecordCodec {
  private static final String STATE = "state";
  private static final String MEMBER = "member";
  private static final String MESSAGE = "message";
  private static final String ENTRY = "entry";
  private static final String QUEUE = "queue";
  private static final String PART = "part";
  private static final String TEXT = "text";
  private static final String REACTIONS = "reactions";

  private RoomRecordCodec() {}

  /** Encodes the state of a room, without what has records of its own. */
  public static byte[] state(Room room) {
    return RoomCodec.record(
        StateCodec.version(room),
        out -> {
          out.writeStringProperty("type", STATE);
          StateCodec.state(out, room);
          if (!room.chat().isEmpty()) {
            out.writeNumberProperty("firstMessage", room.chat().get(0).seq());
          }
          JsonFields.trueOnly(out, "entryApart", !room.entry().isPlain());
          if (!room.queue().items().isEmpty()) {
            out.writeNumberProperty("listed", room.queue().items().size());
          }
        });
  }

  /**
   * Encodes a member.
   *
   * @param seq number of the change that writes the record
   * @param place orders the members of the room
   */
  public static byte[] member(Room room, long seq, long place, Member member) {
    return RoomCodec.record(out -> {
      header(out, MEMBER, room);
      out.writeNumberProperty("seq", seq);
      out.writeNumberProperty("place", place);
      out.writeName(MEMBER);
      MemberCodec.member(out, member);
    });
  }

  /** Encodes a message. */
  public static byte[] message(Room room, ChatMessage message) {
    return RoomCodec.record(out -> {
      header(out, MESSAGE, room);
      out.writeObjectPropertyStart(MESSAGE);
      ChatCodec.message(out, message);
      out.writeEndObject();
    });
  }

  /**
   * Encodes the entry state of a room.
   *
   * @param seq number of the change that writes the record
   */
  public static byte[] entry(Room room, long seq) {
    return RoomCodec.record(
        RoomCodec.ENTRY_VERSION,
        out -> {
          header(out, ENTRY, room);
          out.writeNumberProperty("seq", seq);
          out.writeObjectPropertyStart(ENTRY);
          EntryCodec.entry(out, room.entry());
          out.writeEndObject();
        });
  }

  /**
   * Encodes a part of the queue of a room.
   *
   * @param seq number of the change that writes the record
   */
  public static byte[] queue(Room room, long seq, QueuePart part) {
    return RoomCodec.record(
        RoomCodec.QUEUE_VERSION,
        out -> {
          header(out, QUEUE, room);
          out.writeNumberProperty("seq", seq);
          out.writeStringProperty("key", part.key().storedName());
          out.writeObjectPropertyStart(PART);
          QueueCodec.write(out, part);
          out.writeEndObject();
        });
  }

  /** Encodes one member's reactions to one message. */
  public static byte[] reactions(Room room, ReactionKey key, List<Mark> marks) {
    return RoomCodec.record(out -> {
      header(out, REACTIONS, room);
      out.writeStringProperty("key", key.storedName());
      ReactionCodec.write(out, marks);
    });
  }

  /**
   * Encodes the text of a track, whose record is never changed.
   *
   * @param content the encoded text
   */
  public static byte[] text(Room room, UUID track, byte[] content) {
    return RoomCodec.record(out -> {
      header(out, TEXT, room);
      out.writeStringProperty("track", track.toString());
      out.writeStringProperty(TEXT, Base64.getEncoder().encodeToString(content));
    });
  }

  private static void header(JsonGenerator out, String type, Room room) {
    out.writeStringProperty("type", type);
    out.writeStringProperty("room", room.id().value());
    out.writeNumberProperty("epoch", room.epoch());
  }

  /**
   * Decodes a record of any type.
   *
   * @throws CorruptRecordException when it is damaged, of a newer version, or of another type
   */
  public static RoomRecord read(byte[] record) {
    return read(RecordJson.read(record));
  }

  /** Decodes a record, or returns null when it has no type, such as a whole room. */
  public static @Nullable RoomRecord readTyped(JsonNode record) {
    return record.has("type") ? read(record) : null;
  }

  private static RoomRecord read(JsonNode record) {
    JsonCursor value = RoomCodec.versioned(record, "record");
    String type = value.at("type").asString();
    return switch (type) {
      case STATE -> state(value);
      case MEMBER ->
          new OfMember(
              room(value),
              value.at("epoch").asLong(),
              value.at("seq").asLong(),
              value.at("place").asLong(),
              MemberCodec.member(value.at(MEMBER)));
      case MESSAGE ->
          new OfMessage(
              room(value), value.at("epoch").asLong(), ChatCodec.message(value.at(MESSAGE)));
      case ENTRY ->
          new OfEntry(
              room(value),
              value.at("epoch").asLong(),
              value.at("seq").asLong(),
              EntryCodec.entry(value.at(ENTRY)));
      case QUEUE ->
          new OfQueue(
              room(value),
              value.at("epoch").asLong(),
              value.at("seq").asLong(),
              QueueCodec.read(QueueCodec.key(value.at("key")), value.at(PART)));
      case TEXT ->
          new OfText(room(value), value.at("epoch").asLong(), 0, track(value), content(value));
      case REACTIONS ->
          new OfReactions(
              room(value),
              value.at("epoch").asLong(),
              ReactionCodec.key(value.at("key")),
              marks(value));
      default -> throw value.at("type").corrupt("no known type");
    };
  }

  private static State state(JsonCursor value) {
    Long first = value.at("firstMessage").orNull(JsonCursor::asLong);
    return new State(
        StateCodec.state(value, Members.NONE, ChatLog.EMPTY),
        first == null ? Long.MAX_VALUE : first,
        value.at("entryApart").isTrue(),
        value.at("listed").or(JsonCursor::asInt, 0));
  }

  private static List<Mark> marks(JsonCursor value) {
    List<Mark> marks = ReactionCodec.read(value);
    if (marks.isEmpty()) {
      throw value.at("marks").corrupt("empty");
    }
    return marks;
  }

  private static UUID track(JsonCursor value) {
    return value.at("track").uuid();
  }

  private static byte[] content(JsonCursor value) {
    JsonCursor text = value.at(TEXT);
    String content = text.asString();
    return text.construct(() -> Base64.getDecoder().decode(content));
  }

  private static RoomId room(JsonCursor value) {
    JsonCursor id = value.at("room");
    String text = id.asString();
    return id.construct(() -> new RoomId(text));
  }
}
