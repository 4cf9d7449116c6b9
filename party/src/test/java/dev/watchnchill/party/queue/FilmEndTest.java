package dev.watchnchill.party.queue;

import static dev.watchnchill.party.queue.QueueRoom.at;
import static dev.watchnchill.party.queue.QueueRoom.change;
import static dev.watchnchill.party.queue.QueueRoom.moved;
import static dev.watchnchill.party.queue.QueueRoom.nothingEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.playback.Timeline.Phase;
import dev.watchnchill.party.playback.ViewerReport.State;
import dev.watchnchill.party.queue.QueueMode.Loop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules QU8 to QU10. */
class FilmEndTest {
  @Test
  void QU8_next_item_follows_a_second_after_the_end() {
    QueueRoom room = QueueRoom.showing("A", "B").playing(90, 100);

    Decision ended = at(room, 11_000);

    assertThat(room.current()).isEqualTo("A");
    assertThat(room.list()).containsExactly("B");
    assertThat(room.played()).containsExactly("X");
    assertThat(room.queue().played().getFirst().failed()).isFalse();
    assertThat(room.room.timeline().phase()).isEqualTo(Phase.PREPARING);
    assertThat(room.room.timeline().by()).isNull();
    assertThat(moved(ended).reason()).isEqualTo(Reason.NEXT);
    assertThat(ended.events().getLast())
        .isInstanceOfSatisfying(
            RoomEvent.QueueChanged.class, changed -> assertThat(changed.by()).isNull());
  }

  @Test
  void QU8_rate_decides_when_the_end_is_reached() {
    QueueRoom room = QueueRoom.showing("A").playing(90, 100);
    room.room.act(new RoomCommand.SetRate(room.room.id("Hana"), 2));

    at(room, 6_000);

    assertThat(room.current()).isEqualTo("A");
    assertThat(room.room.timeline().rate()).as("the next film starts at 1").isOne();
  }

  @Test
  void QU8_end_follows_a_move_of_the_film() {
    QueueRoom room = QueueRoom.showing("A").playing(90, 100);
    room.room.later(5_000).act(new RoomCommand.Seek(room.room.id("Hana"), 20, false));

    at(room, 81_000);

    assertThat(room.current()).isEqualTo("A");
  }

  @Test
  void QU8_without_a_next_item_the_film_stops_once() {
    QueueRoom room = QueueRoom.showing().playing(90, 100);

    Decision ended = at(room, 11_000);

    assertThat(moved(ended).reason()).isEqualTo(Reason.ENDED);
    assertThat(room.room.timeline().phase()).isEqualTo(Phase.PAUSED);
    assertThat(room.room.timeline().position()).isEqualTo(100);
    assertThat(room.current()).isEqualTo("X");
    assertThat(room.played()).isEmpty();
    assertThat(ended.events()).hasSize(1);
    nothingEnds(room);
  }

  @Test
  void QU8_without_autoplay_the_film_stops() {
    QueueRoom room = QueueRoom.showing("A").playing(90, 100);
    room.mode(null, false, null);

    assertThat(moved(at(room, 11_000)).reason()).isEqualTo(Reason.ENDED);
    assertThat(room.list()).containsExactly("A");
  }

  @Test
  void QU8_loop_one_shows_the_same_item_from_its_start() {
    QueueRoom room = QueueRoom.showing("A").playing(90, 100);
    room.mode(Loop.ONE, false, null);

    for (int i = 2; i < 5; i++) {
      room.room.later(i == 2 ? 11_000 : 101_300).tick();
      assertThat(room.room.timeline().item()).isEqualTo(i);
      assertThat(room.room.timeline().position()).isZero();
      assertThat(room.room.timeline().duration()).isEqualTo(100);
      room.allReady();
    }
    assertThat(room.current()).isEqualTo("X");
    assertThat(room.played()).isEmpty();
    assertThat(room.list()).containsExactly("A");
  }

  @Test
  void QU8_loop_all_goes_on_for_ever() {
    QueueRoom room = QueueRoom.showing("A").playing(90, 100);
    room.mode(Loop.ALL, null, null);

    room.room.later(11_000).tick();
    assertThat(room.current()).isEqualTo("A");
    assertThat(room.list()).containsExactly("X");
    room.allReady().room.withDuration(10);
    room.room.later(11_300).tick();
    assertThat(room.current()).isEqualTo("X");
    assertThat(room.list()).containsExactly("A");
  }

  @Test
  void QU8_nothing_ends_while_paused_or_preparing_or_without_a_length() {
    QueueRoom paused = QueueRoom.showing("A").playing(90, 100);
    paused.room.later(10_500);
    paused.room.act(new RoomCommand.Pause(paused.room.id("Hana"), 98.9, null));
    nothingEnds(paused);

    QueueRoom preparing = QueueRoom.showing("A").playing(10, 100);
    preparing.room.seekTo(100);
    assertThat(preparing.room.timeline().preparing()).isTrue();
    assertThat(preparing.room.later(2_999).tick().events()).isEmpty();

    nothingEnds(QueueRoom.showing("A").playing(90, 0));
  }

