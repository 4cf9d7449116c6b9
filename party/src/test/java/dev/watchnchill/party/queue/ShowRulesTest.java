package dev.watchnchill.party.queue;

import static dev.watchnchill.party.queue.QueueRoom.change;
import static dev.watchnchill.party.queue.QueueRoom.id;
import static dev.watchnchill.party.queue.QueueRoom.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.Timeline.Phase;
import dev.watchnchill.party.playback.ViewerReport.State;
import dev.watchnchill.party.queue.QueueMode.Loop;
import dev.watchnchill.party.queue.QueueMode.Order;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules QU3, QU6, QU10 and QU15. */
class ShowRulesTest {
  private static ReadyBarrier barrier(QueueRoom room) {
    ReadyBarrier barrier = room.room.timeline().barrier();
    if (barrier == null) {
      throw new AssertionError("nobody is awaited");
    }
    return barrier;
  }

  @Test
  void QU3_item_is_shown_and_the_former_one_is_played() {
    QueueRoom room = QueueRoom.showing("A", "B", "C");
    room.room.later(70);

    Decision shown = room.play("Hana", "B");

    assertThat(room.current()).isEqualTo("B");
    assertThat(room.list()).containsExactly("A", "C");
    assertThat(room.played()).containsExactly("X");
    assertThat(change(shown).shown()).isEqualTo(room.currentItem());
    assertThat(change(shown).removed()).containsExactly(id("B"));
    assertThat(change(shown).played()).isEqualTo(room.queue().played().getLast());
    assertThat(room.queue().played().getLast().endedAtMs()).isEqualTo(room.room.now());
    assertThat(room.room.state().media()).isEqualTo(QueueRoom.film("B"));
  }

  @Test
  void QU3_item_is_shown_paused_while_the_film_is_paused() {
    QueueRoom room = QueueRoom.showing("A");

    Decision shown = room.play("Hana", "A");

    assertThat(room.room.timeline().phase()).isEqualTo(Phase.PAUSED);
    assertThat(moved(shown).reason()).isEqualTo(Reason.VIDEO);
    assertThat(room.room.timeline().item()).isEqualTo(2);
    assertThat(room.queue().playedOn()).isFalse();
  }

  @Test
  void QU3_played_item_is_shown_again_as_a_new_one() {
    QueueRoom room = QueueRoom.showing("A");
    room.room.promote("Hana", "Ben");
    room.next();

    room.room.later(3);
    room.play("Ben", "X");

    assertThat(room.current()).isEqualTo("X");
    assertThat(room.currentItem().id()).isEqualTo(id("again 1"));
    assertThat(room.currentItem().userId()).isEqualTo(room.room.id("Ben"));
    assertThat(room.currentItem().addedAtMs()).isEqualTo(room.room.now());
    assertThat(room.played()).containsExactly("X", "A");
  }

  @Test
  void QU3_current_item_is_shown_again_from_its_start() {
    QueueRoom room = QueueRoom.showing("A").playing(70, 90);

    Decision shown = room.play("Hana", "X");

    assertThat(room.current()).isEqualTo("X");
    assertThat(room.played()).isEmpty();
    assertThat(room.room.timeline().position()).isZero();
    assertThat(room.room.timeline().duration()).as("it is the same film").isEqualTo(90);
    assertThat(shown.events()).noneMatch(RoomEvent.QueueChanged.class::isInstance);
  }

  @Test
  void QU3_unknown_item_is_not_shown() {
    assertThat(QueueRoom.showing().play("Hana", "A").rejection())
        .isEqualTo(Rejection.ITEM_NOT_FOUND);
  }

  @Test
  void QU3_next_and_previous_go_through_the_list_and_back() {
    QueueRoom room = QueueRoom.showing("A", "B");

    room.next();
    room.next();
    assertThat(room.current()).isEqualTo("B");
    assertThat(room.list()).isEmpty();
    assertThat(room.played()).containsExactly("X", "A");
    assertThat(room.next().rejection()).isEqualTo(Rejection.QUEUE_EMPTY);

    Decision back = room.previous();
    assertThat(room.current()).isEqualTo("A");
    assertThat(room.list()).containsExactly("B");
    assertThat(change(back).unplayed()).isEqualTo(id("A"));
    assertThat(change(back).played()).isNull();
    assertThat(change(back).added()).extracting(QueueItem::id).containsExactly(id("B"));
    room.previous();
    assertThat(room.current()).isEqualTo("X");
    assertThat(room.list()).containsExactly("A", "B");
    assertThat(room.played()).isEmpty();
    assertThat(room.previous().rejection()).isEqualTo(Rejection.QUEUE_EMPTY);
  }

