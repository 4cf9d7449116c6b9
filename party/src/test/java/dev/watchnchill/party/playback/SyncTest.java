package dev.watchnchill.party.playback;

import static dev.watchnchill.party.RoomFixture.FILM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Pause;
import dev.watchnchill.party.RoomCommand.Play;
import dev.watchnchill.party.RoomCommand.Seek;
import dev.watchnchill.party.RoomCommand.SyncCheck;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.RoomEvent.SyncReported;
import dev.watchnchill.party.RoomEvent.TimelineChanged;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules SC1, TL4 and TL5: the reports of a host's own player. */
class SyncTest {
  private final RoomFixture room = RoomFixture.room();
  private final UserId hana = room.id("Hana");

  @ParameterizedTest
  @ValueSource(doubles = {9.5, 10, 10.5})
  void SC1_check_close_to_the_timeline_is_passed_on_and_changes_nothing(double position) {
    room.playingFrom(0).later(10_000);
    Room before = room.state();

    Decision checked = room.act(new SyncCheck(hana, position, true, 77.5));

    assertThat(checked.next()).isSameAs(before);
    assertThat(checked.events()).containsExactly(new SyncReported(position, true, 77.5, hana));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 9.499, 10.501, 500})
  void TL5_check_too_far_off_re_anchors_the_timeline(double position) {
    room.playingFrom(0).later(10_000);

    Decision checked = room.act(new SyncCheck(hana, position, true, 77.5));

    assertThat(room.target()).isEqualTo(position);
    assertThat(room.timeline().playing()).isTrue();
    assertThat(checked.events())
        .containsExactly(
            new SyncReported(position, true, 77.5, hana),
            new TimelineChanged(3, room.timeline(), Reason.SYNC));
  }

  @Test
  void TL5_check_of_another_phase_re_anchors_the_timeline() {
    room.playingFrom(0).later(10_000).act(new SyncCheck(hana, 10, false, 1));
    assertThat(room.timeline().playing()).isFalse();

    room.act(new SyncCheck(hana, 10, true, 1));
    assertThat(room.timeline().playing()).isTrue();
  }

  @Test
  void TL5_player_past_the_known_end_is_no_reason_to_re_anchor() {
    room.withMedia(FILM).withDuration(60).playingFrom(59).later(5000);
    Room before = room.state();

    Decision checked = room.act(new SyncCheck(hana, 64, true, 1));

    assertThat(checked.next()).isSameAs(before);
    assertThat(checked.events()).containsExactly(new SyncReported(64, true, 1, hana));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 20", // now
    "-400, 19.6", // when the key went down
    "-1000, 19", // at most a second ago
    "-60000, 19",
    "400, 20", // never later than now
    "1e308, 20",
    "-1e308, 19"
  })
  void TL4_pause_is_dated_to_when_it_was_pressed(double pressedAfterMs, double position) {
    room.playingFrom(0).later(20_000);

    room.act(new Pause(hana, 3, room.now() + pressedAfterMs));

    assertThat(room.target()).isEqualTo(position);
    assertThat(room.timeline().playing()).isFalse();
    assertThat(room.timeline().atMs()).isEqualTo(room.now());
  }

  @Test
  void TL4_pause_pressed_before_a_start_that_lies_ahead_stands_at_its_beginning() {
    room.act(new Play(hana, 30, true));

    room.later(100).act(new Pause(hana, 3, (double) room.now()));

    assertThat(room.target()).isEqualTo(30);
  }

  @Test
  void TL4_pause_pressed_before_a_seek_that_came_first_stands_where_the_seek_went() {
    room.playingFrom(0).later(20_000).act(new Seek(hana, 100, false));

    room.later(200).act(new Pause(hana, 3, room.now() - 500.0));

    assertThat(room.target()).isEqualTo(100);
  }

  @Test
  void TL4_pause_at_the_end_stands_at_the_end() {
    room.withMedia(FILM).withDuration(60).playingFrom(0).later(90_000);

    room.act(new Pause(hana, 3, (double) room.now()));

    assertThat(room.target()).isEqualTo(60);
  }

  @Test
  void TL4_pause_without_a_date_stands_where_the_client_says() {
    room.playingFrom(0).later(20_000).act(new Pause(hana, 3, null));

    assertThat(room.target()).isEqualTo(3);
  }
}
