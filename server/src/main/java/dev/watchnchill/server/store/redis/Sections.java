package dev.watchnchill.server.store.redis;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.util.List;

/**
 * A change of a room as JSON: what is kept and what is published of it.
 *
 * @param state the room without its people and its chat
 * @param members the people; empty when unchanged
 * @param chatKeep how many messages stay; -1 when the chat is unchanged
 * @param messages the new ones
 * @param events what happened
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sections(byte[] state, byte[] members, int chatKeep, List<byte[]> messages, byte[] events) {
  private static final byte[] UNCHANGED = {};

  static Sections of(Room before, Room next, List<RoomEvent> events) {
    boolean samePeople = before.members().equals(next.members());
    boolean sameChat = before.chat().equals(next.chat());
    ChatChange chat = ChatChange.between(before.chat(), next.chat());
    return new Sections(
        RoomCodec.state(next),
        samePeople ? UNCHANGED : RoomCodec.members(next.members()),
        sameChat ? -1 : chat.keep(),
        sameChat ? List.of() : chat.added().stream().map(RoomCodec::message).toList(),
        RoomCodec.events(events));
  }
}
