package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Rooms and events as JSON and back, whole or by sections; the package says what may change how.
 *
 * <p>Reading throws {@link CorruptRecordException} and nothing else, whatever the bytes are. Nodes
 * come from {@link RecordJson#read}, so that a section may stand within another record; null is a
 * missing one.
 */
public final class RoomCodec {
  /** The version that is written, and the highest one that can be read. */
  public static final int VERSION = 1;

  private RoomCodec() {}

  /** A room with everything in it. */
  public static byte[] room(Room room) {
    return record(out -> {
      StateCodec.state(out, room);
      out.writeName("members");
      MemberCodec.members(out, room.members());
      out.writeArrayPropertyStart("chat");
      for (ChatMessage message : room.chat().messages()) {
        out.writeStartObject();
        ChatCodec.message(out, message);
        out.writeEndObject();
      }
      out.writeEndArray();
    });
  }

  /** A room without its people and its chat. */
  public static byte[] state(Room room) {
    return record(out -> StateCodec.state(out, room));
  }

  /** The people of a room, a list. */
  public static byte[] members(Members members) {
    return RecordJson.write(out -> MemberCodec.members(out, members));
  }

  /** One of the people. */
  public static byte[] member(Member member) {
    return RecordJson.write(out -> MemberCodec.member(out, member));
  }

  /** One message. */
  public static byte[] message(ChatMessage message) {
    return record(out -> ChatCodec.message(out, message));
  }

  /** Events of any type, a list. */
  public static byte[] events(List<? extends RoomEvent> events) {
    return RecordJson.write(out -> {
      out.writeStartArray();
      for (RoomEvent event : events) {
        EventCodec.event(out, event);
      }
      out.writeEndArray();
    });
  }

  /** What {@link #room} wrote. */
  public static Room readRoom(byte[] room) {
    JsonCursor value = versioned(RecordJson.read(room), "room");
    return StateCodec.state(
        value,
        MemberCodec.members(value.at("members")),
        new ChatLog(value.at("chat").each(ChatCodec::message)));
  }

  /** What {@link #state} wrote, with people and chat that were kept elsewhere. */
  public static Room readState(byte[] state, Members members, ChatLog chat) {
    return readState(RecordJson.read(state), members, chat);
  }

  /** The same within another record. */
  public static Room readState(@Nullable JsonNode state, Members members, ChatLog chat) {
    return StateCodec.state(versioned(state, "state"), members, chat);
  }

  /** What {@link #members} wrote. */
  public static Members readMembers(byte[] members) {
    return readMembers(RecordJson.read(members));
  }

  /** The same within another record. */
  public static Members readMembers(@Nullable JsonNode members) {
    return MemberCodec.members(JsonCursor.root(members, "members"));
  }

  /** What {@link #member} wrote. */
  public static Member readMember(byte[] member) {
    return readMember(RecordJson.read(member));
  }

  /** The same within another record. */
  public static Member readMember(@Nullable JsonNode member) {
    return MemberCodec.member(JsonCursor.root(member, "member"));
  }

  /** Who somebody is, as text within another record. */
  public static UserId readUser(@Nullable JsonNode user) {
    return JsonCursor.root(user, "user").userId();
  }

  /** What {@link #message} wrote. */
  public static ChatMessage readMessage(byte[] message) {
    return readMessage(RecordJson.read(message));
  }

  /** The same within another record. */
  public static ChatMessage readMessage(@Nullable JsonNode message) {
    return ChatCodec.message(versioned(message, "message"));
  }

  /** What {@link #events} wrote, without the types that only a newer version knows. */
  public static List<RoomEvent> readEvents(byte[] events) {
    return readEvents(RecordJson.read(events));
  }

  /** The same within another record. */
  public static List<RoomEvent> readEvents(@Nullable JsonNode events) {
    return EventReader.events(JsonCursor.root(events, "events"));
  }

  private static byte[] record(Consumer<JsonGenerator> fields) {
    return RecordJson.write(out -> {
      out.writeStartObject();
      out.writeNumberProperty("v", VERSION);
      fields.accept(out);
      out.writeEndObject();
    });
  }

  private static JsonCursor versioned(@Nullable JsonNode node, String name) {
    JsonCursor value = JsonCursor.root(node, name);
    int version = value.at("v").small();
    if (version < 1 || version > VERSION) {
      throw new CorruptRecordException(
          name + " has version " + version + ", and this server reads up to " + VERSION);
    }
    return value;
  }
}
