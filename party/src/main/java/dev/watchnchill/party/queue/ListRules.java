package dev.watchnchill.party.queue;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand.Place;
import dev.watchnchill.party.QueueCommand.QueueAdd;
import dev.watchnchill.party.QueueCommand.QueueClear;
import dev.watchnchill.party.QueueCommand.QueueMove;
import dev.watchnchill.party.QueueCommand.QueueRemove;
import dev.watchnchill.party.QueueCommand.QueueShuffle;
import dev.watchnchill.party.QueueCommand.SetQueueMode;
import dev.watchnchill.party.QueueCommand.UndoQueueChange;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides on changes of the list, and takes them back (rules QU1, QU2, QU4 to QU6). */
final class ListRules {
  private ListRules() {}

  /** Adds films; in a room without a film the first one is shown at once, paused. */
  static Decision add(Room room, Member member, QueueAdd add, long nowMs) {
    Queue queue = room.queue();
    var added = new ArrayList<QueueItem>();
    for (NewItem film : add.films()) {
      added.add(newItem(film, member, nowMs));
    }
    QueueItem first = room.media() == null && !added.isEmpty() ? added.removeFirst() : null;
    if (queue.items().size() + added.size() > Queue.ITEMS_MAX) {
      return Decision.rejected(room, Rejection.QUEUE_FULL);
    }
    if (!added.isEmpty() && countOf(queue, member) + added.size() > Queue.MEMBER_ITEMS_MAX) {
      return Decision.rejected(room, Rejection.TOO_MANY_ITEMS);
    }
    int at = add.place() == Place.NEXT ? 0 : queue.items().size();
    Queue next =
        added.isEmpty()
            ? queue
            : edited(queue, Ranks.insert(queue.items(), at, added), member.id(), nowMs);
    if (first == null) {
      return changed(room, next, member.id(), nowMs);
    }
    var events = new ArrayList<RoomEvent>();
    return Decision.done(
        ShowRules.paused(
            room.changed(nowMs), next.withCurrent(first, false), member.id(), events, nowMs),
        events);
  }

  static QueueItem newItem(NewItem film, Member member, long nowMs) {
    return new QueueItem(
        film.id(),
        film.media(),
        film.title(),
        false,
        0,
        null,
        member.id(),
        member.name(),
        nowMs,
        0);
  }

  private static long countOf(Queue queue, Member member) {
    return queue.items().stream().filter(item -> item.userId().equals(member.id())).count();
  }

  /** Removes an item. */
  static Decision remove(Room room, Member member, QueueRemove remove, long nowMs) {
    QueueItem item = room.queue().find(remove.item());
    Rejection rejection = mayNotChange(item, member);
    if (rejection != null) {
      return Decision.rejected(room, rejection);
    }
    List<QueueItem> left = without(room.queue().items(), remove.item());
    return changed(room, edited(room.queue(), left, member.id(), nowMs), member.id(), nowMs);
  }

  /** Moves an item; changes nothing when it is there already. */
  static Decision move(Room room, Member member, QueueMove move, long nowMs) {
    List<QueueItem> items = room.queue().items();
    QueueItem item = room.queue().find(move.item());
    Rejection rejection = mayNotChange(item, member);
    if (item == null || rejection != null) {
      return Decision.rejected(room, rejection == null ? Rejection.ITEM_NOT_FOUND : rejection);
    }
    if (move.item().equals(move.before())) {
      return Decision.unchanged(room);
    }
    List<QueueItem> others = without(items, move.item());
    int at = move.before() == null ? others.size() : indexOf(others, move.before());
    if (at < 0) {
      return Decision.rejected(room, Rejection.ITEM_NOT_FOUND);
    }
    if (at == indexOf(items, move.item())) {
      return Decision.unchanged(room);
    }
    List<QueueItem> next = Ranks.insert(others, at, List.of(item));
    return changed(room, edited(room.queue(), next, member.id(), nowMs), member.id(), nowMs);
  }

  /** Returns why a member may not remove or move an item, or null. */
  private static @Nullable Rejection mayNotChange(@Nullable QueueItem item, Member member) {
    if (item == null) {
      return Rejection.ITEM_NOT_FOUND;
    }
    return member.host() || item.userId().equals(member.id()) ? null : Rejection.NOT_HOST;
  }

