package dev.watchnchill.party.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of a room, oldest first; immutable (rule LF2).
 *
 * @param messages unmodifiable
 */
public record ChatLog(List<ChatMessage> messages) {
  /** The log of a room without messages. */
  public static final ChatLog EMPTY = new ChatLog(List.of());

  /** Creates a log with a copy of the list. */
  public ChatLog {
    messages = List.copyOf(messages);
  }

  /** Returns the message with the id, or null when the log does not hold it, or no longer. */
  public @Nullable ChatMessage find(UUID id) {
    for (ChatMessage message : messages) {
      if (message.id().equals(id)) {
        return message;
      }
    }
    return null;
  }

  /** Returns this log with one more message, and at most {@code keep} of the newest. */
  public ChatLog plus(ChatMessage message, int keep) {
    var next = new ArrayList<>(messages);
    next.add(message);
    return new ChatLog(next.subList(Math.max(0, next.size() - keep), next.size()));
  }
}
