package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item of the queue as clients read it (QU12).
 *
 * @param duration seconds; 0 while unknown
 * @param userId the member who added it
 * @param votes how many members vote for it; 0 for one that is not in the list
 * @param endedAt when another one followed, of an item that was shown, or null
 * @param failed true for an item that no viewer's player could play, or null
 * @param position seconds, where the film was left (QU15), or null
 */
public record QueueEntry(
    String itemId,
    String videoUrl,
    String videoType,
    @Nullable String title,
    double duration,
    @Nullable String poster,
    String userId,
    String userName,
    String addedAt,
    int votes,
    long rank,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String endedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean failed,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double position) {
  /** Returns an item of the list, with the votes for it. */
  static QueueEntry listed(QueueItem item, Queue queue) {
    return of(item, queue.votes().count(item.id()), null);
  }

  /** Returns these items of the list, with the votes for them. */
  static List<QueueEntry> listed(List<QueueItem> items, Queue queue) {
    return items.stream().map(item -> listed(item, queue)).toList();
  }

  /** Returns an item that nobody votes for. */
  static QueueEntry of(QueueItem item) {
    return of(item, 0, null);
  }

  /** Returns an item that was shown. */
  static QueueEntry played(PlayedItem played) {
    return of(played.item(), 0, played);
  }

  private static QueueEntry of(QueueItem item, int votes, @Nullable PlayedItem played) {
    Media media = item.media();
    return new QueueEntry(
        item.id().toString(),
        media.url(),
        WireText.name(media.kind()),
        item.title(),
        item.duration(),
        item.poster(),
        item.userId().toString(),
        item.userName().value(),
        WireText.iso(item.addedAtMs()),
        votes,
        item.rank(),
        played == null ? null : WireText.iso(played.endedAtMs()),
        (played != null && played.failed()) ? (Boolean) true : null,
        (played != null && played.position() > 0) ? (Double) played.position() : null);
  }
}
