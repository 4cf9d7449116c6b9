package dev.watchnchill.party.playback;

import static dev.watchnchill.party.generate.Generators.booleans;
import static dev.watchnchill.party.generate.Generators.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.generate.Property;
import dev.watchnchill.party.playback.Timeline.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules TL1, TL6 and JN9: the arithmetic of the timeline. */
class TimelineTest {
  private static final double AT = RoomFixture.START;
  private static final UserId BY = RoomFixture.user("Hana");
  private static final Timeline IDLE = Timeline.idle(RoomFixture.START);

  @ParameterizedTest
  @CsvSource({
    "10, 0, 0, 10",
    "10, 1000, 0, 11",
    "10, 1, 0, 10.001",
    "10, 0.5, 0, 10.0005",
    "10, -500, 0, 10",
    "10, 5000, 12, 12",
    "10, 0, 5, 5",
    "0, 86400000, 0, 86400",
    "0, 1, 1e-300, 1e-300",
    "1e308, 86400000, 0, 1e308"
  })
  void TL1_playing_moves_with_server_time_up_to_the_known_end(
      double from, double laterMs, double duration, double target) {
    Timeline playing = lasting(IDLE, duration).play(2, from, AT, BY);

    assertThat(playing.targetAt(AT + laterMs)).isEqualTo(target);
  }

  @Test
  void TL1_paused_stands() {
    assertThat(IDLE.pause(2, 10, AT, BY).targetAt(AT + 60_000)).isEqualTo(10);
  }

  @Test
  void TL1_preparing_stands() {
    var hold = new ReadyBarrier(2, ReadyBarrier.Reason.SEEK, List.of(BY), RoomFixture.START + 3000);
    Timeline preparing = IDLE.prepare(hold, 10, AT, 5000, BY);

    assertThat(preparing.targetAt(AT + 60_000)).isEqualTo(10);
    assertThat(preparing.playing()).isFalse();
    assertThat(preparing.seq()).isEqualTo(2);
    assertThat(preparing.resume()).isTrue();
  }

  @Test
  void QU14_film_that_stops_at_its_end_keeps_all_else() {
    Timeline stopped = lasting(IDLE, 100).withLiveDelay(2, 5000, BY).pause(3, 100, AT, BY);

    Timeline goesOn = stopped.stopsAtEnd();

    assertThat(goesOn.stoppedAtEnd()).isTrue();
    assertThat(goesOn).usingRecursiveComparison().ignoringFields("resume").isEqualTo(stopped);
  }

  @Test
  void TL9_film_waits_while_it_prepares_and_only_then() {
    var hold = new ReadyBarrier(2, ReadyBarrier.Reason.SEEK, List.of(BY), RoomFixture.START + 3000);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeline(2, 1, Phase.PREPARING, 10, 1, AT, true, BY, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeline(2, 1, Phase.PLAYING, 10, 1, AT, true, BY, 0, hold, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ReadyBarrier(2, ReadyBarrier.Reason.SEEK, List.of(), RoomFixture.START));
  }

  @Test
  void TL1_rate_scales_the_time_that_passes() {
    var fast = new Timeline(2, 1, Phase.PLAYING, 10, 1.5, AT, false, BY, 0);

    assertThat(fast.targetAt(AT + 2000)).isEqualTo(13);
  }

  @Test
  void TL1_timeline_without_film_is_at_0() {
    assertThat(IDLE.item()).isZero();
    assertThat(IDLE.phase()).isEqualTo(Phase.PAUSED);
    assertThat(IDLE.by()).isNull();
    assertThat(IDLE.targetAt(AT + 60_000)).isZero();
  }

  @Test
  void TL1_negative_zero_is_zero() {
    assertThat(Double.doubleToRawLongBits(IDLE.play(2, -0.0, AT, BY).position())).isZero();
    assertThat(Double.doubleToRawLongBits(IDLE.pause(2, -0.0, AT, BY).targetAt(AT))).isZero();
  }

  @Test
  void TL1_next_film_starts_afresh() {
    Timeline next = lasting(IDLE, 50).play(2, 40, AT, BY).next(3, 0, AT + 10, BY);

    assertThat(next).isEqualTo(new Timeline(3, 1, Phase.PAUSED, 0, 1, AT + 10, false, BY, 0));
    assertThat(next.next(4, 0, AT, BY).item()).isEqualTo(2);
  }

  @Test
  void TL6_position_beyond_the_end_is_the_end() {
    Timeline known = lasting(IDLE, 50);

    assertThat(known.play(2, 80, AT, BY).position()).isEqualTo(50);
    assertThat(known.pause(2, 1e308, AT, BY).position()).isEqualTo(50);
  }

  @Test
  void TL6_length_that_becomes_known_late_bounds_the_position_too() {
    Timeline late = IDLE.pause(2, 80, AT, BY).withDuration(3, 50, BY);

    assertThat(late.position()).isEqualTo(50);
    assertThat(late.seq()).isEqualTo(3);
    assertThat(late.atMs()).isEqualTo(AT);
  }

  @Test
  void TL1_target_is_within_the_film_and_never_goes_back() {
    Property.check(choices ->
        targetsStayWithin(
            choices.draw(doubles(0, 1e308)),
            choices.draw(doubles(0, 1e6)),
            choices.draw(doubles(-1e6, 1e12)),
            choices.draw(doubles(-1e6, 1e12)),
            choices.draw(booleans())));
  }

  private static void targetsStayWithin(
      double from, double duration, double one, double other, boolean playing) {
    Timeline known = lasting(IDLE, duration);
    Timeline timeline = playing ? known.play(2, from, AT, BY) : known.pause(2, from, AT, BY);

    double earlier = timeline.targetAt(AT + Math.min(one, other));
    double later = timeline.targetAt(AT + Math.max(one, other));

    assertThat(earlier).isFinite().isNotNegative().isLessThanOrEqualTo(later);
    assertThat(later).isFinite();
    if (duration > 0) {
      assertThat(later).isLessThanOrEqualTo(duration);
    }
  }

  private static Timeline lasting(Timeline timeline, double seconds) {
    return timeline.withDuration(1, seconds, BY);
  }
}
