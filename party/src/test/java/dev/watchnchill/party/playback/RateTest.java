package dev.watchnchill.party.playback;

import static dev.watchnchill.party.RoomFixture.FILM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Play;
import dev.watchnchill.party.RoomCommand.SetRate;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.RoomEvent.TimelineChanged;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Timeline.Phase;
import org.junit.jupiter.api.Test;

/** Rule TL10: the film has one rate for all viewers. */
class RateTest {
  private final RoomFixture room = RoomFixture.room();
  private final UserId hana = room.id("Hana");

  @Test
  void TL10_rate_holds_from_now_on() {
    room.playingFrom(10).later(2000);

    Decision set = room.act(new SetRate(hana, 1.5));

    assertThat(room.timeline())
        .isEqualTo(new Timeline(3, 0, Phase.PLAYING, 12, 1.5, room.now(), false, hana, 0));
    assertThat(set.events()).containsExactly(new TimelineChanged(3, room.timeline(), Reason.RATE));
    assertThat(room.later(2000).target()).isEqualTo(15);
  }

  @Test
  void TL10_start_that_lies_ahead_stays_where_it_is() {
    room.act(new Play(hana, 10, true));
    double startMs = room.timeline().atMs();

    room.later(100).act(new SetRate(hana, 2));

    assertThat(room.timeline().atMs()).isEqualTo(startMs);
    assertThat(room.target()).isEqualTo(10);
    assertThat(room.later(1200).target()).isEqualTo(12);
  }

  @Test
  void TL10_rate_set_while_paused_applies_when_played() {
    room.playingFrom(10).act(new SetRate(hana, 0.5));
    room.later(2000).act(new Play(hana, 20, false));

    assertThat(room.later(2000).target()).isEqualTo(21);
  }

  @Test
  void TL10_wait_continues() {
    room.withMedia(FILM).playingFrom(10).seekTo(300);
    ReadyBarrier barrier = room.timeline().barrier();

    room.later(100).act(new SetRate(hana, 2));

    assertThat(room.timeline().barrier()).isEqualTo(barrier);
    assertThat(room.target()).isEqualTo(300);
    room.ready("Hana");
    room.tick();
    assertThat(room.later(1300).target()).isEqualTo(302);
  }

  @Test
  void TL10_same_rate_again_changes_nothing() {
    room.playingFrom(10).act(new SetRate(hana, 2));
    Room before = room.state();

    assertThat(room.later(10).act(new SetRate(hana, 2)).next()).isSameAs(before);
  }

  @Test
  void TL10_next_film_plays_at_rate_1() {
    room.act(new SetRate(hana, 2));

    assertThat(room.withMedia(FILM).timeline().rate()).isEqualTo(1);
  }
}