  @Test
  void QU3_nothing_is_next_in_a_room_without_a_film() {
    QueueRoom room = QueueRoom.empty();
    room.mode(Loop.ALL, null, null);

    assertThat(room.next().rejection()).isEqualTo(Rejection.QUEUE_EMPTY);
  }

  @Test
  void QU3_last_50_items_are_kept() {
    QueueRoom room = QueueRoom.showing();
    room.add("Hana", IntStream.range(0, 50).mapToObj(i -> "f" + i).toArray(String[]::new));
    room.add("Hana", "Y", "Z");

    for (int i = 0; i < 52; i++) {
      room.next();
    }

    assertThat(room.current()).isEqualTo("Z");
    assertThat(room.played()).hasSize(50).startsWith("f1").endsWith("f49", "Y");
  }

  @Test
  void QU6_most_votes_come_first_and_the_list_decides_among_equals() {
    QueueRoom room = QueueRoom.showing("A", "B", "C", "D");
    room.vote("Ben", "C", true);
    room.vote("Cleo", "C", true);
    room.vote("Hana", "B", true);
    room.vote("Ben", "B", true);
    room.vote("Ben", "D", true);

    room.next();
    assertThat(room.current()).as("without order of votes").isEqualTo("A");
    room.mode(null, null, Order.VOTES);
    room.next();
    assertThat(room.current()).isEqualTo("B");
    room.next();
    assertThat(room.current()).isEqualTo("C");
    room.next();
    assertThat(room.current()).isEqualTo("D");
  }

  @Test
  void QU6_loop_all_puts_the_former_item_at_the_end_of_the_list() {
    QueueRoom room = QueueRoom.showing("A", "B");
    room.mode(Loop.ALL, null, null);

    Decision next = room.next();
    assertThat(room.current()).isEqualTo("A");
    assertThat(room.list()).containsExactly("B", "X");
    assertThat(change(next).added()).extracting(QueueItem::id).containsExactly(id("X"));
    assertThat(change(next).played()).isNotNull();

    room.previous();
    assertThat(room.current()).isEqualTo("X");
    assertThat(room.list()).containsExactly("A", "B");
    assertThat(room.played()).isEmpty();
  }

  @Test
  void QU6_loop_all_shows_a_single_film_again_and_again() {
    QueueRoom room = QueueRoom.showing();
    room.mode(Loop.ALL, null, null);

    assertThat(room.next().rejection()).isNull();
    assertThat(room.current()).isEqualTo("X");
    assertThat(room.room.timeline().item()).isEqualTo(2);
    assertThat(room.played()).isEmpty();
  }

  @Test
  void QU6_loop_one_is_left_by_a_host() {
    QueueRoom room = QueueRoom.showing("A");
    room.mode(Loop.ONE, null, null);

    room.next();

    assertThat(room.current()).isEqualTo("A");
  }

  @Test
  void QU10_item_after_a_film_that_plays_waits_for_the_players() {
    QueueRoom room = QueueRoom.showing("A").playing(10, 100);
    room.room.later(500);

    Decision next = room.next();

    Timeline timeline = room.room.timeline();
    assertThat(timeline.phase()).isEqualTo(Phase.PREPARING);
    assertThat(timeline.resume()).isTrue();
    assertThat(timeline.item()).isEqualTo(2);
    assertThat(timeline.position()).isZero();
    assertThat(timeline.duration()).isZero();
    assertThat(timeline.by()).isEqualTo(room.room.id("Hana"));
    assertThat(moved(next).reason()).isEqualTo(Reason.NEXT);
    assertThat(barrier(room).reason()).isEqualTo(ReadyBarrier.Reason.NEXT);
    assertThat(barrier(room).seq()).isEqualTo(timeline.seq());
    assertThat(barrier(room).untilMs()).isEqualTo(room.room.now() + 8_000);
    assertThat(barrier(room).awaited())
        .containsExactly(room.room.id("Hana"), room.room.id("Ben"), room.room.id("Cleo"));
    assertThat(room.queue().playedOn()).isTrue();

    room.allReady();
    assertThat(room.room.timeline().playing()).isTrue();
    assertThat(room.room.timeline().atMs()).isEqualTo(room.room.now() + 300.0);
  }

  @Test
  void QU10_film_starts_after_8_s_without_the_late() {
    QueueRoom room = QueueRoom.showing("A").playing(10, 100);
    room.next();
    room.room.ready("Hana");
    room.room.later(7_999);
    assertThat(room.room.tick().events()).isEmpty();

    room.room.later(1);

    assertThat(moved(room.room.tick()).reason()).isEqualTo(Reason.DEADLINE);
    assertThat(room.room.timeline().playing()).isTrue();
  }

