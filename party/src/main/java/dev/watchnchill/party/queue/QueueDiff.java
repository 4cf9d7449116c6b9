package dev.watchnchill.party.queue;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.QueueChange.Description;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Derives what a change of the room has changed in its queue (rule QU12). */
final class QueueDiff {
  private QueueDiff() {}

  /**
   * Returns a room with another queue, within a change that has its number already, and adds the
   * event when the members see a difference.
   */
  static Room put(Room room, Queue next, @Nullable UserId by, List<RoomEvent> events) {
    return put(room, next, SkipVotes.of(room), by, events);
  }

  /**
   * Returns a room with another queue, as above.
   *
   * @param skip the votes to skip that the members know
   */
  static Room put(
      Room room, Queue next, SkipVotes skip, @Nullable UserId by, List<RoomEvent> events) {
    Room changed = room.withQueue(next);
    QueueChange change = between(room.queue(), skip, next, SkipVotes.of(changed));
    if (!change.isEmpty()) {
      events.add(new RoomEvent.QueueChanged(room.seq(), change, by));
    }
    return changed;
  }

  private static QueueChange between(
      Queue before, SkipVotes skipBefore, Queue after, SkipVotes skipAfter) {
    ListDiff list = ListDiff.between(before.items(), after.items());
    QueueItem current = after.current();
    boolean shown = current != null && !isSame(before.current(), current);
    boolean skips = skipBefore.votes() + skipAfter.votes() > 0 && !skipBefore.equals(skipAfter);
    return new QueueChange(
        list.added(),
        list.removed().stream().map(QueueItem::id).toList(),
        moved(list),
        described(list, before, after),
        shown ? current : null,
        played(before, after),
        unplayed(before, after),
        before.mode().equals(after.mode()) ? null : after.mode(),
        votes(before, after),
        skips ? skipAfter : null,
        Objects.equals(before.undo(), after.undo()) ? null : (Long) after.undoUntilMs());
  }

  private static boolean isSame(@Nullable QueueItem before, QueueItem after) {
    return before != null && before.id().equals(after.id());
  }

  private static List<ItemRank> moved(ListDiff list) {
    var moved = new ArrayList<ItemRank>();
    for (int i = 0; i < list.after().size(); i++) {
      QueueItem item = list.after().get(i);
      if (item.rank() != list.before().get(i).rank()) {
        moved.add(new ItemRank(item.id(), item.rank()));
      }
    }
    return moved;
  }

  private static List<Description> described(ListDiff list, Queue before, Queue after) {
    var described = new ArrayList<Description>();
    for (int i = 0; i < list.after().size(); i++) {
      describe(list.before().get(i), list.after().get(i), described);
    }
    QueueItem was = before.current();
    QueueItem is = after.current();
    if (was != null && is != null && isSame(was, is)) {
      describe(was, is, described);
    }
    if (!before.played().equals(after.played())) {
      var known = new HashMap<UUID, QueueItem>();
      before.played().forEach(one -> known.put(one.item().id(), one.item()));
      for (PlayedItem one : after.played()) {
        QueueItem old = known.get(one.item().id());
        if (old != null) {
          describe(old, one.item(), described);
        }
      }
    }
    return described.stream().distinct().toList();
  }

  private static void describe(QueueItem before, QueueItem after, List<Description> described) {
    boolean title = !Objects.equals(before.title(), after.title());
    boolean duration = before.duration() != after.duration();
    boolean poster = !Objects.equals(before.poster(), after.poster());
    if (title || duration || poster) {
      described.add(
          new Description(
              after.id(),
              title ? after.title() : null,
              duration ? (Double) after.duration() : null,
              poster ? after.poster() : null));
    }
  }

  private static @Nullable PlayedItem played(Queue before, Queue after) {
    if (after.played().isEmpty() || after.played().size() < before.played().size()) {
      return null;
    }
    PlayedItem newest = after.played().getLast();
    boolean added =
        after.played().size() > before.played().size()
            || !isSame(before.played().getLast(), newest);
    return added ? newest : null;
  }

  /** Returns whether two played items are the same one, whose details may have changed. */
  private static boolean isSame(PlayedItem before, PlayedItem after) {
    return before.endedAtMs() == after.endedAtMs() && isSame(before.item(), after.item());
  }

  private static @Nullable UUID unplayed(Queue before, Queue after) {
    return after.played().size() < before.played().size()
        ? before.played().getLast().item().id()
        : null;
  }

  @SuppressWarnings("ReferenceEquality") // to compare all ballots would cost more than it saves
  private static List<ItemVotes> votes(Queue before, Queue after) {
    if (before.votes() == after.votes()) {
      return List.of();
    }
    var changed = new ArrayList<ItemVotes>();
    for (QueueItem item : after.items()) {
      int votes = after.votes().count(item.id());
      if (votes != before.votes().count(item.id())) {
        changed.add(new ItemVotes(item.id(), votes));
      }
    }
    return changed;
  }
}
