package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.entry.EntryState;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Encodes and decodes the sections of rooms, and events, as JSON. The package documents what a
 * release may change.
 *
 * <p>Reading throws {@link CorruptRecordException} and nothing else, for any bytes. Nodes come from
 * {@link RecordJson#read}, so that a section can be part of another record; a null node is a
 * missing section.
 */
public final class RoomCodec {
  /** The highest version that can be read. */
  public static final int VERSION = 3;

  /**
   * The version with queues. A state has it when its room has one, because an older server would
   * not play it, and a part of a queue always.
   */
  static final int QUEUE_VERSION = 3;

  /**
   * The version with settings and entry control. A state has it when it makes use of them, because
   * an older server would not enforce them, and an entry state always.
   */
  static final int ENTRY_VERSION = 2;

  /** The version of everything that an older server may read. */
  static final int OPEN_VERSION = 1;

  private RoomCodec() {}

  /** Encodes a room without its members, its chat, its entry state and its queue. */
  public static byte[] state(Room room) {
    return record(StateCodec.version(room), out -> StateCodec.state(out, room));
  }

  /** Encodes an entry state. */
  public static byte[] entry(EntryState entry) {
    return record(ENTRY_VERSION, out -> EntryCodec.entry(out, entry));
  }

  /** Encodes the difference between two entry states of a room. */
  public static byte[] entryChange(EntryState before, EntryState next) {
    return RecordJson.write(out -> {
      out.writeStartObject();
      EntryCodec.change(out, before, next);
      out.writeEndObject();
    });
  }

  /** Encodes the members of a room, as a list. */
  public static byte[] members(Members members) {
    return RecordJson.write(out -> MemberCodec.members(out, members));
  }

  /** Encodes one member. */
  public static byte[] member(Member member) {
    return RecordJson.write(out -> MemberCodec.member(out, member));
  }

  /** Encodes one message. */
  public static byte[] message(ChatMessage message) {
    return record(out -> ChatCodec.message(out, message));
  }

  /** Encodes events of any type, as a list. */
  public static byte[] events(List<? extends RoomEvent> events) {
    return RecordJson.write(out -> {
      out.writeStartArray();
      for (RoomEvent event : events) {
        EventCodec.event(out, event);
      }
      out.writeEndArray();
    });
  }

  /** Decodes a whole room, the only kind of record in a room file of format 1. */
  public static Room readRoom(byte[] room) {
    JsonCursor value = versioned(RecordJson.read(room), "room");
    return StateCodec.state(
        value,
        MemberCodec.members(value.at("members")),
        ChatLog.of(value.at("chat").each(ChatCodec::message)));
  }

  /**
   * Decodes a record of {@link #state}, with members and chat that were stored elsewhere; the entry
   * state has nothing but the secret, and the queue is empty.
   */
  public static Room readState(byte[] state, Members members, ChatLog chat) {
    return readState(RecordJson.read(state), members, chat);
  }

  /** Decodes the state within another record. */
  public static Room readState(@Nullable JsonNode state, Members members, ChatLog chat) {
    return StateCodec.state(versioned(state, "state"), members, chat);
  }

  /** Decodes a record of {@link #entry}. */
  public static EntryState readEntry(byte[] entry) {
    return EntryCodec.entry(versioned(RecordJson.read(entry), "entry"));
  }

  /** Decodes a record of {@link #entryChange} within another record, as a function. */
  public static UnaryOperator<EntryState> readEntryChange(@Nullable JsonNode change) {
    return EntryCodec.change(JsonCursor.root(change, "entry"));
  }

  /** Decodes a record of {@link #members}. */
  public static Members readMembers(byte[] members) {
    return readMembers(RecordJson.read(members));
  }

  /** Decodes members within another record. */
  public static Members readMembers(@Nullable JsonNode members) {
    return MemberCodec.members(JsonCursor.root(members, "members"));
  }

  /** Decodes a record of {@link #member}. */
  public static Member readMember(byte[] member) {
    return readMember(RecordJson.read(member));
  }

  /** Decodes a member within another record. */
  public static Member readMember(@Nullable JsonNode member) {
    return MemberCodec.member(JsonCursor.root(member, "member"));
  }

  /** Decodes a user id within another record. */
  public static UserId readUser(@Nullable JsonNode user) {
    return JsonCursor.root(user, "user").userId();
  }

  /** Decodes a record of {@link #message}. */
  public static ChatMessage readMessage(byte[] message) {
    return readMessage(RecordJson.read(message));
  }

  /** Decodes a message within another record. */
  public static ChatMessage readMessage(@Nullable JsonNode message) {
    return ChatCodec.message(versioned(message, "message"));
  }

  /** Decodes a record of {@link #events}, without the types that only a newer version knows. */
  public static List<RoomEvent> readEvents(byte[] events) {
    return readEvents(RecordJson.read(events));
  }

  /** Decodes events within another record. */
  public static List<RoomEvent> readEvents(@Nullable JsonNode events) {
    return EventReader.events(JsonCursor.root(events, "events"));
  }

  static byte[] record(Consumer<JsonGenerator> fields) {
    return record(OPEN_VERSION, fields);
  }

  static byte[] record(int version, Consumer<JsonGenerator> fields) {
    return RecordJson.write(out -> {
      out.writeStartObject();
      out.writeNumberProperty("v", version);
      fields.accept(out);
      out.writeEndObject();
    });
  }

  static JsonCursor versioned(@Nullable JsonNode node, String name) {
    JsonCursor value = JsonCursor.root(node, name);
    int version = value.at("v").asInt();
    if (version < OPEN_VERSION || version > VERSION) {
      throw new CorruptRecordException(
          name + " has version " + version + ", and this server reads up to " + VERSION);
    }
    return value;
  }
}
