package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions.Mark;
import dev.watchnchill.party.entry.EntryState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a room that is stored on its own. It names the room and the revision of the change that
 * wrote it, so that it is of use when records around it are lost.
 */
public sealed interface RoomRecord {
  /** Returns the id of the room. */
  RoomId roomId();

  /** Returns the epoch of the room. */
  long epoch();

  /** Returns the number of the change that wrote the record. */
  long seq();

  /**
   * The state of a room, without its members, its messages, its entry state and its queue.
   *
   * @param room has neither members, messages nor a queue; its entry state has nothing but the
   *     secret
   * @param firstMessageSeq {@code seq} of the oldest message of the log; {@link Long#MAX_VALUE}
   *     when there is none
   * @param entryApart whether the entry state has a record of its own
   * @param listed how many items are in the list of the queue
   */
  record State(Room room, long firstMessageSeq, boolean entryApart, int listed)
      implements RoomRecord {
    @Override
    public RoomId roomId() {
      return room.id();
    }

    @Override
    public long epoch() {
      return room.epoch();
    }

    @Override
    public long seq() {
      return room.seq();
    }

    /**
     * Returns the whole room. The times that depend on the members are those of the state, unless
     * they contradict the members.
     *
     * @param entry the entry state, or null for one that has nothing but the secret
     * @param queue the parts of the queue
     */
    public Room with(
        Members members, ChatLog chat, @Nullable EntryState entry, QueueAssembly queue) {
      Room whole = room.withMembers(members, room.lastWriteMs()).withChat(chat);
      return queue.addTo(entry == null ? whole : whole.withEntry(entry));
    }
  }

  /**
   * A member of a room.
   *
   * @param place orders the members of a room
   */
  record OfMember(RoomId roomId, long epoch, long seq, long place, Member member)
      implements RoomRecord {}

  /** A part of the queue of a room. */
  record OfQueue(RoomId roomId, long epoch, long seq, QueuePart part) implements RoomRecord {}

  /**
   * The text of shared subtitles.
   *
   * @param track the track that it belongs to
   * @param content the encoded text
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record OfText(RoomId roomId, long epoch, long seq, UUID track, byte[] content)
      implements RoomRecord {}

  /**
   * One member's reactions to one message.
   *
   * @param marks not empty
   */
  record OfReactions(RoomId roomId, long epoch, ReactionKey key, List<Mark> marks)
      implements RoomRecord {
    @Override
    public long seq() {
      return marks.getLast().seq();
    }
  }

  /** The entry state of a room, when it has more than the secret. */
  record OfEntry(RoomId roomId, long epoch, long seq, EntryState entry) implements RoomRecord {}

  /** A message of a room's log, without its reactions. */
  record OfMessage(RoomId roomId, long epoch, ChatMessage message) implements RoomRecord {
    @Override
    public long seq() {
      return message.seq();
    }
  }
}
