package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatMessage;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the last messages of a room, for those that are said again when the room has said more
 * than its history holds since (rule CH2). What the history holds the room knows by itself.
 */
final class RecentMessageIds {
  private static final int SIZE = 256;

  private record Said(UserId by, long seq) {}

  private final LinkedHashMap<UUID, Said> byId = new LinkedHashMap<>();

  void remember(RoomEvent event) {
    if (event instanceof RoomEvent.MessageSent(long seq, ChatMessage message)) {
      byId.put(message.id(), new Said(message.userId(), seq));
      if (byId.size() > SIZE) {
        byId.pollFirstEntry();
      }
    }
  }

  /** The change in which that user said that, or null when it is not known. */
  @Nullable Long seqOf(UUID id, UserId user) {
    Said said = byId.get(id);
    return said == null || !said.by().equals(user) ? null : (Long) said.seq();
  }

  void clear() {
    byId.clear();
  }
}
