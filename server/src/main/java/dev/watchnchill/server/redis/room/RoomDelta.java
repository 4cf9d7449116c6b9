package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.util.List;

/**
 * A change of a room as JSON: what is kept and what is published of it.
 *
 * @param state the room without its people and its chat
 * @param left the ids of the people who left
 * @param put the people who are new or others now
 * @param chatKeep how many messages stay; -1 when the chat is unchanged
 * @param messages the new ones
 * @param events what happened
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RoomDelta(
    byte[] state,
    List<String> left,
    List<Person> put,
    int chatKeep,
    List<byte[]> messages,
    byte[] events) {

  /**
   * One of the people.
   *
   * @param id who
   * @param json the rest
   */
  record Person(String id, byte[] json) {
    static Person of(Member member) {
      return new Person(member.id().value().toString(), RoomCodec.member(member));
    }
  }

  static RoomDelta of(Room before, Room next, List<RoomEvent> events) {
    MemberDelta people = MemberDelta.between(before.members(), next.members());
    // The same object, nearly always, or one more message.
    ChatDelta chat =
        before.chat().equals(next.chat()) ? null : ChatDelta.between(before.chat(), next.chat());
    return new RoomDelta(
        RoomCodec.state(next),
        people.left().stream().map(user -> user.value().toString()).toList(),
        people.put().stream().map(Person::of).toList(),
        chat == null ? -1 : chat.keep(),
        chat == null ? List.of() : chat.added().stream().map(RoomCodec::message).toList(),
        RoomCodec.events(events));
  }
}
