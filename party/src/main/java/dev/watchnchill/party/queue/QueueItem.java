package dev.watchnchill.party.queue;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A film in the queue, or one that is shown or was shown (QU).
 *
 * @param id its id
 * @param media the film
 * @param title its title, 1 to {@link #TITLE_MAX} characters, or null while unknown
 * @param lookedUp whether the title is the server's, which no member's replaces (rule QU11)
 * @param duration its length in seconds; 0 while unknown. It is for display alone and ends no film
 * @param poster the link of its picture, or null
 * @param userId the member who added it
 * @param userName name of that member at that time
 * @param addedAtMs when, ms since the epoch
 * @param rank orders the items of the list
 */
public record QueueItem(
    UUID id,
    Media media,
    @Nullable String title,
    boolean lookedUp,
    double duration,
    @Nullable String poster,
    UserId userId,
    DisplayName userName,
    long addedAtMs,
    long rank) {
  /** Longest title, in code points (rule QU11). */
  public static final int TITLE_MAX = 200;

  /** Returns this item at another place. */
  QueueItem at(long newRank) {
    return newRank == rank
        ? this
        : new QueueItem(
            id, media, title, lookedUp, duration, poster, userId, userName, addedAtMs, newRank);
  }

  /** Returns this item with other details. */
  QueueItem described(
      @Nullable String newTitle, boolean byServer, double seconds, @Nullable String picture) {
    return new QueueItem(
        id, media, newTitle, byServer, seconds, picture, userId, userName, addedAtMs, rank);
  }

  /** Returns the same film as a new item. */
  QueueItem again(UUID newId, UserId by, DisplayName name, long nowMs) {
    return new QueueItem(newId, media, title, lookedUp, duration, poster, by, name, nowMs, 0);
  }
}
