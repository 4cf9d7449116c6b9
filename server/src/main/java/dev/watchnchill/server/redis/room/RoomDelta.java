package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.store.ChatDelta;
import dev.watchnchill.server.store.MemberDelta;
import dev.watchnchill.server.store.QueueDelta;
import dev.watchnchill.server.store.TextDelta;
import dev.watchnchill.server.store.codec.QueueKey;
import dev.watchnchill.server.store.codec.QueuePart;
import dev.watchnchill.server.store.codec.QueueParts;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a room as JSON, as it is stored and published.
 *
 * @param state the room without its members, its chat, its entry state and its queue
 * @param fields the fields of the room's hash for the entry state and the parts of the queue that
 *     changed, and for the removed members
 * @param entryChange the lists of the entry state that changed, or null when none did
 * @param queue the difference of the queues
 * @param texts the difference of the texts of subtitles, which is not published
 * @param removed the ids of the removed members
 * @param upserted the new and changed members
 * @param chatKeep how many messages are kept; -1 when the chat is unchanged
 * @param messages the new messages
 * @param events the events of the change
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RoomDelta(
    byte[] state,
    RoomFields fields,
    byte @Nullable [] entryChange,
    QueueDelta queue,
    TextDelta texts,
    List<String> removed,
    List<EncodedMember> upserted,
    int chatKeep,
    List<byte[]> messages,
    byte[] events) {

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
    Map<QueueKey, @Nullable QueuePart> parts = QueueParts.changes(before.queue(), next.queue());
    var fields = new RoomFields();
    members.removed().forEach(fields::removeMember);
    if (entryChanged) {
      fields.put(next.entry());
    }
    parts.forEach(fields::put);
    return new RoomDelta(
        RoomCodec.state(next),
        fields,
        entryChanged ? RoomCodec.entryChange(before.entry(), next.entry()) : null,
        QueueDelta.between(before.queue(), next.queue(), parts),
        TextDelta.between(before, next, events),
        members.removed().stream().map(user -> user.value().toString()).toList(),
        members.upserted().stream().map(EncodedMember::of).toList(),
        chat == null ? -1 : chat.keep(),
        chat == null ? List.of() : chat.added().stream().map(RoomCodec::message).toList(),
        RoomCodec.events(events));
  }
}
