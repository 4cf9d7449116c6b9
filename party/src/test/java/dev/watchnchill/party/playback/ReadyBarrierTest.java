package dev.watchnchill.party.playback;

import static dev.watchnchill.party.RoomFixture.FILM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Pause;
import dev.watchnchill.party.RoomCommand.Play;
import dev.watchnchill.party.RoomCommand.Ready;
import dev.watchnchill.party.RoomCommand.Report;
import dev.watchnchill.party.RoomCommand.Seek;
import dev.watchnchill.party.RoomCommand.SyncCheck;
import dev.watchnchill.party.RoomEvent.Action;
import dev.watchnchill.party.RoomEvent.Controlled;
import dev.watchnchill.party.RoomEvent.PlayerReady;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.RoomEvent.SyncReported;
import dev.watchnchill.party.RoomEvent.TimelineChanged;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Timeline.Phase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule TL9: after a seek, a playing film waits until its viewers are ready. */
class ReadyBarrierTest {
  private final RoomFixture room = RoomFixture.room();
  private final UserId hana = room.id("Hana");

  /** Hana and Cleo can come back, Ben cannot; the film plays. */
  private void playing() {
    room.resumable("Cleo").guest("Ben").withMedia(FILM).playingFrom(10).later(5000);
  }

  private List<UserId> awaited() {
    ReadyBarrier barrier = room.timeline().barrier();
    return barrier == null ? List.of() : barrier.awaited();
  }

  @Test
  void TL9_seek_while_playing_waits_for_all_members_that_can_be_ready() {
    playing();

    Decision sought = room.seekTo(300);

    var barrier =
        new ReadyBarrier(
            6, ReadyBarrier.Reason.SEEK, List.of(hana, room.id("Cleo")), room.now() + 3000);
    assertThat(room.timeline())
        .isEqualTo(
            new Timeline(6, 1, Phase.PREPARING, 300, 1, room.now(), true, hana, 0, barrier, 5000));
    assertThat(sought.events())
        .containsExactly(
            new Controlled(6, Action.SEEKED, 300, room.now(), hana),
            new TimelineChanged(6, room.timeline(), Reason.SEEK, room.now() + Jump.UNDO_MS));
    assertThat(room.deadline()).isEqualTo(room.now() + 3000);
  }

  @Test
  void TL9_starts_for_all_when_the_last_is_ready() {
    playing();
    room.seekTo(300);
    Room before = room.state();

    Decision first = room.later(100).ready("Hana");
    assertThat(first.next()).isSameAs(before);
    assertThat(first.events()).containsExactly(new PlayerReady(hana, 6));
    assertThat(room.tick().next()).isSameAs(before);
    room.later(100).ready("Cleo");
    assertThat(room.deadline()).isLessThanOrEqualTo(room.now());
    Decision started = room.tick();

    assertThat(room.timeline())
        .isEqualTo(
            new Timeline(
                7, 1, Phase.PLAYING, 300, 1, room.now() + 300.0, false, null, 0, null, 5000));
    assertThat(started.events())
        .containsExactly(new TimelineChanged(7, room.timeline(), Reason.READY));
  }

  @Test
  void TL9_deadline_starts_without_the_late() {
    playing();
    room.seekTo(300);
    room.ready("Hana");

    assertThat(room.later(2999).tick().events()).isEmpty();
    Decision started = room.later(1).tick();

    assertThat(started.events())
        .containsExactly(new TimelineChanged(7, room.timeline(), Reason.DEADLINE));
    assertThat(room.later(1300).target()).isEqualTo(301);
  }

  @Test
  void TL9_member_who_missed_a_deadline_is_not_awaited_until_it_reports() {
    playing();
    room.seekTo(300);
    room.ready("Hana");
    room.later(3000).tick();

    room.seekTo(400);
    assertThat(awaited()).containsExactly(hana);
    room.act(new Report(room.id("Cleo"), ViewerReport.EMPTY));
    room.seekTo(500);
    assertThat(awaited()).containsExactly(hana, room.id("Cleo"));
  }

  @ParameterizedTest
  @EnumSource
  void TL9_member_that_does_not_follow_is_not_awaited(ViewerReport.State state) {
    playing();
    room.act(
        new Report(
            room.id("Cleo"), new ViewerReport(null, null, null, null, null, null, state, null)));

    room.seekTo(300);

    boolean aside =
        Set.of(
                ViewerReport.State.NONE,
                ViewerReport.State.BLOCKED,
                ViewerReport.State.FREE,
                ViewerReport.State.FAILED,
                ViewerReport.State.STUCK,
                ViewerReport.State.LIVE,
                ViewerReport.State.NO_COPY)
            .contains(state);
    assertThat(awaited()).isEqualTo(aside ? List.of(hana) : List.of(hana, room.id("Cleo")));
  }

