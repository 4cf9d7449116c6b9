package dev.watchnchill.server.store;

import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The difference between two chat logs: some of the last messages are kept, and new ones follow.
 *
 * @param keep how many of the old messages are kept
 * @param added the new messages
 */
public record ChatDelta(int keep, List<ChatMessage> added) {
  /** Returns the difference that keeps the longest possible end of the old log. */
  public static ChatDelta between(ChatLog before, ChatLog next) {
    List<ChatMessage> old = before.messages();
    List<ChatMessage> now = next.messages();
    for (int dropped = 0; dropped < old.size(); dropped++) {
      List<ChatMessage> kept = old.subList(dropped, old.size());
      if (kept.size() <= now.size() && now.subList(0, kept.size()).equals(kept)) {
        return new ChatDelta(kept.size(), now.subList(kept.size(), now.size()));
      }
    }
    return new ChatDelta(0, now);
  }

  /** Returns the chat log after the difference. */
  public ChatLog applyTo(ChatLog before) {
    List<ChatMessage> old = before.messages();
    var now = new ArrayList<ChatMessage>(old.subList(Math.max(0, old.size() - keep), old.size()));
    now.addAll(added);
    return new ChatLog(now);
  }
}
