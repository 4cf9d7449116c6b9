package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.SkipVotes;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a room as a member reads it (QU12).
 *
 * @param items the first items of the list
 * @param total number of items in the list
 * @param current the item that is shown, or null
 * @param played the items that were shown, newest last
 * @param undoUntil until when the last change of the list can be taken back, server ms, or null
 * @param voted ids of the items that the reader votes for
 * @param votedSkip whether the reader votes to skip the current item
 */
public record QueueState(
    List<QueueEntry> items,
    int total,
    QueueModeState mode,
    @Nullable QueueEntry current,
    List<QueueEntry> played,
    SkipVotes skip,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long undoUntil,
    List<String> voted,
    boolean votedSkip) {
  /** Most items in the state of a room; the others are read by pages (QU13). */
  static final int ITEMS_MAX = 50;

  static QueueState of(Room room, UserId reader, long nowMs) {
    Queue queue = room.queue();
    List<QueueItem> items = queue.items();
    QueueItem current = queue.current();
    Ballot ballot = queue.votes().of(reader);
    return new QueueState(
        QueueEntry.listed(items.subList(0, Math.min(ITEMS_MAX, items.size())), queue),
        items.size(),
        QueueModeState.of(queue.mode()),
        current == null ? null : QueueEntry.of(current),
        queue.played().stream().map(QueueEntry::played).toList(),
        SkipVotes.of(room),
        nowMs <= queue.undoUntilMs() ? (Long) queue.undoUntilMs() : null,
        ballot.items().stream().map(UUID::toString).sorted().toList(),
        ballot.skip());
  }
}
