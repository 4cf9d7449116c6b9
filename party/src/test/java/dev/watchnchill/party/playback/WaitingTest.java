package dev.watchnchill.party.playback;

import static dev.watchnchill.party.RoomFixture.FILM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Pause;
import dev.watchnchill.party.RoomCommand.Play;
import dev.watchnchill.party.RoomCommand.Report;
import dev.watchnchill.party.RoomCommand.SetWaiting;
import dev.watchnchill.party.RoomEvent.PlayerRecovered;
import dev.watchnchill.party.RoomEvent.PlayerStalled;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.RoomEvent.TimelineChanged;
import dev.watchnchill.party.RoomEvent.WaitingSet;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Timeline.Phase;
import dev.watchnchill.party.playback.WaitPolicy.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules WT1 and WT2: the wait for viewers whose players stall. */
class WaitingTest {
  private final RoomFixture room = RoomFixture.room();
  private final UserId hana = room.id("Hana");

  private Decision waiting(Mode mode, @Nullable Integer people, @Nullable Integer strikes) {
    return room.act(new SetWaiting(hana, mode, null, null, people, strikes));
  }

  /**
   * Creates a room that waits for all viewers: Hana, Ben and Cleo, with a film that has played for
   * a minute.
   */
  private void playing() {
    room.resumable("Ben").resumable("Cleo").withMedia(FILM).playingFrom(0).later(60_000);
    waiting(Mode.EVERYONE, null, null);
  }

  private List<UserId> awaited() {
    ReadyBarrier barrier = room.timeline().barrier();
    return barrier == null ? List.of() : barrier.awaited();
  }

  /** Lets the grace period pass. */
  private void waitFor(String name) {
    room.stalls(name);
    room.later(Math.max(1000, room.deadline() - room.now())).tick();
    assertThat(awaited()).containsExactly(room.id(name));
  }

  @Test
  void WT1_policy_is_stored_and_broadcast() {
    Decision set = room.act(new SetWaiting(hana, Mode.EVERYONE, 10, 500, 2, 1));

    var policy = new WaitPolicy(Mode.EVERYONE, 10, 500, 2, 1);
    assertThat(room.state().waiting()).isEqualTo(policy);
    assertThat(set.events()).containsExactly(new WaitingSet(2, policy, hana));
  }

