package dev.watchnchill.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.SubtitlesChanged;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.party.subtitle.TrackText;
import dev.watchnchill.server.store.RoomStore.Published;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of every store for shared subtitles and their texts. */
public abstract class RoomSubtitlesContract extends RoomChatContract {
  private static final UUID FIRST = new UUID(5, 1);
  private static final UUID SECOND = new UUID(5, 2);
  private static final SubtitleTrack LINKED =
      new SubtitleTrack(
          new UUID(5, 3), "Fran\u00e7ais", "fr", new SubtitleTrack.Address("http://s.example/a"));

  private static SubtitleTrack written(UUID id) {
    return new SubtitleTrack(id, "English \ud83c\udf7f", "en", new SubtitleTrack.Text(1, 7));
  }

  /** Returns bytes of every value, as compressed texts have. */
  private static byte[] content(UUID track) {
    byte[] bytes = new byte[70_000];
    new Random(track.getLeastSignificantBits()).nextBytes(bytes);
    return bytes;
  }

  private Room share(Room before, UUID... tracks) {
    var list = new ArrayList<SubtitleTrack>(List.of(LINKED));
    var texts = new ArrayList<TrackText>();
    for (UUID track : tracks) {
      list.add(written(track));
      if (before.subtitles().stream().noneMatch(old -> old.id().equals(track))) {
        texts.add(new TrackText(track, content(track)));
      }
    }
    Room next = before.changed(nowMs()).withSubtitles(list);
    RoomEvent event = new SubtitlesChanged(next.seq(), list, HOST, texts);
    assertThat(store.commit(before, next, List.of(event))).isTrue();
    return next;
  }

  private Room withFilm() {
    Room room = created();
    Room next =
        room.changed(nowMs())
            .withMedia(Media.parse("https://films.example/a.mp4").orElseThrow(), room.timeline());
    assertThat(store.commit(room, next, List.of())).isTrue();
    return next;
  }

  @Test
  void SB5_texts_are_found_beside_the_room_as_they_were() {
    Room shared = share(withFilm(), FIRST, SECOND);
    assertThat(store.load(ID)).isEqualTo(shared);
    assertThat(store.text(ID, FIRST)).isEqualTo(content(FIRST));
    assertThat(store.text(ID, SECOND)).isEqualTo(content(SECOND));
    assertThat(store.text(ID, LINKED.id())).isNull();
    assertThat(store.text(OTHER, FIRST)).isNull();
  }

  @Test
  void SB5_commits_of_other_things_leave_the_texts() {
    Room shared = share(withFilm(), FIRST);
    assertThat(commit(shared, say(shared, "hello"))).isTrue();
    assertThat(loaded().subtitles()).isEqualTo(shared.subtitles());
    assertThat(store.text(ID, FIRST)).isEqualTo(content(FIRST));
  }

  @Test
  void SB5_removed_track_takes_its_text_along_and_leaves_the_others() {
    Room shared = share(withFilm(), FIRST);
    Room both = share(shared, FIRST, SECOND);
    share(both, SECOND);
    assertThat(store.text(ID, FIRST)).isNull();
    assertThat(store.text(ID, SECOND)).isEqualTo(content(SECOND));
  }

  @Test
  void SB4_another_film_ends_the_texts() {
    Room shared = share(withFilm(), FIRST, SECOND);
    Room next =
        shared
            .changed(nowMs())
            .withMedia(Media.parse("https://films.example/b.mp4").orElseThrow(), shared.timeline());
    RoomEvent event = new SubtitlesChanged(next.seq(), List.of(), null, List.of());
    assertThat(store.commit(shared, next, List.of(event))).isTrue();
    assertThat(store.load(ID)).isEqualTo(next);
    assertThat(store.text(ID, FIRST)).isNull();
    assertThat(store.text(ID, SECOND)).isNull();
  }

  @Test
  void SB5_text_of_a_track_that_the_change_does_not_keep_is_not_stored() {
    Room before = withFilm();
    Room next = before.changed(nowMs()).withSubtitles(List.of(LINKED));
    RoomEvent event =
        new SubtitlesChanged(
            next.seq(), List.of(), HOST, List.of(new TrackText(FIRST, content(FIRST))));
    assertThat(store.commit(before, next, List.of(event))).isTrue();
    assertThat(store.text(ID, FIRST)).isNull();
  }

  @Test
  void SB5_rejected_commit_stores_no_text() {
    Room before = withFilm();
    share(before, FIRST);
    Room next = before.changed(nowMs()).withSubtitles(List.of(written(SECOND)));
    RoomEvent event =
        new SubtitlesChanged(
            next.seq(), next.subtitles(), HOST, List.of(new TrackText(SECOND, content(SECOND))));
    assertThat(store.commit(before, next, List.of(event))).isFalse();
    assertThat(store.text(ID, SECOND)).isNull();
  }

  @Test
  void SB5_texts_end_with_the_room() {
    Room shared = share(withFilm(), FIRST);
    assertThat(store.commit(shared, shared.changed(nowMs()).asClosed(), List.of())).isTrue();
    assertThat(store.text(ID, FIRST)).isNull();
    created();
    assertThat(store.text(ID, FIRST)).isNull();
  }

  @Test
  void SB5_texts_expire_with_the_room() {
    share(withFilm(), FIRST);
    advance(lifeMs() + slackMs() + lateMs());
    assertThat(store.load(ID)).isNull();
    assertThat(store.text(ID, FIRST)).isNull();
  }

  @Test
  void SB3_event_reaches_subscribers_with_the_list() {
    Room before = withFilm();
    List<Published> heard = Collections.synchronizedList(new ArrayList<>());
    store.subscribe(ID, heard::add);
    Room next = share(before, FIRST);
    awaitSize(heard, 1);
    var event = (SubtitlesChanged) heard.getFirst().events().getFirst();
    assertThat(event.tracks()).isEqualTo(next.subtitles());
    assertThat(event.by()).isEqualTo(HOST);
  }
}
