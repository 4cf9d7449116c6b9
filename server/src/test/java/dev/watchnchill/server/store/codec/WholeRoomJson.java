package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.chat.ChatMessage;
import java.nio.charset.StandardCharsets;

/** Writes whole rooms as format 1 of the room file has them, for tests. */
public final class WholeRoomJson {
  private WholeRoomJson() {}

  /** Encodes a room. */
  public static byte[] of(Room room) {
    return RoomCodec.record(out -> {
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

  /** Encodes a room as text. */
  static String textOf(Room room) {
    return new String(of(room), StandardCharsets.UTF_8);
  }
}
