package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions.Mark;
import dev.watchnchill.server.store.ChatDelta;
import dev.watchnchill.server.store.MemberDelta;
import dev.watchnchill.server.store.QueueDelta;
import dev.watchnchill.server.store.TextDelta;
import dev.watchnchill.server.store.codec.QueueKey;
import dev.watchnchill.server.store.codec.QueuePart;
import dev.watchnchill.server.store.codec.QueueParts;
import dev.watchnchill.server.store.codec.ReactionKey;
import dev.watchnchill.server.store.codec.ReactionParts;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a room as JSON, as it is stored and published.
 *
 * @param state the room without its members, its chat, its entry state and its queue
 * @param fields the fields of the room's hash for the entry state, the parts of the queue and the
 *     reactions that changed, and for the removed members
 * @param entryChange the lists of the entry state that changed, or null when none did
 * @param queue the difference of the queues
 * @param texts the difference of the texts of subtitles, which is not published
 * @param removed the ids of the removed members
 * @param upserted the new and changed members
 * @param chat the difference of the chat logs, or null when they are equal
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
    @Nullable EncodedChat chat,
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

  /**
   * The difference of two chat logs, with its messages as JSON.
   *
   * @param keep how many messages are kept
   * @param changed the changed messages by their places among those that are kept
   * @param added the new messages
   * @param marks the reactions that differ
   */
  record EncodedChat(
      int keep,
      Map<Integer, byte[]> changed,
      List<byte[]> added,
      Map<ReactionKey, List<Mark>> marks) {
    static EncodedChat of(
        ChatLog before, ChatLog next, Map<ReactionKey, @Nullable List<Mark>> reactions) {
      ChatDelta delta = ChatDelta.between(before, next, reactions);
      var changed = new LinkedHashMap<Integer, byte[]>();
      for (ChatMessage message : delta.changed()) {
        changed.put(next.indexOf(message.id()), RoomCodec.message(message));
      }
      return new EncodedChat(
          delta.keep(),
          changed,
          delta.added().stream().map(RoomCodec::message).toList(),
          delta.marks());
    }
  }

  static RoomDelta of(Room before, Room next, List<RoomEvent> events) {
    MemberDelta members = MemberDelta.between(before.members(), next.members());
    boolean chatChanged = !before.chat().equals(next.chat()); // the same object, often
    Map<ReactionKey, @Nullable List<Mark>> reactions =
        chatChanged ? ReactionParts.changes(before.chat(), next.chat()) : Map.of();
    boolean entryChanged = !before.entry().equals(next.entry()); // the same object, nearly always
    Map<QueueKey, @Nullable QueuePart> parts = QueueParts.changes(before.queue(), next.queue());
    var fields = new RoomFields();
    members.removed().forEach(fields::removeMember);
    if (entryChanged) {
      fields.put(next.entry());
    }
    parts.forEach(fields::put);
    reactions.forEach(fields::put);
    return new RoomDelta(
        RoomCodec.state(next),
        fields,
        entryChanged ? RoomCodec.entryChange(before.entry(), next.entry()) : null,
        QueueDelta.between(before.queue(), next.queue(), parts),
        TextDelta.between(before, next, events),
        members.removed().stream().map(user -> user.value().toString()).toList(),
        members.upserted().stream().map(EncodedMember::of).toList(),
        chatChanged ? EncodedChat.of(before.chat(), next.chat(), reactions) : null,
        RoomCodec.events(events));
  }
}
