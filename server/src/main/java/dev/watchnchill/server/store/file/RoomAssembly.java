package dev.watchnchill.server.store.file;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions.Mark;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.server.store.TextDelta;
import dev.watchnchill.server.store.codec.QueueAssembly;
import dev.watchnchill.server.store.codec.QueueKey;
import dev.watchnchill.server.store.codec.QueuePart;
import dev.watchnchill.server.store.codec.ReactionKey;
import dev.watchnchill.server.store.codec.ReactionParts;
import dev.watchnchill.server.store.codec.RoomRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts rooms together from their records, in any order. Of two records of one thing the newer one
 * counts; a record of no room, or of an earlier room of the same id, is left out.
 */
final class RoomAssembly {
  private static final Comparator<RoomRecord> AGE =
      Comparator.comparingLong(RoomRecord::epoch).thenComparingLong(RoomRecord::seq);

  private static final Comparator<RoomRecord.OfMessage> EDITS =
      Comparator.comparingLong(RoomRecord.OfMessage::epoch)
          .thenComparing(record -> record.message().deleted())
          .thenComparingLong(record -> record.message().editedAtMs());

  /** The records of the rooms of one id. */
  private static final class Parts {
    final Map<UserId, RoomRecord.OfMember> members = new HashMap<>();
    final Map<Long, RoomRecord.OfMessage> messages = new HashMap<>();
    RoomRecord.@Nullable OfEntry entry;
    final Map<QueueKey, RoomRecord.OfQueue> queue = new HashMap<>();
    final Map<UUID, RoomRecord.OfText> texts = new HashMap<>();
    final Map<ReactionKey, RoomRecord.OfReactions> reactions = new HashMap<>();
  }

  private final Map<RoomId, RoomRecord.State> states = new HashMap<>();
  private final Map<RoomId, Parts> parts = new HashMap<>();

  /** Adds a record. */
  void add(RoomRecord record) {
    switch (record) {
      case RoomRecord.State state -> states.merge(state.roomId(), state, RoomAssembly::newer);
      case RoomRecord.OfMember member ->
          partsOf(member).members.merge(member.member().id(), member, RoomAssembly::newer);
      case RoomRecord.OfMessage message ->
          partsOf(message).messages.merge(message.seq(), message, RoomAssembly::newerMessage);
      case RoomRecord.OfEntry entry -> {
        Parts of = partsOf(entry);
        of.entry = of.entry == null ? entry : newer(of.entry, entry);
      }
      case RoomRecord.OfQueue part ->
          partsOf(part).queue.merge(part.part().key(), part, RoomAssembly::newer);
      case RoomRecord.OfReactions reactions ->
          partsOf(reactions).reactions.merge(reactions.key(), reactions, RoomAssembly::newer);
      case RoomRecord.OfText text -> partsOf(text).texts.put(text.track(), text);
    }
  }

  private Parts partsOf(RoomRecord record) {
    return parts.computeIfAbsent(record.roomId(), _ -> new Parts());
  }

  private static <T extends RoomRecord> T newer(T one, T other) {
    return AGE.compare(one, other) > 0 ? one : other;
  }

  /** An edited or deleted message has the number of the change that added it. */
  private static RoomRecord.OfMessage newerMessage(
      RoomRecord.OfMessage one, RoomRecord.OfMessage other) {
    return EDITS.compare(one, other) > 0 ? one : other;
  }

  /** Returns the rooms whose state is among the records. */
  List<Room> rooms() {
    return states.values().stream().map(this::room).toList();
  }

  /** Returns the texts of the subtitles of a room by track, as far as they are there. */
  Map<UUID, byte[]> texts(Room room) {
    Parts of = parts.getOrDefault(room.id(), new Parts());
    Set<UUID> tracks = TextDelta.tracks(room);
    var texts = new HashMap<UUID, byte[]>();
    of.texts.forEach((track, text) -> {
      if (tracks.contains(track) && text.epoch() == room.epoch()) {
        texts.put(track, text.content());
      }
    });
    return texts;
  }

  private Room room(RoomRecord.State state) {
    Parts of = parts.getOrDefault(state.roomId(), new Parts());
    List<Member> members =
        of.members.values().stream()
            .filter(member -> member.epoch() == state.epoch())
            .sorted(Comparator.comparingLong(RoomRecord.OfMember::place).thenComparing(AGE))
            .map(RoomRecord.OfMember::member)
            .toList();
    List<ChatMessage> messages =
        of.messages.values().stream()
            .filter(message -> message.epoch() == state.epoch())
            .filter(
                message -> message.seq() >= state.firstMessageSeq() && message.seq() <= state.seq())
            .sorted(AGE)
            .map(RoomRecord.OfMessage::message)
            .toList();
    return state.with(
        Members.of(members),
        ReactionParts.addTo(ChatLog.of(messages), reactions(state, of.reactions.values())),
        entry(state, of.entry),
        queue(state, of.queue.values()));
  }

  private static Map<ReactionKey, List<Mark>> reactions(
      RoomRecord.State state, Collection<RoomRecord.OfReactions> records) {
    var reactions = new HashMap<ReactionKey, List<Mark>>();
    for (RoomRecord.OfReactions record : records) {
      if (record.epoch() == state.epoch()) {
        reactions.put(record.key(), record.marks());
      }
    }
    return reactions;
  }

  private static QueueAssembly queue(
      RoomRecord.State state, Collection<RoomRecord.OfQueue> records) {
    var queue = new QueueAssembly();
    var items = new ArrayList<RoomRecord.OfQueue>();
    for (RoomRecord.OfQueue record : records) {
      if (record.epoch() == state.epoch()) {
        if (record.part() instanceof QueuePart.Listed) {
          items.add(record);
        } else {
          queue.add(record.part());
        }
      }
    }
    if (items.size() > state.listed()) {
      keepListed(state, items);
    }
    items.forEach(item -> queue.add(item.part()));
    return queue;
  }

  /**
   * Reduces the items to those that may be in the list. A damaged file does not say which ones have
   * left it: when the list is not empty, the newest count, as many as a list may have.
   */
  private static void keepListed(RoomRecord.State state, List<RoomRecord.OfQueue> items) {
    items.removeIf(item -> state.listed() == 0 && item.seq() <= state.seq());
    items.sort(AGE.reversed());
    items.subList(Math.min(items.size(), Queue.ITEMS_MAX), items.size()).clear();
  }

  /** Returns the entry state, unless the record was removed by the time of the room's state. */
  private static @Nullable EntryState entry(
      RoomRecord.State state, RoomRecord.@Nullable OfEntry found) {
    return found != null
            && found.epoch() == state.epoch()
            && (state.entryApart() || found.seq() > state.seq())
        ? found.entry()
        : null;
  }
}
