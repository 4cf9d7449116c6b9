package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.wire.EmojiCount;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Broadcasts the reactions to the film of a large room to its members on this instance: seldom, and
 * counted together (rule FX2). So n reactions make no n² messages.
 */
final class FilmReactionBroadcaster {
  /** Least time between two messages. */
  static final long INTERVAL_MS = 250;

  /** Most different emoji in one message; further ones are dropped. */
  static final int EMOJI_MAX = 20;

  private final LiveRoom room;
  private final ThrottledSender sender;
  // What has come since the last message, in the order of the first of each.
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  FilmReactionBroadcaster(LiveRoom room, RoomContext context) {
    this.room = room;
    this.sender = new ThrottledSender(room, context, this::sendPending);
  }

  /** Keeps a reaction for later, or drops it when there are too many different ones. */
  void defer(RoomEvent.FilmReacted event) {
    if (counts.size() < EMOJI_MAX || counts.containsKey(event.emoji())) {
      counts.merge(event.emoji(), 1, Integer::sum);
      sender.request();
    }
  }

  private long sendPending() {
    if (counts.isEmpty()) {
      return 0;
    }
    var reactions =
        counts.entrySet().stream()
            .map(each -> new EmojiCount(each.getKey(), each.getValue()))
            .toList();
    counts.clear();
    room.broadcaster().passing(new ServerMessage.FilmReactions(reactions, null, null));
    return INTERVAL_MS;
  }

  void clear() {
    sender.cancel();
    counts.clear();
  }
}
