package dev.watchnchill.party.property;

import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.QueueCommand.Place;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.NewItem;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode.Loop;
import dev.watchnchill.party.queue.QueueMode.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes the commands about the queue of a script. */
final class ScriptedQueue {
  private static final List<Loop> LOOPS = List.of(Loop.values());
  private static final List<Order> ORDERS = List.of(Order.values());

  private ScriptedQueue() {}

  /** Returns the command of a step whose kind is one of the queue. */
  static RoomCommand command(Room room, ScriptedCommand step, int index, UserId actor) {
    int what = step.what();
    boolean odd = what % 2 == 1;
    UUID fresh = new UUID(8, index);
    return switch (step.kind()) {
      case QUEUE_ADD ->
          new QueueCommand.QueueAdd(actor, films(what, index), odd ? Place.NEXT : Place.END);
      case QUEUE_REMOVE -> new QueueCommand.QueueRemove(actor, listed(room, what, fresh));
      case QUEUE_MOVE ->
          new QueueCommand.QueueMove(
              actor,
              listed(room, what, fresh),
              what % 5 == 0 ? null : listed(room, what / 8, fresh));
      case QUEUE_PLAY -> new QueueCommand.QueuePlay(actor, any(room, what, fresh), fresh);
      case QUEUE_NEXT -> new QueueCommand.QueueNext(actor);
      case QUEUE_PREVIOUS -> new QueueCommand.QueuePrevious(actor);
      case QUEUE_SHUFFLE -> new QueueCommand.QueueShuffle(actor, what);
      case QUEUE_CLEAR -> new QueueCommand.QueueClear(actor);
      case QUEUE_UNDO -> new QueueCommand.UndoQueueChange(actor);
      case QUEUE_MODE ->
          new QueueCommand.SetQueueMode(
              actor,
              what % 4 == 3 ? null : LOOPS.get(what % 4),
              what % 5 == 4 ? (Boolean) odd : null,
              what % 3 == 2 ? null : ORDERS.get(what % 3));
      case VOTE_ITEM -> new QueueCommand.VoteItem(actor, listed(room, what / 2, fresh), odd);
      case VOTE_SKIP -> new QueueCommand.VoteSkip(actor, what % 8 > 0);
      case DESCRIBE ->
          new QueueCommand.DescribeItem(
              actor,
              any(room, what, fresh),
              what % 3 == 0 ? null : "title " + what % 6,
              what % 4 == 0 ? null : what / 8.0);
      case LOOK_UP ->
          new QueueCommand.RecordLookup(
              any(room, what, fresh),
              what % 3 == 0 ? null : "known title " + what % 6,
              what % 4 == 0 ? null : what / 8.0,
              odd ? "https://films.example/" + what + ".png" : null);
      default -> throw new IllegalArgumentException("no kind of the queue: " + step.kind());
    };
  }

  private static List<NewItem> films(int what, int index) {
    var films = new ArrayList<NewItem>();
    for (int i = 0; i <= what % 3; i++) {
      films.add(
          new NewItem(
              new UUID(7, index * 4L + i),
              RoomFixture.film("https://films.example/" + what + ".mp4" + (i == 1 ? "#t=3" : "")),
              what % 5 == 0 ? "title" : null));
    }
    return films;
  }

  private static UUID listed(Room room, int pick, UUID unknown) {
    List<QueueItem> items = room.queue().items();
    return items.isEmpty() || pick % 16 == 15 ? unknown : items.get(pick % items.size()).id();
  }

  /** Returns the id of an item of the list, a played one or the current one. */
  private static UUID any(Room room, int pick, UUID unknown) {
    List<PlayedItem> played = room.queue().played();
    QueueItem current = room.queue().current();
    if (pick % 4 == 0 && !played.isEmpty()) {
      return played.get(pick % played.size()).item().id();
    }
    return pick % 8 == 1 && current != null ? current.id() : listed(room, pick, unknown);
  }
}