  /** Puts the list into another order. */
  static Decision shuffle(Room room, QueueShuffle shuffle, long nowMs) {
    List<QueueItem> items = room.queue().items();
    var order = new ArrayList<>(items);
    Collections.shuffle(order, new Random(shuffle.seed()));
    var next = new ArrayList<QueueItem>(order.size());
    for (int i = 0; i < order.size(); i++) {
      next.add(order.get(i).at(items.get(i).rank()));
    }
    return next.equals(items)
        ? Decision.unchanged(room)
        : changed(room, edited(room.queue(), next, shuffle.actor(), nowMs), shuffle.actor(), nowMs);
  }

  /** Removes all items. */
  static Decision clear(Room room, QueueClear clear, long nowMs) {
    return room.queue().items().isEmpty()
        ? Decision.unchanged(room)
        : changed(
            room, edited(room.queue(), List.of(), clear.actor(), nowMs), clear.actor(), nowMs);
  }

  /** Takes the last change of the list back. */
  static Decision undo(Room room, Member member, UndoQueueChange take, long nowMs) {
    Queue queue = room.queue();
    QueueUndo undo = queue.undo();
    if (undo == null || nowMs > undo.untilMs()) {
      return Decision.rejected(room, Rejection.NOTHING_TO_UNDO);
    }
    if (!member.host() && !undo.by().equals(take.actor())) {
      return Decision.rejected(room, Rejection.NOT_HOST);
    }
    List<QueueItem> next = before(queue, undo);
    if (next.equals(queue.items())) {
      return Decision.rejected(room, Rejection.NOTHING_TO_UNDO);
    }
    if (next.size() > Queue.ITEMS_MAX) {
      return Decision.rejected(room, Rejection.QUEUE_FULL);
    }
    return changed(room, queue.withItems(next).withUndo(null), take.actor(), nowMs);
  }

  /** Returns the list without a change; what was shown meanwhile stays so. */
  private static List<QueueItem> before(Queue queue, QueueUndo undo) {
    var drop = new HashSet<>(undo.drop());
    var ranks = new HashMap<UUID, Long>();
    undo.restore().forEach(one -> ranks.put(one.itemId(), one.rank()));
    var next = new ArrayList<QueueItem>();
    var listed = new HashSet<UUID>();
    for (QueueItem item : queue.items()) {
      if (!drop.contains(item.id())) {
        next.add(item.at(ranks.getOrDefault(item.id(), item.rank())));
        listed.add(item.id());
      }
    }
    QueueItem current = queue.current();
    for (QueueItem item : undo.putBack()) {
      boolean shown = current != null && current.id().equals(item.id());
      if (!shown && listed.add(item.id())) {
        next.add(item);
      }
    }
    return Ranks.ordered(next);
  }

  /** Sets how the queue goes on. */
  static Decision setMode(Room room, SetQueueMode set, long nowMs) {
    QueueMode mode = room.queue().mode();
    var next =
        new QueueMode(
            Objects.requireNonNullElse(set.loop(), mode.loop()),
            Objects.requireNonNullElse(set.autoplay(), mode.autoplay()),
            Objects.requireNonNullElse(set.order(), mode.order()));
    return next.equals(mode)
        ? Decision.unchanged(room)
        : changed(room, room.queue().withMode(next), set.actor(), nowMs);
  }

  /** Returns the items without one of them. */
  static List<QueueItem> without(List<QueueItem> items, UUID id) {
    return items.stream().filter(item -> !item.id().equals(id)).toList();
  }

  private static int indexOf(List<QueueItem> items, UUID id) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns a queue with another list, which can be taken back. */
  private static Queue edited(Queue queue, List<QueueItem> items, UserId by, long nowMs) {
    ListDiff diff = ListDiff.between(queue.items(), items);
    var undo =
        new QueueUndo(
            by,
            nowMs + QueueUndo.UNDO_MS,
            diff.added().stream().map(QueueItem::id).toList(),
            diff.before().stream().map(item -> new ItemRank(item.id(), item.rank())).toList(),
            diff.removed());
    return queue.withItems(items).withUndo(undo);
  }

  private static Decision changed(Room room, Queue next, UserId by, long nowMs) {
    var events = new ArrayList<RoomEvent>();
    return Decision.done(QueueDiff.put(room.changed(nowMs), next, by, events), events);
  }
}
