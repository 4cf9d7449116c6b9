package dev.watchnchill.party.chat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.queue.QueueItem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A position in a film, at which a message was sent (rule CH6).
 *
 * @param item id of the film in the queue, or null
 * @param url the link of the film; null for one that is longer than {@link #URL_MAX}
 * @param position seconds, to the millisecond
 */
public record FilmMoment(@Nullable UUID item, @Nullable String url, double position) {
  /** Most characters of a link that each message keeps a copy of. */
  static final int URL_MAX = 500;

  /** Returns where the film of a room is; null without a film, and for a live stream. */
  static @Nullable FilmMoment of(Room room, long nowMs) {
    Media media = room.media();
    if (media == null || room.timeline().liveDelayMs() != null) {
      return null;
    }
    QueueItem current = room.queue().current();
    return new FilmMoment(
        current == null ? null : current.id(),
        media.url().length() > URL_MAX ? null : media.url(),
        Math.round(room.timeline().targetAt(nowMs) * 1_000) / 1_000.0);
  }
}
