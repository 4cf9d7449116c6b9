package dev.watchnchill.server.store;

import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions;
import dev.watchnchill.party.chat.Reactions.Mark;
import dev.watchnchill.server.store.codec.ReactionKey;
import dev.watchnchill.server.store.codec.ReactionParts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two chat logs: some of the last messages are kept, a few of which are
 * changed, and new ones follow. The messages in it have no reactions.
 *
 * @param keep how many of the old messages are kept
 * @param changed the kept messages that differ in more than their reactions
 * @param added the new messages
 * @param marks the reactions that differ, those of new messages included; empty ones were taken
 *     back. A deleted message has none any more, which is not said of each
 */
public record ChatDelta(
    int keep,
    List<ChatMessage> changed,
    List<ChatMessage> added,
    Map<ReactionKey, List<Mark>> marks) {
  /** Returns the difference that keeps the longest possible end of the old log. */
  public static ChatDelta between(ChatLog before, ChatLog next) {
    return between(before, next, ReactionParts.changes(before, next));
  }

  /**
   * Returns the difference.
   *
   * @param parts the parts in which the reactions differ; removed ones are null
   */
  public static ChatDelta between(
      ChatLog before, ChatLog next, Map<ReactionKey, @Nullable List<Mark>> parts) {
    int dropped = next.droppedOf(before);
    int keep = dropped < 0 ? 0 : before.size() - dropped;
    var changed = new ArrayList<ChatMessage>();
    if (keep > 0) {
      for (ChatMessage message : next.changedSince(before, dropped)) {
        if (!message.equalsButReactions(before.get(dropped + next.indexOf(message.id())))) {
          changed.add(message.withReactions(Reactions.NONE));
        }
      }
    }
    var added = new ArrayList<ChatMessage>();
    for (int i = keep; i < next.size(); i++) {
      added.add(next.get(i).withReactions(Reactions.NONE));
    }
    var marks = new HashMap<ReactionKey, List<Mark>>();
    parts.forEach((key, part) -> {
      ChatMessage message = next.addedBy(key.messageSeq());
      if (message != null && !message.deleted()) {
        marks.put(key, part == null ? List.of() : part);
      }
    });
    return new ChatDelta(keep, changed, added, marks);
  }

  /** Returns the chat log after the difference. */
  public ChatLog applyTo(ChatLog before) {
    ChatLog log = before.withoutOldest(Math.max(0, before.size() - keep));
    for (ChatMessage message : changed) {
      ChatMessage old = log.find(message.id());
      if (old != null) {
        log = log.with(message.deleted() ? message : message.withReactions(old.reactions()));
      }
    }
    for (ChatMessage message : added) {
      log = log.plus(message, Integer.MAX_VALUE);
    }
    return marks.isEmpty() ? log : ReactionParts.addTo(log, marks);
  }
}