  @ParameterizedTest
  @EnumSource(names = {"STUCK", "LIVE", "BLOCKED", "FAILED", "NO_COPY"})
  void VF3_viewer_that_reports_itself_unable_to_follow_is_not_awaited_any_longer(
      ViewerReport.State state) {
    playing();
    room.seekTo(300);
    room.ready("Hana");
    assertThat(room.deadline()).isEqualTo(room.now() + 3000);

    room.act(
        new Report(
            room.id("Cleo"), new ViewerReport(null, null, null, null, null, null, state, null)));

    assertThat(room.deadline()).isLessThanOrEqualTo(room.now());
    room.tick();
    assertThat(room.timeline().phase()).isEqualTo(Phase.PLAYING);
    assertThat(room.audience().of(room.id("Cleo")).unresponsive()).isFalse();
  }

  @Test
  void TL9_late_ready_is_accepted() {
    playing();
    room.seekTo(300);
    room.later(3000).tick();
    assertThat(room.audience().of(room.id("Cleo")).unresponsive()).isTrue();

    room.act(new Ready(room.id("Cleo"), 6));

    assertThat(room.audience().of(room.id("Cleo")).unresponsive()).isFalse();
    assertThat(room.audience().of(hana).unresponsive()).isTrue();
  }

  @Test
  void TL9_without_awaited_members_it_plays_after_the_lead() {
    playing();
    room.seekTo(300);
    room.later(3000).tick();

    room.later(1000).seekTo(400);

    assertThat(room.timeline().phase()).isEqualTo(Phase.PLAYING);
    assertThat(room.timeline().atMs()).isEqualTo(room.now() + 300.0);
    assertThat(room.timeline().position()).isEqualTo(400);
  }

  @Test
  void TL9_stale_ready_and_one_of_a_timeline_that_never_was_start_nothing() {
    playing();
    room.seekTo(300);
    for (String name : List.of("Hana", "Cleo")) {
      room.act(new Ready(room.id(name), 5));
      assertThat(room.act(new Ready(room.id(name), 7)).events()).isEmpty();
    }
    Room before = room.state();

    assertThat(room.tick().next()).isSameAs(before);
    assertThat(room.deadline()).isEqualTo(room.now() + 3000);
  }

  @Test
  void TL9_second_seek_prepares_anew() {
    playing();
    room.seekTo(300);
    room.ready("Hana");
    room.ready("Cleo");

    room.later(10).seekTo(400);

    assertThat(room.timeline().position()).isEqualTo(400);
    assertThat(awaited()).containsExactly(hana, room.id("Cleo"));
    assertThat(room.deadline()).isEqualTo(room.now() + 3000);
    assertThat(room.tick().events()).isEmpty();
  }

  @Test
  void TL9_seek_of_a_base_host_while_preparing_prepares_anew() {
    playing();
    room.promote("Hana", "Ben");
    room.seekTo(300);

    room.act(new Seek(room.id("Ben"), 400, false));

    assertThat(room.timeline().phase()).isEqualTo(Phase.PREPARING);
    assertThat(awaited()).containsExactly(hana, room.id("Cleo"));
  }

  @Test
  void TL9_seek_of_a_base_host_while_playing_moves_at_once() {
    playing();

    room.act(new Seek(hana, 400, false));

    assertThat(room.timeline().phase()).isEqualTo(Phase.PLAYING);
    assertThat(room.timeline().atMs()).isEqualTo(room.now());
  }

  @Test
  void TL9_pause_while_preparing_stands_at_the_position() {
    playing();
    room.seekTo(300);

    room.later(100).act(new Pause(hana, 7, (double) room.now() - 500));

    assertThat(room.timeline().phase()).isEqualTo(Phase.PAUSED);
    assertThat(room.target()).isEqualTo(300);
    assertThat(room.later(10_000).tick().events()).isEmpty();
  }

