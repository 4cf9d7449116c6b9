package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.store.ChatDelta;
import dev.watchnchill.server.store.MemberDelta;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a room as JSON, as it is stored and published.
 *
 * @param state the room without its members, its chat and its entry state
 * @param entry the entry state as its field in the room's hash: {@link #ENTRY_UNCHANGED}, {@link
 *     #ENTRY_PLAIN}, or JSON
 * @param entryChange the lists of the entry state that changed, or null when none did
 * @param removed the ids of the removed members
 * @param upserted the new and changed members
 * @param chatKeep how many messages are kept; -1 when the chat is unchanged
 * @param messages the new messages
 * @param events the events of the change
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RoomDelta(
    byte[] state,
    byte[] entry,
    byte @Nullable [] entryChange,
    List<String> removed,
    List<EncodedMember> upserted,
    int chatKeep,
    List<byte[]> messages,
    byte[] events) {

  /** Stands for an entry state that stays as it is stored. */
  static final byte[] ENTRY_UNCHANGED = {};

  /** Stands for an entry state that has nothing but the secret, and needs no field. */
  static final byte[] ENTRY_PLAIN = {'-'};

  /**
   * A member as JSON.
   *
   * @param id its user id
   * @param json the member
   */
  record EncodedMember(String id, byte[] json) {
    static EncodedMember of(Member member) {
      return new EncodedMember(member.id().value().toString(), RoomCodec.member(member));
    }
  }

  static RoomDelta of(Room before, Room next, List<RoomEvent> events) {
    MemberDelta members = MemberDelta.between(before.members(), next.members());
    // The same object, nearly always, or one more message.
    ChatDelta chat =
        before.chat().equals(next.chat()) ? null : ChatDelta.between(before.chat(), next.chat());
    boolean entryChanged = !before.entry().equals(next.entry()); // the same object, nearly always
    return new RoomDelta(
        RoomCodec.state(next),
        entryChanged ? entry(next) : ENTRY_UNCHANGED,
        entryChanged ? RoomCodec.entryChange(before.entry(), next.entry()) : null,
        members.removed().stream().map(user -> user.value().toString()).toList(),
        members.upserted().stream().map(EncodedMember::of).toList(),
        chat == null ? -1 : chat.keep(),
        chat == null ? List.of() : chat.added().stream().map(RoomCodec::message).toList(),
        RoomCodec.events(events));
  }

  /** Returns the field of a room's entry state. */
  static byte[] entry(Room room) {
    return room.entry().isPlain() ? ENTRY_PLAIN : RoomCodec.entry(room.entry());
  }
}
