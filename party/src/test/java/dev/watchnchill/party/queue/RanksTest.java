package dev.watchnchill.party.queue;

import static dev.watchnchill.party.generate.Generators.integers;
import static dev.watchnchill.party.generate.Generators.lists;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.generate.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule QU2: the ranks of items. */
class RanksTest {
  private int made;

  private List<QueueItem> fresh(int count) {
    var items = new ArrayList<QueueItem>();
    for (int i = 0; i < count; i++) {
      items.add(
          new QueueItem(
              new UUID(0, ++made),
              RoomFixture.FILM,
              null,
              false,
              0,
              null,
              RoomFixture.user("Hana"),
              new DisplayName("Hana"),
              0,
              0));
    }
    return items;
  }

  private static List<UUID> ids(List<QueueItem> items) {
    return items.stream().map(QueueItem::id).toList();
  }

  private static void areOrdered(List<QueueItem> items) {
    for (int i = 1; i < items.size(); i++) {
      assertThat(items.get(i).rank()).isGreaterThan(items.get(i - 1).rank());
    }
    for (QueueItem item : items) {
      assertThat(item.rank()).isBetween(-Ranks.MAX, Ranks.MAX);
    }
  }

  private static int moved(List<QueueItem> before, List<QueueItem> after) {
    Map<UUID, Long> ranks = new HashMap<>();
    before.forEach(item -> ranks.put(item.id(), item.rank()));
    return (int)
        after.stream()
            .filter(item -> ranks.getOrDefault(item.id(), item.rank()) != item.rank())
            .count();
  }

  @Test
  void QU2_ranks_order_the_list_wherever_items_are_inserted() {
    Property.check(
        400,
        choices -> {
          // Mostly at one place, where the room between two ranks is used up.
          int place = choices.draw(integers(0, 8));
          List<QueueItem> list = Ranks.insert(List.of(), 0, fresh(choices.draw(integers(1, 8))));
          for (int step : choices.draw(lists(integers(0, 40), 0, 60))) {
            int at = Math.min(list.size(), step < 30 ? place : step - 30);
            List<QueueItem> added = fresh(1 + step % 3);
            List<UUID> expected = new ArrayList<>(ids(list));
            expected.addAll(at, ids(added));
            list = Ranks.insert(list, at, added);
            assertThat(ids(list)).isEqualTo(expected);
            areOrdered(list);
          }
        });
  }

  @Test
  void QU2_item_between_two_others_gets_the_middle() {
    List<QueueItem> list = Ranks.insert(List.of(), 0, fresh(2));

    List<QueueItem> next = Ranks.insert(list, 1, fresh(1));

    assertThat(next.get(1).rank() - next.get(0).rank()).isEqualTo(Ranks.GAP / 2);
    assertThat(moved(list, next)).isZero();
  }

  @Test
  void QU2_few_others_move_when_there_is_no_room() {
    List<QueueItem> list = Ranks.insert(List.of(), 0, fresh(400));
    int inserts = 2_000;
    int moves = 0;
    for (int i = 0; i < inserts; i++) {
      List<QueueItem> next = Ranks.insert(list, 200, fresh(1));
      moves += moved(list, next);
      list = next.size() > 450 ? next.subList(0, 450) : next;
      areOrdered(list);
    }
    assertThat(moves).isPositive().isLessThan(inserts * 4);
  }

  @Test
  void QU2_ranks_stay_within_what_clients_can_hold() {
    List<QueueItem> list = fresh(3);
    list =
        new ArrayList<>(
            List.of(list.get(0).at(0), list.get(1).at(5), list.get(2).at(Ranks.MAX - 1)));

    areOrdered(Ranks.insert(list, 3, fresh(1)));
    list.replaceAll(item -> item.at(-item.rank()));
    areOrdered(Ranks.insert(list.reversed(), 0, fresh(1)));
  }

  @Test
  void QU5_equal_ranks_become_different_in_their_order() {
    List<QueueItem> items = fresh(3);
    List<QueueItem> list = List.of(items.get(0).at(7), items.get(1).at(3), items.get(2).at(7));

    List<QueueItem> next = Ranks.ordered(list);

    assertThat(ids(next)).isEqualTo(ids(List.of(items.get(1), items.get(0), items.get(2))));
    areOrdered(next);
  }
}
