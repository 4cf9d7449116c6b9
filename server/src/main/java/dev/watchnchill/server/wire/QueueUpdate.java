package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.queue.ItemRank;
import dev.watchnchill.party.queue.ItemVotes;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.QueueChange;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode;
import dev.watchnchill.party.queue.SkipVotes;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the queue that a change of the room has changed, in the order in which clients apply
 * them; the others are absent (QU12).
 *
 * @param removed ids of the items that have left the list
 * @param changed details of items that became known
 * @param unplayed id of the newest played item, when it is none any more
 * @param undoUntil until when the last change of the list can be taken back, server ms; 0 when it
 *     cannot any more
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record QueueUpdate(
    List<UUID> removed,
    List<QueueEntry> added,
    List<ItemRank> moved,
    List<ItemVotes> votes,
    List<Details> changed,
    @Nullable UUID unplayed,
    @Nullable QueueEntry played,
    @Nullable QueueEntry current,
    @Nullable QueueModeState mode,
    @Nullable SkipVotes skip,
    @Nullable Long undoUntil) {
  /** The details of an item that became known; a null value is absent. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Details(
      UUID itemId, @Nullable String title, @Nullable Double duration, @Nullable String poster) {
    static Details of(QueueChange.Description description) {
      return new Details(
          description.itemId(), description.title(), description.duration(), description.poster());
    }
  }

  static QueueUpdate of(QueueChange change) {
    PlayedItem played = change.played();
    QueueItem shown = change.shown();
    QueueMode mode = change.mode();
    return new QueueUpdate(
        change.removed(),
        change.added().stream().map(QueueEntry::of).toList(),
        change.moved(),
        change.votes(),
        change.described().stream().map(Details::of).toList(),
        change.unplayed(),
        played == null ? null : QueueEntry.played(played),
        shown == null ? null : QueueEntry.of(shown),
        mode == null ? null : QueueModeState.of(mode),
        change.skip(),
        change.undoUntilMs());
  }
}
