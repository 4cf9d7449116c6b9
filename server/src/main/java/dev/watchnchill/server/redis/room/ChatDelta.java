package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * How a chat became another one: some of its last messages stay, and others come after them.
 *
 * @param keep how many of the old ones stay
 * @param added the new ones
 */
record ChatDelta(int keep, List<ChatMessage> added) {

  /** How that became this; the longest possible end of the old one stays. */
  static ChatDelta between(ChatLog before, ChatLog next) {
    List<ChatMessage> old = before.messages();
    List<ChatMessage> now = next.messages();
    for (int gone = 0; gone < old.size(); gone++) {
      List<ChatMessage> stay = old.subList(gone, old.size());
      if (stay.size() <= now.size() && now.subList(0, stay.size()).equals(stay)) {
        return new ChatDelta(stay.size(), now.subList(stay.size(), now.size()));
      }
    }
    return new ChatDelta(0, now);
  }

  /** What another one who has the old chat has then. */
  ChatLog applyTo(ChatLog before) {
    List<ChatMessage> old = before.messages();
    var now = new ArrayList<ChatMessage>(old.subList(Math.max(0, old.size() - keep), old.size()));
    now.addAll(added);
    return new ChatLog(now);
  }
}
