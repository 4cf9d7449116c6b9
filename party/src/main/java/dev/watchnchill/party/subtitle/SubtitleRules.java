package dev.watchnchill.party.subtitle;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.SetSubtitles;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.playback.Media;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides on the subtitles that are shared with all members (SB). */
public final class SubtitleRules {
  private SubtitleRules() {}

  /** Replaces the list of shared subtitles (rules SB1 to SB3). */
  public static Decision set(Room room, SetSubtitles set, long nowMs) {
    Media film = room.media();
    if (film == null) {
      return Decision.rejected(room, Rejection.NO_FILM);
    }
    if (set.film() != null && !set.film().equals(film.url())) {
      return Decision.rejected(room, Rejection.FILM_CHANGED);
    }
    var tracks = new ArrayList<SubtitleTrack>();
    var texts = new ArrayList<TrackText>();
    Set<UUID> ids = new HashSet<>();
    for (RequestedTrack requested : set.tracks()) {
      SubtitleTrack track =
          switch (requested) {
            case RequestedTrack.Kept kept -> kept(room, kept);
            case RequestedTrack.Added(SubtitleTrack added, TrackText text) -> {
              if (text != null) {
                texts.add(text);
              }
              yield added;
            }
          };
      if (track == null || !ids.add(track.id())) {
        return Decision.rejected(room, Rejection.TRACK_NOT_FOUND);
      }
      tracks.add(track);
    }
    if (tracks.stream().mapToLong(SubtitleTrack::bytes).sum() > SubtitleTrack.ROOM_BYTES_MAX) {
      return Decision.rejected(room, Rejection.SUBTITLES_TOO_LARGE);
    }
    if (tracks.equals(room.subtitles())) {
      return Decision.unchanged(room);
    }
    Room next = room.changed(nowMs).withSubtitles(tracks);
    return Decision.done(
        next,
        List.of(new RoomEvent.SubtitlesChanged(next.seq(), next.subtitles(), set.actor(), texts)));
  }

  private static @Nullable SubtitleTrack kept(Room room, RequestedTrack.Kept kept) {
    for (SubtitleTrack track : room.subtitles()) {
      if (track.id().equals(kept.id())) {
        return track.renamed(kept.label(), kept.language());
      }
    }
    return null;
  }

  /** Follows a decision that may have shown another film, which has no subtitles (rule SB4). */
  public static Decision follow(Room before, Decision decision) {
    Room next = decision.next();
    if (before.subtitles().isEmpty()
        || !next.subtitles().isEmpty()
        || before.media() == null
        || before.media().equals(next.media())) {
      return decision;
    }
    var events = new ArrayList<>(decision.events());
    events.add(new RoomEvent.SubtitlesChanged(next.seq(), List.of(), null, List.of()));
    return new Decision(
        next, List.copyOf(events), decision.rejection(), decision.joined(), decision.retryInMs());
  }
}
