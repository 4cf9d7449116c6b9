package dev.watchnchill.party.queue;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand.DescribeItem;
import dev.watchnchill.party.QueueCommand.RecordLookup;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Decides on details of films that become known later (rule QU11). */
final class DescribeRules {
  private DescribeRules() {}

  /** Describes an item as a member's player knows it. */
  static Decision describe(Room room, Member member, DescribeItem describe, long nowMs) {
    QueueItem item = find(room.queue(), describe.item());
    if (item == null) {
      return Decision.rejected(room, Rejection.ITEM_NOT_FOUND);
    }
    if (!member.host() && !item.userId().equals(member.id())) {
      return Decision.rejected(room, Rejection.NOT_HOST);
    }
    return changed(
        room,
        describe.item(),
        old ->
            old.described(
                old.lookedUp() || describe.title() == null ? old.title() : describe.title(),
                old.lookedUp(),
                describe.duration() == null ? old.duration() : describe.duration(),
                old.poster()),
        member.id(),
        nowMs);
  }

  /** Describes an item as the server has looked it up; one that is gone needs nothing. */
  static Decision lookedUp(Room room, RecordLookup found, long nowMs) {
    return changed(
        room,
        found.item(),
        old ->
            old.described(
                found.title() == null ? old.title() : found.title(),
                old.lookedUp() || found.title() != null,
                found.duration() == null ? old.duration() : found.duration(),
                found.poster() == null ? old.poster() : found.poster()),
        null,
        nowMs);
  }

  private static @Nullable QueueItem find(Queue queue, UUID id) {
    QueueItem current = queue.current();
    if (current != null && current.id().equals(id)) {
      return current;
    }
    QueueItem listed = queue.find(id);
    PlayedItem played = listed == null ? queue.findPlayed(id) : null;
    return played == null ? listed : played.item();
  }

  private static Decision changed(
      Room room, UUID id, UnaryOperator<QueueItem> change, @Nullable UserId by, long nowMs) {
    Queue queue = room.queue();
    Queue next = with(queue, item -> item.id().equals(id) ? change.apply(item) : item);
    if (next.equals(queue)) {
      return Decision.unchanged(room);
    }
    var events = new ArrayList<RoomEvent>();
    return Decision.done(QueueDiff.put(room.changed(nowMs), next, by, events), events);
  }

  private static Queue with(Queue queue, UnaryOperator<QueueItem> change) {
    QueueItem current = queue.current();
    List<PlayedItem> played =
        queue.played().stream().map(one -> one.with(change.apply(one.item()))).toList();
    return new Queue(
        queue.items().stream().map(change).toList(),
        current == null ? null : change.apply(current),
        queue.playedOn(),
        played,
        queue.mode(),
        queue.votes(),
        queue.undo());
  }
}