  @Test
  void QU8_room_without_a_present_host_goes_on() {
    QueueRoom room = QueueRoom.showing("A").playing(90, 100);
    room.room.drop("Hana");

    assertThat(at(room, 11_000).events()).isNotEmpty();
    assertThat(room.current()).isEqualTo("A");
  }

  @Test
  void QU8_room_without_a_present_member_stays_as_it_is() {
    QueueRoom room = QueueRoom.empty();
    room.add("Hana", "X", "A");
    room.playing(90, 100).room.leave("Hana");

    room.room.later(60_000).tick();
    assertThat(room.current()).isEqualTo("X");

    room.room.guest("Ben").tick();
    assertThat(room.current()).isEqualTo("A");
  }

  @Test
  void QU8_sync_check_of_a_player_that_has_stopped_at_the_end_does_not_pause_the_film() {
    QueueRoom room = QueueRoom.showing("A").playing(90, 100);
    var hana = room.room.id("Hana");
    room.room.later(10_000);

    Decision checked = room.room.act(new RoomCommand.SyncCheck(hana, 99.9, false, 1));

    assertThat(checked.events()).singleElement().isInstanceOf(RoomEvent.SyncReported.class);
    room.room.later(1_000).tick();
    assertThat(room.current()).isEqualTo("A");
  }

  @Test
  void QU8_film_of_an_older_version_without_an_item_ends_as_well() {
    QueueRoom room = QueueRoom.showing().playing(90, 100);
    var queue = room.queue();
    var old =
        new Queue(
            queue.items(), null, false, queue.played(), queue.mode(), queue.votes(), queue.undo());
    var rules = new RoomRules(Limits.DEFAULT);

    Decision ended =
        rules.decide(
            room.room.state().withQueue(old), new RoomCommand.Tick(), room.room.now() + 11_000);

    assertThat(moved(ended).reason()).isEqualTo(Reason.ENDED);
  }

