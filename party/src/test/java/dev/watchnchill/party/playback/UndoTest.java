package dev.watchnchill.party.playback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent.Action;
import dev.watchnchill.party.RoomEvent.Controlled;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.RoomEvent.TimelineChanged;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule RT8. */
class UndoTest {
  private final RoomFixture room = RoomFixture.room();
  private final UserId hana = room.id("Hana");

  private Decision undo() {
    return room.act(new RoomCommand.UndoSeek(hana, false));
  }

  private Decision seek(double position) {
    return room.act(new RoomCommand.Seek(hana, position, false));
  }

  @Test
  void RT8_paused_film_goes_back_to_where_it_was() {
    seek(100);
    seek(500);

    Decision undone = undo();

    assertThat(room.target()).isEqualTo(100);
    assertThat(undone.events())
        .containsExactly(
            new Controlled(4, Action.SEEKED, 100, room.now(), hana),
            new TimelineChanged(4, room.timeline(), Reason.UNDO));
  }

  @Test
  void RT8_playing_film_goes_to_where_it_would_be_without_the_jump() {
    room.playingFrom(100).later(5_000);
    seek(500);

    room.later(3_000);
    undo();

    assertThat(room.target()).isEqualTo(108);
    assertThat(room.timeline().playing()).isTrue();
  }

  @Test
  void RT8_undo_goes_to_the_same_place_after_a_play_from_elsewhere() {
    seek(100);
    seek(500);
    room.playingFrom(10).later(2_000);

    undo();

    assertThat(room.target()).isEqualTo(102);
  }

  @Test
  void RT8_undo_goes_to_the_same_place_after_a_pause_and_a_correction_elsewhere() {
    room.playingFrom(100);
    seek(500);
    room.act(new RoomCommand.SyncCheck(hana, 480, true, room.now()));
    room.act(new RoomCommand.Pause(hana, 470, null));

    undo();

    assertThat(room.target()).isEqualTo(100);
  }

  @Test
  void RT8_pause_that_is_dated_back_takes_nothing_from_the_film() {
    room.playingFrom(100);
    seek(500);
    room.later(3_000).act(new RoomCommand.Pause(hana, 0, (double) room.now() - 500));

    undo();

    assertThat(room.target()).isEqualTo(102.5);
  }

  @Test
  void RT8_undo_of_an_extended_client_waits_for_the_viewers_as_any_jump() {
    room.resumable("Cleo").withMedia(RoomFixture.FILM).playingFrom(100);
    room.ready("Hana");
    room.ready("Cleo");
    seek(500);

    room.act(new RoomCommand.UndoSeek(hana, true));

    assertThat(room.timeline().position()).isEqualTo(100);
    assertThat(room.timeline().preparing()).isTrue();
  }

  @Test
  void RT8_event_says_until_when_the_jump_can_be_undone() {
    Decision sought = seek(500);

    assertThat(sought.events())
        .contains(new TimelineChanged(2, room.timeline(), Reason.SEEK, room.now() + 30_000));
  }

  @Test
  void RT8_jump_can_be_undone_for_half_a_minute() {
    seek(500);
    room.later(30_000);
    assertThat(undo().rejection()).isNull();

    seek(500);
    room.later(30_001);
    assertThat(undo().rejection()).isEqualTo(Rejection.NOTHING_TO_UNDO);
    assertThat(room.target()).isEqualTo(500);
  }

  @Test
  void RT8_undone_jump_cannot_be_undone_again() {
    seek(500);
    undo();

    assertThat(undo().rejection()).isEqualTo(Rejection.NOTHING_TO_UNDO);
  }

  @Test
  void RT8_only_the_last_jump_can_be_undone() {
    seek(100);
    seek(200);
    seek(300);
    undo();

    assertThat(room.target()).isEqualTo(200);
    assertThat(undo().rejection()).isEqualTo(Rejection.NOTHING_TO_UNDO);
  }

  @Test
  void RT8_room_without_a_jump_has_nothing_to_undo() {
    assertThat(undo().rejection()).isEqualTo(Rejection.NOTHING_TO_UNDO);
  }

  @Test
  void RT8_jump_in_another_film_cannot_be_undone() {
    seek(500);
    room.withMedia(RoomFixture.FILM);

    assertThat(undo().rejection()).isEqualTo(Rejection.NOTHING_TO_UNDO);
    assertThat(room.target()).isZero();
  }

  @Test
  void RT8_another_host_may_undo() {
    room.guest("Ben").promote("Hana", "Ben");
    seek(500);

    assertThat(room.act(new RoomCommand.UndoSeek(room.id("Ben"), false)).rejection()).isNull();
    assertThat(room.timeline().by()).isEqualTo(room.id("Ben"));
  }

  @Test
  void RT8_undo_ends_within_the_film() {
    room.withMedia(RoomFixture.FILM).withDuration(600).playingFrom(590);
    seek(10);

    room.later(20_000);
    undo();

    assertThat(room.target()).isEqualTo(600);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, Double.MIN_VALUE, 1e308, Double.MAX_VALUE})
  void RT8_undo_at_any_position_is_a_finite_position(double there) {
    room.playingFrom(Double.MAX_VALUE);
    seek(there);
    room.playingFrom(Double.MAX_VALUE);
    undo();
    assertThat(room.target()).isFinite().isNotNegative();

    room.playingFrom(0);
    seek(there);
    room.playingFrom(0);
    undo();
    assertThat(room.target()).isFinite().isNotNegative();
    assertThat(1 / room.timeline().position()).as("no negative zero").isPositive();
  }
}
