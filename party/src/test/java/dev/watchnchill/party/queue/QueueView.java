package dev.watchnchill.party.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The queue that a client derives from a room at its join and the events since. */
public final class QueueView {
  /** An item as clients see it. */
  private record Shown(
      UUID id,
      Media media,
      @Nullable String title,
      double duration,
      @Nullable String poster,
      UserId userId,
      String userName,
      long addedAtMs) {
    static Shown of(QueueItem item) {
      return new Shown(
          item.id(),
          item.media(),
          item.title(),
          item.duration(),
          item.poster(),
          item.userId(),
          item.userName().value(),
          item.addedAtMs());
    }

    Shown with(QueueChange.Description change) {
      return new Shown(
          id,
          media,
          change.title() == null ? title : change.title(),
          change.duration() == null ? duration : change.duration(),
          change.poster() == null ? poster : change.poster(),
          userId,
          userName,
          addedAtMs);
    }
  }

  private record Past(Shown item, long endedAtMs, boolean failed, double position) {
    static Past of(PlayedItem played) {
      return new Past(
          Shown.of(played.item()), played.endedAtMs(), played.failed(), played.position());
    }
  }

  private final Map<UUID, Shown> items = new LinkedHashMap<>();
  private final Map<UUID, Long> ranks = new HashMap<>();
  private final Map<UUID, Integer> votes = new HashMap<>();
  private final List<Past> played = new ArrayList<>();
  private @Nullable Shown current;
  private QueueMode mode;
  private SkipVotes skip;
  private long undoUntilMs;

  /** Creates the view of a client that joins. */
  public QueueView(Room room) {
    Queue queue = room.queue();
    for (QueueItem item : queue.items()) {
      put(item);
      votes.put(item.id(), queue.votes().count(item.id()));
    }
    queue.played().forEach(one -> played.add(Past.of(one)));
    QueueItem item = queue.current();
    current = item == null ? null : Shown.of(item);
    mode = queue.mode();
    skip = SkipVotes.of(room);
    undoUntilMs = queue.undoUntilMs();
  }

  private void put(QueueItem item) {
    assertThat(items.put(item.id(), Shown.of(item))).as("it is new in the list").isNull();
    ranks.put(item.id(), item.rank());
    votes.put(item.id(), 0);
  }

  /** Follows an event. */
  public void hear(RoomEvent event) {
    if (event instanceof RoomEvent.QueueChanged changed) {
      assertThat(changed.change().isEmpty()).as("an event says something").isFalse();
      apply(changed.change());
    }
  }

  private void apply(QueueChange change) {
    for (UUID id : change.removed()) {
      assertThat(items.remove(id)).as("it was in the list").isNotNull();
    }
    change.added().forEach(this::put);
    for (ItemRank moved : change.moved()) {
      assertThat(items).containsKey(moved.itemId());
      assertThat(ranks.put(moved.itemId(), moved.rank())).isNotEqualTo(moved.rank());
    }
    for (ItemVotes voted : change.votes()) {
      assertThat(items).containsKey(voted.itemId());
      assertThat(votes.put(voted.itemId(), voted.votes())).isNotEqualTo(voted.votes());
    }
    for (QueueChange.Description described : change.described()) {
      items.computeIfPresent(described.itemId(), (_, item) -> item.with(described));
      played.replaceAll(one ->
          one.item().id().equals(described.itemId())
              ? new Past(one.item().with(described), one.endedAtMs(), one.failed(), one.position())
              : one);
      if (current != null && current.id().equals(described.itemId())) {
        current = current.with(described);
      }
    }
    if (change.unplayed() != null) {
      assertThat(played.removeLast().item().id()).isEqualTo(change.unplayed());
    }
    if (change.played() != null) {
      played.add(Past.of(change.played()));
      if (played.size() > Queue.PLAYED_MAX) {
        played.removeFirst();
      }
    }
    current = change.shown() == null ? current : Shown.of(change.shown());
    mode = change.mode() == null ? mode : change.mode();
    skip = change.skip() == null ? skip : change.skip();
    undoUntilMs = change.undoUntilMs() == null ? undoUntilMs : change.undoUntilMs();
  }

  /** Checks that the view is the room's queue. */
  public void agreesWith(Room room) {
    Queue queue = room.queue();
    List<Shown> list =
        items.values().stream()
            .sorted(Comparator.comparing(item -> ranks.getOrDefault(item.id(), 0L)))
            .toList();
    assertThat(list).isEqualTo(queue.items().stream().map(Shown::of).toList());
    for (QueueItem item : queue.items()) {
      assertThat(ranks).containsEntry(item.id(), item.rank());
      assertThat(votes).containsEntry(item.id(), queue.votes().count(item.id()));
    }
    assertThat(played).isEqualTo(queue.played().stream().map(Past::of).toList());
    QueueItem item = queue.current();
    assertThat(current).isEqualTo(item == null ? null : Shown.of(item));
    assertThat(mode).isEqualTo(queue.mode());
    assertThat(undoUntilMs).isEqualTo(queue.undoUntilMs());
    assertThat(skip.votes()).isEqualTo(queue.votes().skips());
    if (queue.votes().skips() > 0) {
      assertThat(skip).isEqualTo(SkipVotes.of(room));
    }
  }
}
