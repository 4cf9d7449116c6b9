package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatMessage;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the messages among the last {@link #CHANGES} changes of a room, with their senders
 * (rule CH2). The messages of the room's history the room knows by itself.
 */
final class RecentMessageIds {
  /** Among how many changes an id is known. */
  static final int CHANGES = 128;

  private record Said(UserId by, long seq) {}

  // Oldest first: messages come in the order of seq.
  private final LinkedHashMap<UUID, Said> byId = new LinkedHashMap<>();

  void remember(RoomEvent event) {
    if (event instanceof RoomEvent.MessageSent(long seq, ChatMessage message)) {
      byId.put(message.id(), new Said(message.userId(), seq));
      while (!byId.isEmpty() && byId.firstEntry().getValue().seq() <= seq - CHANGES) {
        byId.pollFirstEntry();
      }
    }
  }

  /** The change in which that user sent that message to this room, or null when none is known. */
  @Nullable Long seqOf(UUID id, UserId user, Room now) {
    Said said = among(id, now);
    return said == null || !said.by().equals(user) ? null : (Long) said.seq();
  }

  /** Whether another user has sent a message of that id to this room. */
  boolean usedByAnother(UUID id, UserId user, Room now) {
    Said said = among(id, now);
    return said != null && !said.by().equals(user);
  }

  private @Nullable Said among(UUID id, Room now) {
    Said said = byId.get(id);
    return said != null && said.seq() > now.seq() - CHANGES ? said : null;
  }

  /** Forgets the messages after that change: the room that is kept now has never had them. */
  void forgetAfter(long seq) {
    byId.values().removeIf(said -> said.seq() > seq);
  }

  void clear() {
    byId.clear();
  }
}
