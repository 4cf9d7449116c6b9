package dev.watchnchill.party.playback;

import static dev.watchnchill.party.RoomFixture.FILM;
import static dev.watchnchill.party.RoomFixture.film;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomCommand.Pause;
import dev.watchnchill.party.RoomCommand.Play;
import dev.watchnchill.party.RoomCommand.ReportDuration;
import dev.watchnchill.party.RoomCommand.ReportLive;
import dev.watchnchill.party.RoomCommand.Seek;
import dev.watchnchill.party.RoomCommand.SetVideo;
import dev.watchnchill.party.RoomEvent.Action;
import dev.watchnchill.party.RoomEvent.Controlled;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.RoomEvent.TimelineChanged;
import dev.watchnchill.party.RoomEvent.VideoSet;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Timeline.Phase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules SV1, PB1 to PB3, TL1, TL3, TL6, LS1 and JN9. */
class PlaybackTest {
  private static final UUID ITEM = new UUID(6, 100);
  private final RoomFixture room = RoomFixture.room();
  private final UserId hana = room.id("Hana");

  @Test
  void SV1_film_is_stored_and_paused_at_its_beginning() {
    room.withMedia(FILM).withDuration(100).playingFrom(50);

    Decision set = room.later(9).act(new SetVideo(hana, film("https://films.example/b.mp4"), ITEM));

    var timeline = new Timeline(5, 2, Phase.PAUSED, 0, 1, room.now(), false, hana, 0);
    assertThat(room.state().media()).isEqualTo(film("https://films.example/b.mp4"));
    assertThat(room.timeline()).isEqualTo(timeline);
    assertThat(set.events())
        .startsWith(
            new VideoSet(5, film("https://films.example/b.mp4"), hana),
            new TimelineChanged(5, timeline, Reason.VIDEO));
  }

  @Test
  void MD3_film_begins_at_the_position_in_its_link_and_never_past_its_end() {
    room.act(new SetVideo(hana, film("https://youtu.be/dQw4w9WgXcQ?t=1h2m3s"), ITEM));
    assertThat(room.timeline().phase()).isEqualTo(Phase.PAUSED);
    assertThat(room.timeline().position()).isEqualTo(3_723);

    room.withDuration(212);
    assertThat(room.timeline().position()).isEqualTo(212);

    room.act(new SetVideo(hana, film("https://films.example/b.mp4?t=90&start=90"), ITEM));
    assertThat(room.timeline().position()).isZero();
  }

  @Test
  void PB1_play_stores_and_broadcasts_position_and_time() {
    Decision played = room.withMedia(FILM).later(10).act(new Play(hana, 12.5, false));

    var timeline = new Timeline(3, 1, Phase.PLAYING, 12.5, 1, room.now(), false, hana, 0);
    assertThat(room.timeline()).isEqualTo(timeline);
    assertThat(played.events())
        .containsExactly(
            new Controlled(3, Action.PLAYED, 12.5, room.now(), hana),
            new TimelineChanged(3, timeline, Reason.PLAY));
  }

  @Test
  void PB2_pause_stores_and_broadcasts_position_and_time() {
    room.playingFrom(10);

    Decision paused = room.later(5000).act(new Pause(hana, 14.9, null));

    var timeline = new Timeline(3, 0, Phase.PAUSED, 14.9, 1, room.now(), false, hana, 0);
    assertThat(room.timeline()).isEqualTo(timeline);
    assertThat(paused.events())
        .containsExactly(
            new Controlled(3, Action.PAUSED, 14.9, room.now(), hana),
            new TimelineChanged(3, timeline, Reason.PAUSE));
  }

  @Test
  void PB3_seek_keeps_a_playing_film_playing() {
    Decision sought = room.playingFrom(10).later(1000).act(new Seek(hana, 300, false));

    assertThat(room.timeline())
        .isEqualTo(new Timeline(3, 0, Phase.PLAYING, 300, 1, room.now(), false, hana, 0));
    assertThat(sought.events())
        .containsExactly(
            new Controlled(3, Action.SEEKED, 300, room.now(), hana),
            new TimelineChanged(3, room.timeline(), Reason.SEEK, room.now() + Jump.UNDO_MS));
  }

  @Test
  void PB3_seek_keeps_a_paused_film_paused() {
    room.act(new Seek(hana, 300, true));

    assertThat(room.timeline())
        .isEqualTo(new Timeline(2, 0, Phase.PAUSED, 300, 1, room.now(), false, hana, 0));
  }

  @Test
  void TL3_play_of_an_extended_client_starts_a_lead_later_for_all() {
    Decision played = room.act(new Play(hana, 10, true));

    assertThat(room.timeline().atMs()).isEqualTo(room.now() + 300);
    assertThat(room.target()).isEqualTo(10);
    assertThat(room.later(300).target()).isEqualTo(10);
    assertThat(room.later(1000).target()).isEqualTo(11);
    assertThat(played.events())
        .contains(new Controlled(2, Action.PLAYED, 10, room.now() - 1300, hana));
  }