  @Test
  void QU10_what_a_player_said_of_the_film_before_does_not_count() {
    QueueRoom room = QueueRoom.showing("A").playing(10, 100);
    room.report("Hana", State.FAILED, 0);
    room.report("Ben", State.FREE, 0);

    room.next();

    assertThat(barrier(room).awaited()).containsExactly(room.room.id("Hana"), room.room.id("Cleo"));
    room.room.ready("Cleo");
    assertThat(room.room.tick().events()).as("Hana is awaited").isEmpty();
    room.report("Hana", State.FAILED, 0, 1);
    assertThat(room.room.tick().events()).as("that was about the film before").isEmpty();
    room.report("Hana", State.FAILED, 0);
    assertThat(moved(room.room.tick()).reason()).isEqualTo(Reason.READY);
  }

  @Test
  void QU10_without_anybody_to_wait_for_the_film_starts_after_the_lead() {
    QueueRoom room = QueueRoom.showing("A").playing(10, 100);
    room.room.names().forEach(name -> room.report(name, State.BLOCKED, 0));

    Decision next = room.next();

    assertThat(moved(next).reason()).isEqualTo(Reason.NEXT);
    assertThat(room.room.timeline().playing()).isTrue();
    assertThat(room.room.timeline().atMs()).isGreaterThan(room.room.now());
  }

  @Test
  void QU10_start_time_of_the_link_is_kept() {
    QueueRoom room = QueueRoom.showing();
    room.room.act(
        new QueueCommand.QueueAdd(
            room.room.id("Hana"),
            List.of(
                new NewItem(id("T"), RoomFixture.film("https://films.example/T.mp4#t=42"), "T")),
            QueueCommand.Place.END));
    room.playing(1, 100);

    room.next();

    assertThat(room.room.timeline().position()).isEqualTo(42);
    assertThat(room.currentItem().title()).isEqualTo("T");
  }

  @Test
  void QU10_adder_is_named_to_base_clients() {
    QueueRoom room = QueueRoom.showing().open();
    room.add("Ben", "A");

    Decision next = room.next();

    assertThat(next.events().getFirst())
        .isEqualTo(
            new RoomEvent.VideoSet(
                room.room.state().seq(), QueueRoom.film("A"), room.room.id("Ben")));
  }

  @Test
  void RT8_jump_of_the_film_before_cannot_be_undone() {
    QueueRoom room = QueueRoom.showing("A").playing(10, 100);
    room.room.seekTo(50);
    room.next();

    assertThat(room.room.act(new RoomCommand.UndoSeek(room.room.id("Hana"), true)).rejection())
        .isEqualTo(Rejection.NOTHING_TO_UNDO);
  }

  private static double leftAt(QueueRoom room) {
    return room.queue().played().getLast().position();
  }

  @Test
  void QU15_film_that_is_left_keeps_its_position_and_goes_on_there() {
    QueueRoom room = QueueRoom.showing("A", "B");
    room.room.act(new RoomCommand.ReportDuration(room.room.id("Hana"), 1_000));
    room.room.act(new RoomCommand.Seek(room.room.id("Hana"), 600, false));
    room.play("Hana", "A");
    assertThat(leftAt(room)).isEqualTo(600);

    room.play("Hana", "X", 600);

    assertThat(room.current()).isEqualTo("X");
    assertThat(room.room.timeline().position()).isEqualTo(600);
    assertThat(room.room.timeline().phase()).isEqualTo(Phase.PAUSED);
    assertThat(leftAt(room)).as("A was not begun").isZero();
  }

  @Test
  void QU15_film_that_was_hardly_begun_or_nearly_seen_keeps_none() {
    for (double position : new double[] {0, 29, 951, 1_000}) {
      QueueRoom room = QueueRoom.showing("A");
      room.room.act(new RoomCommand.ReportDuration(room.room.id("Hana"), 1_000));
      room.room.act(new RoomCommand.Seek(room.room.id("Hana"), position, false));
      room.next();
      assertThat(leftAt(room)).as("%s s", position).isZero();
    }
  }

  @Test
  void QU15_items_of_the_list_and_the_current_one_begin_where_it_is_asked_for() {
    QueueRoom room = QueueRoom.showing("A");
    room.play("Hana", "A", 90);
    assertThat(room.room.timeline().position()).isEqualTo(90);
    room.play("Hana", "A", 45);
    assertThat(room.room.timeline().position()).isEqualTo(45);
    room.play("Hana", "A");
    assertThat(room.room.timeline().position()).isZero();
  }
}
