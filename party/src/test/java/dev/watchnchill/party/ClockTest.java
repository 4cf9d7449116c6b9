package dev.watchnchill.party;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A clock that steps back a little, as between two machines, breaks nothing (rule RB1). */
class ClockTest {
  private final RoomFixture room = RoomFixture.room();

  @Test
  void RB1_film_does_not_move_until_the_clock_has_caught_up() {
    room.playingFrom(10).later(-700);
    assertThat(room.target()).isEqualTo(10);

    assertThat(room.later(1_700).target()).isEqualTo(11);
  }

  @Test
  void RB1_pause_dated_by_a_clock_that_stepped_back_stands_where_it_began() {
    room.playingFrom(10).later(-700).act(new RoomCommand.Pause(room.id("Hana"), 3, 0.0));

    assertThat(room.target()).isEqualTo(10);
  }

  @Test
  void RB1_no_member_leaves_before_the_grace_after_the_clock_stepped_back() {
    room.guest("Ben").drop("Hana");

    assertThat(room.later(-700).tick().events()).isEmpty();
    assertThat(room.later(30_699).tick().events()).isEmpty();
    assertThat(room.later(1).tick().events()).hasSize(3);
  }

  @Test
  void RB1_no_deadline_passes_before_its_time_when_the_clock_stepped_back() {
    room.leave("Hana");

    room.later(-700).tick();

    assertThat(room.state().closed()).isFalse();
    assertThat(room.deadline()).isEqualTo(room.now() + 700 + 300_000);
  }
}
