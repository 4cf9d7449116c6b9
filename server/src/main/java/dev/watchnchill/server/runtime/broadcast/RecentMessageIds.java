package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatMessage;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the messages among the last {@link #CHANGES} changes of a room, with their senders
 * (rule CH2). The room itself holds the messages of its chat history.
 */
public final class RecentMessageIds {
  /** Number of changes for which ids are kept. */
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

  /** Returns the change in which a user sent a message to this room, or null when none is known. */
  public @Nullable Long seqOf(UUID id, UserId user, Room now) {
    Said said = among(id, now);
    return said == null || !said.by().equals(user) ? null : (Long) said.seq();
  }

  /** Returns whether another user has sent a message with the id to this room. */
  public boolean usedByAnother(UUID id, UserId user, Room now) {
    Said said = among(id, now);
    return said != null && !said.by().equals(user);
  }

  private @Nullable Said among(UUID id, Room now) {
    Said said = byId.get(id);
    return said != null && said.seq() > now.seq() - CHANGES ? said : null;
  }

  /** Forgets the messages after a change: the restored room has never had them. */
  void forgetAfter(long seq) {
    byId.values().removeIf(said -> said.seq() > seq);
  }

  void clear() {
    byId.clear();
  }
}