  @Test
  void TL3_base_and_extended_hosts_move_one_timeline() {
    room.guest("Ben").promote("Hana", "Ben");
    room.act(new Play(hana, 10, true));

    room.later(2300).act(new Pause(room.id("Ben"), 11.9, null));

    assertThat(room.target()).isEqualTo(11.9);
    assertThat(room.timeline().by()).isEqualTo(room.id("Ben"));
  }

  @Test
  void TL6_duration_bounds_the_position() {
    room.withMedia(FILM).playingFrom(10);

    Decision reported = room.later(2000).act(new ReportDuration(hana, 60));

    assertThat(reported.events())
        .containsExactly(new TimelineChanged(4, room.timeline(), Reason.DURATION));
    assertThat(room.target()).isEqualTo(12);
    assertThat(room.later(600_000).target()).isEqualTo(60);
  }

  @Test
  void TL6_duration_bounds_the_target_of_a_seek() {
    Decision played = room.withMedia(FILM).withDuration(60).act(new Play(hana, 1e308, false));

    assertThat(played.events()).contains(new Controlled(4, Action.PLAYED, 60, room.now(), hana));
  }

  @Test
  void TL6_length_that_becomes_known_late_bounds_the_stored_position() {
    room.withMedia(FILM).act(new Seek(hana, 1e308, false));

    room.withDuration(60);

    assertThat(room.timeline().position()).isEqualTo(60);
  }

  @Test
  void TL6_same_length_again_changes_nothing() {
    room.withMedia(FILM).withDuration(60);
    var before = room.state();

    assertThat(room.act(new ReportDuration(hana, 60)).next()).isSameAs(before);
  }

  @Test
  void TL6_length_without_a_film_is_ignored() {
    Decision ignored = room.act(new ReportDuration(hana, 60));

    assertThat(ignored.rejection()).isNull();
    assertThat(ignored.events()).isEmpty();
    assertThat(room.timeline().duration()).isZero();
  }

  @Test
  void TL6_length_belongs_to_its_film() {
    room.withMedia(FILM).withDuration(60).withMedia(film("https://films.example/b.mp4"));

    assertThat(room.timeline().duration()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 59.99, 60, 1e9})
  void JN9_joiner_gets_a_position_computed_for_now(double afterSeconds) {
    room.withMedia(FILM).withDuration(60).playingFrom(0).later((long) (afterSeconds * 1000));

    Decision joined = room.join(JoinRequest.as("Ben"));

    assertThat(joined.next().timeline().targetAt(room.now())).isEqualTo(Math.min(60, afterSeconds));
  }

  @Test
  void TL1_departure_of_a_host_does_not_change_the_timeline() {
    room.guest("Ben").playingFrom(10).later(1000).leave("Hana");

    assertThat(room.later(1000).target()).isEqualTo(12);
  }

  @Test
  void LS1_delay_of_a_live_stream_stays_through_commands_until_the_next_film() {
    room.withMedia(FILM).playingFrom(10);

    Decision reported = room.later(2000).act(new ReportLive(hana, 1, -7_200_000, null));

    assertThat(reported.events())
        .containsExactly(new TimelineChanged(4, room.timeline(), Reason.DURATION));
    assertThat(room.timeline())
        .isEqualTo(
            new Timeline(
                4, 1, Phase.PLAYING, 10, 1, room.now() - 2000, false, hana, 0, null, 0, -7.2e6));
    for (RoomCommand command :
        List.of(
            new Pause(hana, 12, null),
            new Play(hana, 12, true),
            new Seek(hana, 30, true),
            new RoomCommand.SetRate(hana, 2),
            new ReportDuration(hana, 60))) {
      room.act(command);
      assertThat(room.timeline().liveDelayMs()).as("%s", command).isEqualTo(-7.2e6);
    }
    room.withMedia(film("https://films.example/b.mp4"));
    assertThat(room.timeline().liveDelayMs()).isNull();
  }

  @Test
  void LS1_only_a_report_that_knows_the_present_delay_of_this_film_counts() {
    room.withMedia(FILM).act(new ReportLive(hana, 1, -0.0, null));
    assertThat(room.timeline().liveDelayMs()).isEqualTo(0.0);
    var before = room.state();

    for (ReportLive stale :
        List.of(
            new ReportLive(hana, 1, 5000, null),
            new ReportLive(hana, 1, 5000, 1.0),
            new ReportLive(hana, 0, 5000, 0.0),
            new ReportLive(hana, 2, 5000, 0.0),
            new ReportLive(hana, 1, 0, 0.0))) {
      Decision ignored = room.act(stale);
      assertThat(ignored.rejection()).isNull();
      assertThat(ignored.next()).as("%s", stale).isSameAs(before);
    }

    room.act(new ReportLive(hana, 1, 5000, 0.0));
    assertThat(room.timeline().liveDelayMs()).isEqualTo(5000);
  }

  @Test
  void LS1_delay_without_a_film_is_ignored() {
    Decision ignored = room.act(new ReportLive(hana, 0, 5000, null));

    assertThat(ignored.rejection()).isNull();
    assertThat(ignored.events()).isEmpty();
  }
}