  @Test
  void QU9_length_of_a_host_decides_and_moves_the_end() {
    QueueRoom room = QueueRoom.showing("A").playing(90, 200);
    room.report("Ben", State.SYNCED, 95);
    room.report("Cleo", State.SYNCED, 95);
    room.room.withDuration(100);

    at(room, 11_000);

    assertThat(room.current()).isEqualTo("A");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the middle length counts, SYNCED, 100, SYNCED, 91, SYNCED, 120, true",
    "the longer of two counts, SYNCED, 100, SYNCED, 91, , 0, true",
    "a viewer alone ends no film for others, LOADING, 0, SYNCED, 91, , 0, false",
    "viewers without the film have no say, SYNCED, 100, FAILED, 91, NONE, 91, true",
    "a broadcast has no end, LIVE, 91, LIVE, 91, SYNCED, 91, false",
  })
  void QU9_lengths_of_the_viewers_decide_while_no_host_has_reported(
      String why,
      State hana,
      double hanasLength,
      State ben,
      double bensLength,
      @Nullable State cleo,
      double cleosLength,
      boolean ends) {
    QueueRoom room = QueueRoom.showing("A").playing(90, 0);
    room.report("Hana", hana, hanasLength);
    room.report("Ben", ben, bensLength);
    if (cleo != null) {
      room.report("Cleo", cleo, cleosLength);
    }

    if (ends) {
      assertThat(moved(at(room, 11_000)).reason()).isEqualTo(Reason.NEXT);
      assertThat(room.current()).isEqualTo("A");
    } else {
      nothingEnds(room);
    }
  }

  @Test
  void QU9_length_of_another_film_does_not_count() {
    QueueRoom room = QueueRoom.showing("A").playing(90, 0);
    room.room.names().forEach(name -> room.report(name, State.SYNCED, 91, 0));
    room.room.names().forEach(name -> room.report(name, State.SYNCED, 91, null));

    nothingEnds(room);
  }

  @Test
  void QU9_film_ends_when_most_players_have_been_at_its_end_for_2_s() {
    QueueRoom room = QueueRoom.showing("A").playing(10, 100);
    room.room.later(1_000);
    room.report("Ben", State.ENDED, 0);
    room.report("Hana", State.SYNCED, 0);
    room.report("Cleo", State.SYNCED, 0);
    room.room.later(5_000);
    assertThat(room.room.tick().events()).as("one of three").isEmpty();
    room.report("Cleo", State.ENDED, 0);

    Decision ended = at(room, 2_000);

    assertThat(moved(ended).reason()).isEqualTo(Reason.NEXT);
    assertThat(room.current()).isEqualTo("A");
  }

  @Test
  void QU9_half_of_the_players_is_not_most_of_them() {
    QueueRoom room = QueueRoom.showing("A").playing(10, 0);
    room.report("Hana", State.SYNCED, 0);
    room.report("Ben", State.ENDED, 0);

    nothingEnds(room);
  }

  @Test
  void QU9_end_that_was_reported_before_a_move_does_not_count() {
    QueueRoom room = QueueRoom.showing("A").playing(10, 0);
    room.room.names().forEach(name -> room.report(name, State.ENDED, 0));
    room.room.later(1_500).playingFrom(5);
    room.room.later(2_000);
    assertThat(room.room.tick().events()).isEmpty();

    room.room.names().forEach(name -> room.report(name, State.ENDED, 0));
    at(room, 2_000);
  }

  @Test
  void QU9_end_of_the_film_before_is_none_of_the_next() {
    QueueRoom room = QueueRoom.showing("A", "B").playing(10, 0);
    room.room.names().forEach(name -> room.report(name, State.ENDED, 0));
    room.room.later(2_000).tick();
    assertThat(room.current()).isEqualTo("A");
    room.allReady();
    room.room.names().forEach(name -> room.report(name, State.ENDED, 0, 1));

    room.room.later(20_000).tick();

    assertThat(room.current()).isEqualTo("A");
  }

  @Test
  void QU10_link_that_no_player_can_play_does_not_stop_the_list() {
    QueueRoom room = QueueRoom.showing("A", "B").playing(99, 100);
    room.room.later(2_000).tick();
    assertThat(room.current()).isEqualTo("A");
    room.report("Ben", State.FAILED, 0);
    room.room.later(100);
    room.report("Hana", State.FAILED, 0);
    room.report("Cleo", State.FAILED, 0);
    assertThat(room.room.tick().events()).as("nobody is awaited").isNotEmpty();
    assertThat(room.room.timeline().playing()).isTrue();

    Decision next = at(room, 8_000);

    assertThat(room.current()).isEqualTo("B");
    assertThat(room.queue().played().getLast().failed()).isTrue();
    assertThat(moved(next).reason()).isEqualTo(Reason.NEXT);
  }

  @Test
  void QU10_film_that_one_player_can_play_goes_on() {
    QueueRoom room = QueueRoom.showing("A", "B").playing(99, 100);
    room.room.later(2_000).tick();
    room.allReady();
    room.report("Ben", State.FAILED, 0);
    room.report("Cleo", State.FAILED, 0);
    room.report("Hana", State.SYNCED, 0);

    room.room.later(100_000).tick();

    assertThat(room.current()).isEqualTo("A");
  }

  @Test
  void QU10_film_that_a_host_set_stays_although_it_fails() {
    QueueRoom room = QueueRoom.showing("A").playing(10, 0);
    room.room.names().forEach(name -> room.report(name, State.FAILED, 0));

    nothingEnds(room);
  }

  @Test
  void QU10_film_that_fails_is_not_repeated() {
    for (Loop loop : Loop.values()) {
      QueueRoom room = QueueRoom.showing("A", "B").playing(99, 100);
      room.room.later(2_000).tick();
      room.mode(loop, null, null);
      room.room.names().forEach(name -> room.report(name, State.FAILED, 0));
      room.room.tick();
      room.room.later(8_000).tick();

      assertThat(room.current()).isEqualTo("B");
      assertThat(room.list()).isEmpty();
      room.room.names().forEach(name -> room.report(name, State.FAILED, 0));
      room.room.tick();
      Decision last = room.room.later(8_000).tick();
      assertThat(moved(last).reason()).isEqualTo(Reason.ENDED);
      assertThat(room.current()).isEqualTo("B");
    }
  }

  @Test
  void QU10_state_that_changes_meanwhile_begins_the_8_s_anew() {
    QueueRoom room = QueueRoom.showing("A", "B").playing(99, 100);
    room.room.later(2_000).tick();
    room.room.names().forEach(name -> room.report(name, State.FAILED, 0));
    room.room.tick();
    room.room.later(7_000);
    room.report("Ben", State.LOADING, 0);
    room.room.later(500);
    room.report("Ben", State.FAILED, 0);
    room.report("Hana", State.FAILED, 0);

    at(room, 8_000);
    assertThat(room.current()).isEqualTo("B");
  }

  @Test
  void QU12_played_item_is_part_of_the_change() {
    QueueRoom room = QueueRoom.showing("A").playing(99, 100);

    QueueChange changed = change(at(room, 2_000));

    assertThat(changed.played()).isEqualTo(room.queue().played().getLast());
    assertThat(changed.shown()).isEqualTo(room.currentItem());
  }
}