  @Test
  void TL9_play_while_preparing_starts_without_the_others() {
    playing();
    room.seekTo(300);

    room.later(100).act(new Play(hana, 299.3, true));

    assertThat(room.timeline().phase()).isEqualTo(Phase.PLAYING);
    assertThat(room.timeline().position()).isEqualTo(300);
    assertThat(room.timeline().atMs()).isEqualTo(room.now() + 300.0);
    assertThat(room.audience().of(room.id("Cleo")).unresponsive()).isFalse();
  }

  @Test
  void TL9_play_of_a_base_host_while_preparing_plays_at_once_from_where_it_says() {
    playing();
    room.seekTo(300);

    room.later(100).act(new Play(hana, 299.3, false));

    assertThat(room.timeline().position()).isEqualTo(299.3);
    assertThat(room.timeline().atMs()).isEqualTo(room.now());
  }

  @Test
  void TL9_leaver_is_not_awaited_any_more() {
    playing();
    room.seekTo(300);
    room.ready("Hana");

    room.leave("Cleo");

    assertThat(room.deadline()).isLessThanOrEqualTo(room.now());
    assertThat(room.tick().events())
        .containsExactly(new TimelineChanged(8, room.timeline(), Reason.READY));
  }

  @Test
  void TL9_lost_viewer_is_not_awaited_even_when_it_comes_back_meanwhile() {
    playing();
    room.seekTo(300);
    room.drop("Cleo");
    room.returns("Cleo");
    assertThat(room.member("Cleo").away()).isFalse();

    room.ready("Hana");

    assertThat(room.tick().events()).hasSize(1);
    assertThat(room.timeline().playing()).isTrue();
  }

  @Test
  void TL9_away_members_are_not_awaited() {
    playing();
    room.drop("Cleo");

    room.seekTo(300);

    assertThat(awaited()).containsExactly(hana);
  }

  @Test
  void TL9_newcomer_while_it_prepares_is_not_awaited() {
    playing();
    room.seekTo(300);
    room.resumable("Dan");
    room.ready("Hana");
    room.ready("Cleo");

    room.tick();

    assertThat(room.timeline().playing()).isTrue();
  }

  @Test
  void TL9_barrier_ends_when_all_awaited_have_left() {
    playing();
    room.seekTo(300);
    room.drop("Hana");
    room.leave("Cleo");

    room.tick();

    assertThat(room.timeline().playing()).isTrue();
  }

  @Test
  void TL9_duration_reported_while_preparing_keeps_ready_members_ready() {
    playing();
    room.seekTo(300);
    room.ready("Hana");
    room.withDuration(7200);
    assertThat(awaited()).hasSize(2);

    room.act(new Ready(room.id("Cleo"), 6));

    room.tick();
    assertThat(room.timeline().playing()).isTrue();
    assertThat(room.timeline().duration()).isEqualTo(7200);
  }

  @Test
  void TL9_next_film_ends_the_wait() {
    playing();
    room.seekTo(300);

    room.withMedia(FILM);

    assertThat(room.timeline().phase()).isEqualTo(Phase.PAUSED);
    assertThat(room.later(10_000).tick().events()).isEmpty();
  }

  @Test
  void TL5_TL9_check_while_preparing_is_passed_on_and_re_anchors_nothing() {
    playing();
    room.seekTo(300);
    Room before = room.state();

    Decision checked = room.act(new SyncCheck(hana, 17, true, 1));

    assertThat(checked.next()).isSameAs(before);
    assertThat(checked.events()).containsExactly(new SyncReported(17, true, 1, hana));
  }

  @Test
  void TL9_no_more_are_awaited_than_the_bound() {
    RoomFixture small =
        RoomFixture.room(
            new Limits(9, 1, 1, 9, 0, 0, 99_999, 100, 600, 300, 3000, 8000, 2, 0.5, 1000, 200, 8));
    small.resumable("Ben").resumable("Cleo").withMedia(FILM).playingFrom(0).seekTo(300);

    ReadyBarrier barrier = small.timeline().barrier();

    assertThat(barrier == null ? List.of() : barrier.awaited())
        .containsExactly(small.id("Hana"), small.id("Ben"));
  }

  @Test
  void TL9_a_wait_costs_two_changes_however_many_viewers_there_are() {
    for (int i = 0; i < 40; i++) {
      room.resumable("Viewer " + i);
    }
    room.withMedia(FILM).playingFrom(0);
    long seq = room.state().seq();
    room.seekTo(300);

    for (String name : room.names()) {
      room.ready(name);
    }
    room.tick();

    assertThat(room.timeline().playing()).isTrue();
    assertThat(room.state().seq()).isEqualTo(seq + 2);
  }
}
