package dev.watchnchill.party.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.queue.NewItem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of the rules about shared subtitles by example. */
final class SubtitleRulesTest {
  private static final SubtitleTrack LINKED =
      new SubtitleTrack(
          new UUID(5, 1), "English", "en", new SubtitleTrack.Address("https://s.example/en.srt"));
  private static final String OTHER_FILM = "https://films.example/other.mp4";

  private final RoomFixture room = RoomFixture.room(Limits.DEFAULT).guest("Ben");

  private static SubtitleTrack written(int id, int bytes) {
    return new SubtitleTrack(new UUID(5, id), "Deutsch", "de", new SubtitleTrack.Text(1, bytes));
  }

  private Decision set(String by, @Nullable String film, RequestedTrack... tracks) {
    return room.act(new RoomCommand.SetSubtitles(room.id(by), List.of(tracks), film));
  }

  private Decision share(SubtitleTrack... tracks) {
    var requested = new ArrayList<RequestedTrack>();
    for (SubtitleTrack track : tracks) {
      TrackText text = track.parts() == 0 ? null : new TrackText(track.id(), new byte[] {1});
      requested.add(new RequestedTrack.Added(track, text));
    }
    return set("Hana", null, requested.toArray(RequestedTrack[]::new));
  }

  private void withFilm() {
    room.withMedia(RoomFixture.FILM);
  }

  @Test
  void SB1_host_shares_subtitles_with_all() {
    withFilm();
    Decision decision = share(LINKED, written(2, 10));
    assertThat(room.state().subtitles()).containsExactly(LINKED, written(2, 10));
    assertThat(decision.events()).hasSize(1);
    var event = (RoomEvent.SubtitlesChanged) decision.events().getFirst();
    assertThat(event.tracks()).isEqualTo(room.state().subtitles());
    assertThat(event.by()).isEqualTo(room.id("Hana"));
    assertThat(event.seq()).isEqualTo(room.state().seq());
    assertThat(event.texts()).extracting(TrackText::track).containsExactly(new UUID(5, 2));
  }

  @Test
  void SB1_only_hosts_share_subtitles_even_where_all_control_the_film() {
    withFilm();
    room.withSettings(
        new RoomSettings.Change(
            null, false, Who.EVERYONE, Who.EVERYONE, null, null, null, null, null));
    assertThat(set("Ben", null, new RequestedTrack.Added(LINKED, null)).rejection())
        .isEqualTo(Rejection.NOT_HOST);
  }

  @Test
  void SB1_subtitles_need_the_film_that_they_are_for() {
    assertThat(share(LINKED).rejection()).isEqualTo(Rejection.NO_FILM);
    withFilm();
    var track = new RequestedTrack.Added(LINKED, null);
    assertThat(set("Hana", OTHER_FILM, track).rejection()).isEqualTo(Rejection.FILM_CHANGED);
    assertThat(set("Hana", RoomFixture.FILM.url(), track).rejection()).isNull();
  }

  @Test
  void SB1_shared_tracks_are_kept_renamed_ordered_and_removed() {
    withFilm();
    share(LINKED, written(2, 10));
    var second = new RequestedTrack.Kept(new UUID(5, 2), "Untertitel", null);
    var first = new RequestedTrack.Kept(LINKED.id(), null, "en-GB");
    set("Hana", null, second, first);
    assertThat(room.state().subtitles())
        .extracting(SubtitleTrack::label, SubtitleTrack::language)
        .containsExactly(tuple("Untertitel", "de"), tuple("English", "en-GB"));
    long seq = room.state().seq();
    assertThat(set("Hana", null, second, first).events()).isEmpty();
    assertThat(room.state().seq()).isEqualTo(seq);
    set("Hana", null);
    assertThat(room.state().subtitles()).isEmpty();
  }

  @Test
  void SB1_unknown_and_repeated_tracks_are_rejected() {
    withFilm();
    share(LINKED);
    var kept = new RequestedTrack.Kept(LINKED.id(), null, null);
    var unknown = new RequestedTrack.Kept(new UUID(5, 9), null, null);
    assertThat(set("Hana", null, unknown).rejection()).isEqualTo(Rejection.TRACK_NOT_FOUND);
    assertThat(set("Hana", null, kept, kept).rejection()).isEqualTo(Rejection.TRACK_NOT_FOUND);
    assertThat(room.state().subtitles()).containsExactly(LINKED);
  }

  @Test
  void SB2_texts_of_a_room_are_bounded_together() {
    withFilm();
    int half = SubtitleTrack.ROOM_BYTES_MAX / 2;
    assertThat(share(written(1, half), written(2, half)).rejection()).isNull();
    assertThat(share(written(1, half), written(2, half), written(3, 1)).rejection())
        .isEqualTo(Rejection.SUBTITLES_TOO_LARGE);
  }

  private void assertCleared(Decision decision) {
    assertThat(room.state().subtitles()).isEmpty();
    assertThat(decision.events().getLast())
        .isEqualTo(new RoomEvent.SubtitlesChanged(room.state().seq(), List.of(), null, List.of()));
  }

  @Test
  void SB4_another_film_has_no_subtitles_however_it_is_shown() {
    withFilm();
    share(LINKED);
    var film = RoomFixture.film(OTHER_FILM);
    assertCleared(room.act(new RoomCommand.SetVideo(room.id("Hana"), film, new UUID(6, 1))));
    share(LINKED);
    room.act(
        new QueueCommand.QueueAdd(
            room.id("Hana"),
            List.of(new NewItem(new UUID(6, 2), RoomFixture.FILM, null)),
            QueueCommand.Place.END));
    assertThat(room.state().subtitles()).containsExactly(LINKED);
    assertCleared(room.act(new QueueCommand.QueueNext(room.id("Hana"))));
    share(LINKED);
    assertCleared(room.act(new QueueCommand.QueuePrevious(room.id("Hana"))));
  }

  @Test
  void SB4_film_that_plays_on_at_the_end_of_another_has_no_subtitles() {
    room.resumable("Cleo");
    withFilm();
    share(LINKED);
    room.act(
        new QueueCommand.QueueAdd(
            room.id("Hana"),
            List.of(new NewItem(new UUID(6, 2), RoomFixture.film(OTHER_FILM), null)),
            QueueCommand.Place.END));
    room.withDuration(60).playingFrom(59);
    Decision ended = room.later(60_000).tick();
    assertThat(ended.next().media()).isEqualTo(RoomFixture.film(OTHER_FILM));
    assertCleared(ended);
  }

  @Test
  void SB4_same_film_again_keeps_its_subtitles() {
    withFilm();
    share(LINKED);
    Decision again =
        room.act(new RoomCommand.SetVideo(room.id("Hana"), RoomFixture.FILM, new UUID(6, 1)));
    assertThat(room.state().subtitles()).containsExactly(LINKED);
    assertThat(again.events()).noneMatch(RoomEvent.SubtitlesChanged.class::isInstance);
  }
}
