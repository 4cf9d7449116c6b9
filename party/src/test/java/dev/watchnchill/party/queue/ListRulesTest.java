package dev.watchnchill.party.queue;

import static dev.watchnchill.party.queue.QueueRoom.change;
import static dev.watchnchill.party.queue.QueueRoom.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.QueueCommand.Place;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.playback.Timeline.Phase;
import dev.watchnchill.party.queue.QueueMode.Loop;
import dev.watchnchill.party.queue.QueueMode.Order;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules QU1, QU2 and QU4 to QU6. */
class ListRulesTest {
  private static String[] names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }

  @Test
  void QU1_film_is_added_at_the_end_by_its_adder() {
    QueueRoom room = QueueRoom.showing("A");
    room.room.later(5);

    Decision added = room.add("Hana", "B", "C");

    assertThat(room.list()).containsExactly("A", "B", "C");
    QueueItem item = room.queue().items().get(1);
    assertThat(item.id()).isEqualTo(id("B"));
    assertThat(item.userId()).isEqualTo(room.room.id("Hana"));
    assertThat(item.userName().value()).isEqualTo("Hana");
    assertThat(item.addedAtMs()).isEqualTo(room.room.now());
    assertThat(change(added).added()).extracting(QueueItem::id).containsExactly(id("B"), id("C"));
    assertThat(change(added).removed()).isEmpty();
    assertThat(change(added).moved()).isEmpty();
    assertThat(change(added).shown()).isNull();
    assertThat(room.room.timeline().phase()).isEqualTo(Phase.PAUSED);
  }

  @Test
  void QU1_film_is_added_before_all_others() {
    QueueRoom room = QueueRoom.showing("A");

    room.add("Hana", Place.NEXT, "B", "C");

    assertThat(room.list()).containsExactly("B", "C", "A");
  }

  @Test
  void QU1_first_film_of_a_room_is_shown_at_once_and_paused() {
    QueueRoom room = QueueRoom.empty();

    Decision added = room.add("Hana", "A", "B");

    assertThat(room.current()).isEqualTo("A");
    assertThat(room.list()).containsExactly("B");
    assertThat(room.room.state().media()).isEqualTo(QueueRoom.film("A"));
    assertThat(room.room.timeline().phase()).isEqualTo(Phase.PAUSED);
    assertThat(QueueRoom.moved(added).reason()).isEqualTo(Reason.VIDEO);
    assertThat(added.events().getFirst())
        .isEqualTo(
            new RoomEvent.VideoSet(
                room.room.state().seq(), QueueRoom.film("A"), room.room.id("Hana")));
    assertThat(room.undo("Hana").rejection()).isNull();
    assertThat(room.current()).isEqualTo("A");
    assertThat(room.list()).isEmpty();
  }

  @Test
  void QU1_single_first_film_leaves_nothing_to_undo() {
    QueueRoom room = QueueRoom.empty();
    room.add("Hana", "A");

    assertThat(room.undo("Hana").rejection()).isEqualTo(Rejection.NOTHING_TO_UNDO);
  }

  @Test
  void QU1_guest_adds_only_where_everyone_may() {
    QueueRoom room = QueueRoom.showing();

    assertThat(room.add("Ben", "A").rejection()).isEqualTo(Rejection.NOT_HOST);
    room.open();
    assertThat(room.add("Ben", "A").rejection()).isNull();
    assertThat(room.list()).containsExactly("A");
  }

  @Test
  void QU1_member_has_at_most_100_items_in_the_list() {
    QueueRoom room = QueueRoom.showing().open();
    room.add("Hana", names("h", 50));
    room.add("Ben", names("a", 50));
    room.add("Ben", names("b", 49));

    assertThat(room.add("Ben", "c", "d").rejection()).isEqualTo(Rejection.TOO_MANY_ITEMS);
    assertThat(room.list()).hasSize(149);
    assertThat(room.add("Ben", "c").rejection()).isNull();
    assertThat(room.add("Ben", "d").rejection()).isEqualTo(Rejection.TOO_MANY_ITEMS);
    assertThat(room.add("Hana", "e").rejection()).isNull();
  }

  @Test
  void QU1_list_has_at_most_500_items() {
    QueueRoom room = QueueRoom.showing().open();
    for (String member : List.of("Hana", "Ben", "Cleo", "Dan", "Eve")) {
      if (room.room.names().stream().noneMatch(member::equals)) {
        room.room.guest(member);
      }
      room.add(member, names(member + "a", 50));
      room.add(member, names(member + "b", 49));
    }
    room.room.guest("Finn");

    assertThat(room.add("Finn", names("f", 6)).rejection()).isEqualTo(Rejection.QUEUE_FULL);
    assertThat(room.list()).hasSize(495);
    assertThat(room.add("Finn", names("f", 5)).rejection()).isNull();
    assertThat(room.add("Hana", "g").rejection()).isEqualTo(Rejection.QUEUE_FULL);
  }

  @Test
  void QU2_guest_removes_and_moves_its_own_items_alone() {
    QueueRoom room = QueueRoom.showing("A").open();
    room.add("Ben", "B", "C");

    assertThat(room.remove("Ben", "A").rejection()).isEqualTo(Rejection.NOT_HOST);
    assertThat(room.move("Ben", "A", null).rejection()).isEqualTo(Rejection.NOT_HOST);
    assertThat(room.move("Ben", "C", "A").rejection()).isNull();
    assertThat(room.remove("Ben", "B").rejection()).isNull();
    assertThat(room.list()).containsExactly("C", "A");
    assertThat(room.remove("Hana", "C").rejection()).isNull();
    assertThat(room.list()).containsExactly("A");
  }

  @Test
  void QU2_item_that_is_not_there_is_neither_removed_nor_moved() {
    QueueRoom room = QueueRoom.showing("A");

    assertThat(room.remove("Hana", "B").rejection()).isEqualTo(Rejection.ITEM_NOT_FOUND);
    assertThat(room.remove("Hana", "X").rejection()).isEqualTo(Rejection.ITEM_NOT_FOUND);
    assertThat(room.move("Hana", "B", null).rejection()).isEqualTo(Rejection.ITEM_NOT_FOUND);
    assertThat(room.move("Hana", "A", "B").rejection()).isEqualTo(Rejection.ITEM_NOT_FOUND);
  }

  @Test
  void QU2_moved_item_goes_before_another_or_to_the_end() {
    QueueRoom room = QueueRoom.showing("A", "B", "C", "D");

    Decision moved = room.move("Hana", "D", "B");

    assertThat(room.list()).containsExactly("A", "D", "B", "C");
    long middle = room.queue().items().get(1).rank();
    assertThat(change(moved).moved()).containsExactly(new ItemRank(id("D"), middle));
    assertThat(change(moved).added()).isEmpty();
    room.move("Hana", "A", null);
    assertThat(room.list()).containsExactly("D", "B", "C", "A");
  }

  @Test
  void QU2_move_to_where_it_is_changes_nothing() {
    QueueRoom room = QueueRoom.showing("A", "B", "C");
    var before = room.room.state();

    room.move("Hana", "B", "C");
    room.move("Hana", "B", "B");
    room.move("Hana", "C", null);

    assertThat(room.room.state()).isSameAs(before);
  }

  @Test
  void QU4_shuffle_keeps_the_items_and_depends_on_the_seed_alone() {
    QueueRoom room = QueueRoom.showing(names("f", 20));
    List<Long> ranks = room.queue().items().stream().map(QueueItem::rank).toList();
    List<String> before = room.list();

    Decision shuffled = room.shuffle(7);

    assertThat(room.list()).isNotEqualTo(before).containsExactlyInAnyOrderElementsOf(before);
    assertThat(room.queue().items().stream().map(QueueItem::rank)).isEqualTo(ranks);
    assertThat(change(shuffled).moved()).isNotEmpty();
    assertThat(change(shuffled).added()).isEmpty();
    QueueRoom other = QueueRoom.showing(names("f", 20));
    other.shuffle(7);
    assertThat(other.list()).isEqualTo(room.list());
  }

  @Test
  void QU4_clear_empties_the_list_alone() {
    QueueRoom room = QueueRoom.showing("A", "B");
    room.next();

    room.add("Hana", "C");
    Decision cleared = room.clear();

    assertThat(room.list()).isEmpty();
    assertThat(room.current()).isEqualTo("A");
    assertThat(room.played()).containsExactly("X");
    assertThat(change(cleared).removed()).containsExactly(id("B"), id("C"));
    assertThat(room.clear().events()).isEmpty();
  }

  @Test
  void QU4_guest_neither_shuffles_nor_clears_nor_plays() {
    QueueRoom room = QueueRoom.showing("A", "B").open();
    var ben = room.room.id("Ben");

    assertThat(
            List.of(
                new QueueCommand.QueueShuffle(ben, 1),
                new QueueCommand.QueueClear(ben),
                new QueueCommand.QueueNext(ben),
                new QueueCommand.QueuePrevious(ben),
                new QueueCommand.QueuePlay(ben, id("A"), id("again")),
                new QueueCommand.SetQueueMode(ben, Loop.ALL, null, null)))
        .allSatisfy(command ->
            assertThat(room.room.act(command).rejection()).isEqualTo(Rejection.NOT_HOST));
  }

  @Test
  void QU5_undo_takes_back_each_kind_of_change_once() {
    QueueRoom room = QueueRoom.showing("A", "B", "C", "D");
    List<QueueItem> before = room.queue().items();

    for (Runnable edit :
        List.<Runnable>of(
            () -> room.add("Hana", "E", "F"),
            () -> room.add("Hana", Place.NEXT, "E"),
            () -> room.remove("Hana", "B"),
            () -> room.move("Hana", "D", "A"),
            () -> room.shuffle(3),
            () -> room.clear())) {
      edit.run();
      assertThat(room.queue().items()).isNotEqualTo(before);
      assertThat(room.undo("Hana").rejection()).isNull();
      assertThat(room.queue().items()).isEqualTo(before);
      assertThat(room.undo("Hana").rejection()).isEqualTo(Rejection.NOTHING_TO_UNDO);
    }
  }

  @Test
  void QU5_undo_is_possible_for_30_s() {
    QueueRoom room = QueueRoom.showing("A");

    Decision removed = room.remove("Hana", "A");
    assertThat(change(removed).undoUntilMs()).isEqualTo(room.room.now() + 30_000);
    room.room.later(30_001);
    assertThat(room.undo("Hana").rejection()).isEqualTo(Rejection.NOTHING_TO_UNDO);

    room.add("Hana", "B");
    room.room.later(30_000);
    Decision undone = room.undo("Hana");
    assertThat(undone.rejection()).isNull();
    assertThat(change(undone).undoUntilMs()).isZero();
  }

  @Test
  void QU5_undo_is_for_who_made_the_change_and_for_hosts() {
    QueueRoom room = QueueRoom.showing("A").open();
    room.add("Ben", "B");

    assertThat(room.undo("Cleo").rejection()).isEqualTo(Rejection.NOT_HOST);
    assertThat(room.undo("Ben").rejection()).isNull();
    assertThat(room.list()).containsExactly("A");
    room.add("Ben", "B");
    assertThat(room.undo("Hana").rejection()).isNull();
    assertThat(room.list()).containsExactly("A");
    room.remove("Hana", "A");
    assertThat(room.undo("Ben").rejection()).isEqualTo(Rejection.NOT_HOST);
  }

  @Test
  void QU5_undo_of_an_add_leaves_an_item_that_is_shown_by_now() {
    QueueRoom room = QueueRoom.showing("A");
    room.add("Hana", "B", "C");

    room.play("Hana", "B");
    room.undo("Hana");

    assertThat(room.current()).isEqualTo("B");
    assertThat(room.list()).containsExactly("A");
    assertThat(room.played()).containsExactly("X");
  }

  @Test
  void QU5_undo_puts_no_item_back_that_is_shown_by_now() {
    QueueRoom room = QueueRoom.showing("A", "B");
    room.mode(Loop.ALL, null, null);
    room.next(); // X goes to the end, and is among the played ones
    room.remove("Hana", "X");

    room.previous();
    assertThat(room.current()).isEqualTo("X");
    room.undo("Hana");

    assertThat(room.list()).containsExactly("A", "B");
    assertThat(room.current()).isEqualTo("X");
  }

  @Test
  void QU5_undo_of_a_move_after_films_were_shown_keeps_all_ranks_apart() {
    QueueRoom room = QueueRoom.showing("A", "B");
    room.next(); // A is shown, B is left
    room.add("Hana", "C");
    room.move("Hana", "B", null); // C, B

    room.previous(); // A goes in front of C, where B was
    room.undo("Hana");

    assertThat(room.list()).containsExactlyInAnyOrder("A", "B", "C").endsWith("C");
    assertThat(room.queue().items()).extracting(QueueItem::rank).doesNotHaveDuplicates();
  }

  @Test
  void QU5_undo_never_exceeds_the_size_of_the_list() {
    QueueRoom room = QueueRoom.showing("A").open();
    room.next();
    for (String member : List.of("Hana", "Ben", "Cleo", "Dan", "Eve")) {
      if (room.room.names().stream().noneMatch(member::equals)) {
        room.room.guest(member);
      }
      room.add(member, names(member + "a", 50));
      room.add(member, names(member + "b", 50));
    }
    assertThat(room.previous().rejection()).isEqualTo(Rejection.QUEUE_FULL);
    room.remove("Hana", "Hanaa0");
    assertThat(room.previous().rejection()).isNull();

    assertThat(room.list()).hasSize(500);
    assertThat(room.undo("Hana").rejection()).isEqualTo(Rejection.QUEUE_FULL);
  }

  @Test
  void QU5_votes_are_not_put_back() {
    QueueRoom room = QueueRoom.showing("A");
    room.vote("Ben", "A", true);
    room.remove("Hana", "A");
    room.undo("Hana");

    assertThat(room.queue().votes().count(id("A"))).isZero();
    assertThat(room.queue().votes().of(room.room.id("Ben")).items()).isEmpty();
  }

  @Test
  void QU6_mode_changes_only_what_is_given() {
    QueueRoom room = QueueRoom.showing();
    assertThat(room.queue().mode()).isEqualTo(new QueueMode(Loop.NONE, true, Order.MANUAL));

    Decision set = room.mode(Loop.ONE, null, null);
    assertThat(change(set).mode()).isEqualTo(new QueueMode(Loop.ONE, true, Order.MANUAL));
    room.mode(null, false, null);
    room.mode(null, null, Order.VOTES);

    assertThat(room.queue().mode()).isEqualTo(new QueueMode(Loop.ONE, false, Order.VOTES));
    assertThat(room.mode(Loop.ONE, false, Order.VOTES).events()).isEmpty();
  }

  @Test
  void QU12_member_who_did_it_is_named() {
    QueueRoom room = QueueRoom.showing("A").open();

    Decision added = room.add("Ben", "B");

    assertThat(added.events())
        .singleElement()
        .isInstanceOfSatisfying(
            RoomEvent.QueueChanged.class,
            changed -> {
              assertThat(changed.by()).isEqualTo(room.room.id("Ben"));
              assertThat(changed.seq()).isEqualTo(room.room.state().seq());
            });
  }

  @Test
  void SV1_video_of_a_host_becomes_the_current_item() {
    QueueRoom room = QueueRoom.showing("A");

    room.room.later(10).withMedia(RoomFixture.FILM);

    QueueItem current = room.currentItem();
    assertThat(current.media()).isEqualTo(RoomFixture.FILM);
    assertThat(current.userId()).isEqualTo(room.room.id("Hana"));
    assertThat(room.played()).containsExactly("X");
    assertThat(room.queue().played().getFirst().endedAtMs()).isEqualTo(room.room.now());
    assertThat(room.list()).containsExactly("A");
  }
}
