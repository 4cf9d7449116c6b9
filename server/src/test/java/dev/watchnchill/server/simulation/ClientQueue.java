package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.queue.ItemRank;
import dev.watchnchill.party.queue.ItemVotes;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.SkipVotes;
import dev.watchnchill.server.wire.QueueEntry;
import dev.watchnchill.server.wire.QueueModeState;
import dev.watchnchill.server.wire.QueueState;
import dev.watchnchill.server.wire.QueueUpdate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The queue of a room that a client derives from its messages (rule QU12). */
final class ClientQueue {
  private final Map<String, QueueEntry> items = new LinkedHashMap<>();
  private final List<QueueEntry> played = new ArrayList<>();
  private @Nullable QueueEntry current;
  private QueueModeState mode;
  private SkipVotes skip;
  private long undoUntil;

  ClientQueue(QueueState state) {
    assertThat(state.items()).as("a short list is sent whole").hasSize(state.total());
    state.items().forEach(item -> items.put(item.itemId(), item));
    played.addAll(state.played());
    current = state.current();
    mode = state.mode();
    skip = state.skip();
    undoUntil = state.undoUntil() == null ? 0 : state.undoUntil();
  }

  /** Returns the ids of all items that can be played. */
  List<UUID> ids() {
    var ids = new ArrayList<UUID>();
    items.keySet().forEach(id -> ids.add(UUID.fromString(id)));
    played.forEach(item -> ids.add(UUID.fromString(item.itemId())));
    return ids;
  }

  void apply(QueueUpdate update) {
    update.removed().forEach(id -> items.remove(id.toString()));
    update.added().forEach(item -> items.put(item.itemId(), item));
    for (ItemRank moved : update.moved()) {
      items.computeIfPresent(
          moved.itemId().toString(), (_, item) -> with(item, item.votes(), moved.rank()));
    }
    for (ItemVotes voted : update.votes()) {
      items.computeIfPresent(
          voted.itemId().toString(), (_, item) -> with(item, voted.votes(), item.rank()));
    }
    update.changed().forEach(this::describe);
    if (update.unplayed() != null) {
      QueueEntry newest = played.getLast();
      if (newest.itemId().equals(update.unplayed().toString())) {
        played.removeLast();
      }
    }
    // A client may get the same change twice, after a resume.
    if (update.played() != null && !played.contains(update.played())) {
      played.add(update.played());
      if (played.size() > Queue.PLAYED_MAX) {
        played.removeFirst();
      }
    }
    current = update.current() == null ? current : update.current();
    mode = update.mode() == null ? mode : update.mode();
    skip = update.skip() == null ? skip : update.skip();
    undoUntil = update.undoUntil() == null ? undoUntil : update.undoUntil();
  }

  private void describe(QueueUpdate.Details details) {
    UnaryOperator<QueueEntry> described =
        item -> item.itemId().equals(details.itemId().toString()) ? with(item, details) : item;
    items.replaceAll((_, item) -> described.apply(item));
    played.replaceAll(described);
    current = current == null ? null : described.apply(current);
  }

  private static QueueEntry with(QueueEntry item, int votes, long rank) {
    return new QueueEntry(
        item.itemId(),
        item.videoUrl(),
        item.videoType(),
        item.title(),
        item.duration(),
        item.poster(),
        item.userId(),
        item.userName(),
        item.addedAt(),
        votes,
        rank,
        item.endedAt(),
        item.failed(),
        item.position());
  }

  private static QueueEntry with(QueueEntry item, QueueUpdate.Details details) {
    return new QueueEntry(
        item.itemId(),
        item.videoUrl(),
        item.videoType(),
        details.title() == null ? item.title() : details.title(),
        details.duration() == null ? item.duration() : details.duration(),
        details.poster() == null ? item.poster() : details.poster(),
        item.userId(),
        item.userName(),
        item.addedAt(),
        item.votes(),
        item.rank(),
        item.endedAt(),
        item.failed(),
        item.position());
  }

  /**
   * Fails when it differs from a queue.
   *
   * @param allSent whether all votes are broadcast
   */
  void equalTo(String who, QueueState queue, boolean allSent, long nowMs) {
    assertThat(list(items.values().stream().toList(), allSent))
        .as("%s: queue", who)
        .isEqualTo(list(queue.items(), allSent));
    assertThat(played).as("%s: played", who).isEqualTo(queue.played());
    assertThat(current).as("%s: current item", who).isEqualTo(queue.current());
    assertThat(mode).as("%s: mode of the queue", who).isEqualTo(queue.mode());
    assertThat(undoUntil >= nowMs ? undoUntil : null)
        .as("%s: undo", who)
        .isEqualTo(queue.undoUntil());
    if (allSent) {
      assertThat(skip.votes()).as("%s: votes to skip", who).isEqualTo(queue.skip().votes());
      if (skip.votes() > 0) { // else the number that is needed is not sent
        assertThat(skip).as("%s: votes to skip", who).isEqualTo(queue.skip());
      }
    }
  }

  private static List<QueueEntry> list(List<QueueEntry> items, boolean withVotes) {
    return items.stream()
        .sorted(Comparator.comparingLong(QueueEntry::rank))
        .map(item -> withVotes ? item : with(item, 0, item.rank()))
        .toList();
  }
}
