package dev.watchnchill.party.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of a room, oldest first; a value (rule LF2).
 *
 * @param messages unmodifiable
 */
public record ChatLog(List<ChatMessage> messages) {
  /** Nothing said yet. */
  public static final ChatLog EMPTY = new ChatLog(List.of());

  /** Keeps its own copy of the list. */
  public ChatLog {
    messages = List.copyOf(messages);
  }

  /** The message with that id, or null when it is not among them (any more). */
  public @Nullable ChatMessage find(UUID id) {
    for (ChatMessage message : messages) {
      if (message.id().equals(id)) {
        return message;
      }
    }
    return null;
  }

  /** With one more; the oldest go when there are more than {@code keep}. */
  public ChatLog plus(ChatMessage message, int keep) {
    var next = new ArrayList<>(messages);
    next.add(message);
    return new ChatLog(next.subList(Math.max(0, next.size() - keep), next.size()));
  }
}
