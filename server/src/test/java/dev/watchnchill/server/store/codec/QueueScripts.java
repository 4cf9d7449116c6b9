package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.queue.NewItem;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Makes the commands about the queue of a script. */
final class QueueScripts {
  private static final List<QueueMode.Loop> LOOPS = List.of(QueueMode.Loop.values());
  private static final List<QueueMode.Order> ORDERS = List.of(QueueMode.Order.values());

  private QueueScripts() {}

  /**
   * Returns a random command.
   *
   * @param index of the command, for new ids
   * @param films links to choose from
   */
  static QueueCommand command(
      Room room, Random random, int index, UserId actor, List<String> films) {
    boolean odd = random.nextBoolean();
    var fresh = new UUID(8, index);
    return switch (random.nextInt(17)) {
      case 0, 1, 2 ->
          new QueueCommand.QueueAdd(
              actor,
              added(random, index, films),
              odd ? QueueCommand.Place.NEXT : QueueCommand.Place.END);
      case 3 -> new QueueCommand.QueueRemove(actor, listed(room, random));
      case 4 ->
          new QueueCommand.QueueMove(
              actor, listed(room, random), odd ? listed(room, random) : null);
      case 5 -> new QueueCommand.QueuePlay(actor, any(room, random), fresh);
      case 6 -> new QueueCommand.QueueNext(actor);
      case 7 -> new QueueCommand.QueuePrevious(actor);
      case 8 -> new QueueCommand.QueueShuffle(actor, index);
      case 9 -> new QueueCommand.QueueClear(actor);
      case 10 -> new QueueCommand.UndoQueueChange(actor);
      case 11 ->
          new QueueCommand.SetQueueMode(
              actor, LOOPS.get(random.nextInt(3)), odd ? null : true, ORDERS.get(index % 2));
      case 12, 13 -> new QueueCommand.VoteItem(actor, listed(room, random), random.nextInt(4) > 0);
      case 14 -> new QueueCommand.VoteSkip(actor, random.nextInt(4) > 0);
      case 15 ->
          new QueueCommand.DescribeItem(
              actor, any(room, random), odd ? null : "title " + index, odd ? 0.1 + 0.2 : null);
      default ->
          new QueueCommand.RecordLookup(
              any(room, random),
              odd ? "漢字 \uD83C\uDF7F \"" + index : null,
              7_200.0,
              odd ? null : "https://films.example/poster.jpg");
    };
  }

  private static List<NewItem> added(Random random, int index, List<String> films) {
    var added = new ArrayList<NewItem>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String link = films.get(random.nextInt(films.size()));
      added.add(
          new NewItem(
              new UUID(7, 4L * index + i),
              Media.parse(link).orElseThrow(),
              random.nextBoolean() ? null : "title"));
    }
    return added;
  }

  private static UUID listed(Room room, Random random) {
    List<QueueItem> items = room.queue().items();
    return items.isEmpty() ? new UUID(9, 9) : items.get(random.nextInt(items.size())).id();
  }

  /** Returns the id of an item of the list, a played one or the current one. */
  private static UUID any(Room room, Random random) {
    List<PlayedItem> played = room.queue().played();
    QueueItem current = room.queue().current();
    return switch (random.nextInt(4)) {
      case 0 ->
          played.isEmpty() ? new UUID(9, 9) : played.get(random.nextInt(played.size())).item().id();
      case 1 -> current == null ? new UUID(9, 9) : current.id();
      default -> listed(room, random);
    };
  }
}
