package dev.watchnchill.server.store;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.party.subtitle.TrackText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The difference between the subtitle texts that are stored beside a room before and after a change
 * (rule SB5).
 *
 * @param removed the tracks whose texts are removed
 * @param put the new texts by their tracks
 */
public record TextDelta(Set<UUID> removed, Map<UUID, byte[]> put) {
  /** The difference of a change that concerns no text. */
  public static final TextDelta NONE = new TextDelta(Set.of(), Map.of());

  /**
   * Returns the difference.
   *
   * @param events the events of the change, which carry the new texts
   */
  @SuppressWarnings("ReferenceEquality") // the same list after every change of something else
  public static TextDelta between(Room before, Room next, List<RoomEvent> events) {
    if (before.subtitles() == next.subtitles()) {
      return NONE;
    }
    Set<UUID> old = tracks(before);
    Set<UUID> now = tracks(next);
    var removed = new HashSet<>(old);
    removed.removeAll(now);
    var put = new HashMap<UUID, byte[]>();
    for (RoomEvent event : events) {
      if (event instanceof RoomEvent.SubtitlesChanged changed) {
        for (TrackText text : changed.texts()) {
          if (now.contains(text.track())) {
            put.put(text.track(), text.content());
          }
        }
      }
    }
    return new TextDelta(removed, put);
  }

  /** Returns the tracks of a room whose texts are stored. */
  public static Set<UUID> tracks(Room room) {
    var tracks = new HashSet<UUID>();
    for (SubtitleTrack track : room.subtitles()) {
      if (track.source() instanceof SubtitleTrack.Text) {
        tracks.add(track.id());
      }
    }
    return tracks;
  }

  /** Returns whether no text changes. */
  public boolean isEmpty() {
    return removed.isEmpty() && put.isEmpty();
  }

  /** Returns the texts by track after the change. */
  public Map<UUID, byte[]> applyTo(Map<UUID, byte[]> texts) {
    if (isEmpty()) {
      return texts;
    }
    var changed = new HashMap<>(texts);
    changed.keySet().removeAll(removed);
    changed.putAll(put);
    return Map.copyOf(changed);
  }
}