  @Test
  void WT1_absent_fields_stay_and_the_same_policy_changes_nothing() {
    assertThat(room.state().waiting()).isEqualTo(new WaitPolicy(Mode.NEVER, 5, 1000, 4, 3));
    room.act(new SetWaiting(hana, Mode.EVERYONE, null, null, 2, null));
    assertThat(room.state().waiting()).isEqualTo(new WaitPolicy(Mode.EVERYONE, 5, 1000, 2, 3));
    Room before = room.state();

    Decision again = room.act(new SetWaiting(hana, Mode.EVERYONE, 5, null, null, 3));

    assertThat(again.next()).isSameAs(before);
    assertThat(again.rejection()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1, 1", "31, 0, 1, 1", "1, -1, 1, 1", "1, 5001, 1, 1",
    "1, 0, 0, 1", "1, 0, 21, 1", "1, 0, 1, 0", "1, 0, 1, 21"
  })
  void WT1_bounds_are_kept(int seconds, int graceMs, int people, int strikes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WaitPolicy(Mode.NEVER, seconds, graceMs, people, strikes));
  }

  @Test
  void WT2_member_that_does_not_follow_is_not_awaited() {
    playing();
    room.stalls("Ben");
    var aside = new ViewerReport(null, null, null, null, null, null, ViewerReport.State.FREE, null);
    room.act(new Report(room.id("Ben"), aside));

    room.later(5000).tick();

    assertThat(room.timeline().phase()).isEqualTo(Phase.PLAYING);
  }

  @Test
  void WT2_stall_that_lasts_stops_the_room_where_the_film_is() {
    playing();
    Decision stalled = room.stalls("Ben");
    assertThat(stalled.events()).containsExactly(new PlayerStalled(room.id("Ben")));
    assertThat(room.later(999).tick().events()).isEmpty();

    Decision stopped = room.later(1).tick();

    var barrier =
        new ReadyBarrier(7, ReadyBarrier.Reason.STALL, List.of(room.id("Ben")), room.now() + 5000);
    assertThat(room.timeline())
        .isEqualTo(
            new Timeline(7, 1, Phase.PREPARING, 61, 1, room.now(), true, null, 0, barrier, 5000));
    assertThat(stopped.events())
        .containsExactly(new TimelineChanged(7, room.timeline(), Reason.STALL));
  }

  @Test
  void WT2_never_is_never() {
    playing();
    waiting(Mode.NEVER, null, null);
    room.stalls("Ben");

    assertThat(room.later(60_000).tick().events()).isEmpty();
  }

  @Test
  void WT2_short_stall_stops_nothing() {
    playing();
    room.stalls("Ben");
    Decision again = room.later(900).recovers("Ben");
    assertThat(again.events()).containsExactly(new PlayerRecovered(room.id("Ben")));

    assertThat(room.later(60_000).tick().events()).isEmpty();
  }

  @Test
  void WT2_stall_counts_from_when_the_film_plays() {
    playing();
    room.act(new Pause(hana, 60, null));
    room.stalls("Ben");
    room.later(60_000).act(new Play(hana, 60, false));

    assertThat(room.deadline()).isEqualTo(room.now() + 1000);
  }

  @Test
  void WT2_film_continues_when_the_awaited_play_again_or_are_ready() {
    playing();
    waitFor("Ben");
    room.later(100).recovers("Ben");
    assertThat(room.tick().events())
        .containsExactly(new TimelineChanged(8, room.timeline(), Reason.READY));
    room.later(60_000);
    waitFor("Cleo");
    room.later(100).ready("Cleo");
    assertThat(room.tick().events()).hasSize(1);
    assertThat(room.timeline().playing()).isTrue();
    assertThat(room.later(60_000).tick().events()).isEmpty();
  }

  @Test
  void WT2_waits_no_longer_than_it_said() {
    playing();
    waitFor("Ben");

    assertThat(room.later(4999).tick().events()).isEmpty();
    assertThat(room.later(1).tick().events())
        .containsExactly(new TimelineChanged(8, room.timeline(), Reason.DEADLINE));
  }

  @Test
  void WT2_member_who_stalls_during_a_wait_is_not_added_and_the_deadline_stays() {
    playing();
    waitFor("Ben");
    long until = room.deadline();
    room.later(100).stalls("Cleo");

    assertThat(room.tick().events()).isEmpty();
    assertThat(room.deadline()).isEqualTo(until);
    assertThat(awaited()).containsExactly(room.id("Ben"));
    room.recovers("Ben");
    room.tick();
    assertThat(room.timeline().playing()).isTrue();
  }

  @Test
  void WT2_longest_stall_goes_first_and_no_more_than_the_bound() {
    playing();
    waiting(Mode.EVERYONE, 2, null);
    room.stalls("Cleo");
    room.later(10).stalls("Hana");
    room.later(10).stalls("Ben");

    room.later(980).tick();

    assertThat(awaited()).containsExactly(room.id("Cleo"), hana);
  }

  @Test
  void WT2_strikes_are_counted_and_forgotten_with_the_film() {
    playing();
    waiting(Mode.EVERYONE, null, 2);
    for (int i = 0; i < 2; i++) {
      waitFor("Ben");
      room.recovers("Ben");
      room.tick();
      room.later(20_000);
    }
    room.stalls("Ben");
    assertThat(room.later(60_000).tick().events()).isEmpty();
    room.withMedia(FILM).playingFrom(0);

    assertThat(room.audience().of(room.id("Ben")).strikes()).isZero();
    room.later(20_000);
    waitFor("Ben");
  }

  @Test
  void WT2_a_new_connection_has_the_strikes_of_the_old() {
    playing();
    waiting(Mode.EVERYONE, null, 1);
    waitFor("Ben");
    room.drop("Ben");
    room.returns("Ben");
    room.tick();
    room.later(20_000).stalls("Ben");

    assertThat(room.later(60_000).tick().events()).isEmpty();
  }

  @Test
  void WT2_after_a_wait_it_plays_for_a_while() {
    playing();
    waitFor("Ben");
    room.recovers("Ben");
    room.tick();
    long startMs = (long) room.timeline().atMs();
    room.stalls("Cleo");

    assertThat(room.deadline()).isEqualTo(startMs + 5000);
  }

  @Test
  void WT2_only_time_that_it_plays_counts_as_playing_for_a_while() {
    playing();
    waitFor("Ben");
    room.recovers("Ben");
    room.tick();
    room.later((long) room.timeline().atMs() - room.now() + 2000);
    room.act(new Pause(hana, 63, null));
    room.later(60_000).act(new Play(hana, 63, false));
    room.later(1000).act(new Play(hana, 64, false)).next();
    room.stalls("Cleo");

    assertThat(room.deadline()).isEqualTo(room.now() + 2000);
  }

  @Test
  void WT2_after_a_seek_it_plays_for_a_while_too() {
    playing();
    room.seekTo(300);
    room.stalls("Ben");
    room.later(3000).tick();
    room.act(new Report(room.id("Ben"), ViewerReport.EMPTY));

    assertThat(room.deadline()).isEqualTo((long) room.timeline().atMs() + 5000);
  }

  @Test
  void WT2_neither_the_away_nor_the_mute_are_waited_for() {
    playing();
    waitFor("Ben");
    room.later(5000).tick();
    room.stalls("Cleo");
    room.drop("Cleo");
    assertThat(room.later(20_000).tick().events()).isEmpty();
    assertThat(room.audience().of(room.id("Ben")).unresponsive()).isTrue();

    room.act(new Report(room.id("Ben"), ViewerReport.EMPTY));

    assertThat(room.tick().events()).hasSize(1);
    assertThat(awaited()).containsExactly(room.id("Ben"));
  }

  @Test
  void WT2_awaited_who_is_lost_is_awaited_no_longer() {
    playing();
    waitFor("Ben");

    room.drop("Ben");

    assertThat(room.deadline()).isLessThanOrEqualTo(room.now());
    assertThat(room.tick().next().timeline().playing()).isTrue();
  }

  @Test
  void WT2_playing_again_is_not_being_where_a_seek_went() {
    playing();
    room.seekTo(300);
    for (String name : room.names()) {
      room.stalls(name);
      room.recovers(name);
    }

    assertThat(room.tick().events()).isEmpty();
    assertThat(room.timeline().preparing()).isTrue();
  }

  @Test
  void WT2_new_policy_leaves_a_wait_that_has_begun() {
    playing();
    waitFor("Ben");
    long until = room.deadline();

    waiting(Mode.NEVER, null, null);

    assertThat(room.deadline()).isEqualTo(until);
    assertThat(room.later(5000).tick().next().timeline().playing()).isTrue();
  }

  @Test
  void WT2_stall_of_an_unknown_timeline_is_ignored() {
    playing();
    Room before = room.state();

    Decision odd = room.act(new dev.watchnchill.party.RoomCommand.Buffering(room.id("Ben"), 99));

    assertThat(odd.next()).isSameAs(before);
    assertThat(odd.events()).isEmpty();
    assertThat(room.later(60_000).tick().events()).isEmpty();
  }
}
