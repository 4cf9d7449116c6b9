package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions;
import dev.watchnchill.party.chat.Reactions.Mark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Divides the reactions in a chat log into parts, one for each member and message: so that n
 * members who react to one message write n small parts, and not n times all of them.
 */
public final class ReactionParts {
  private ReactionParts() {}

  /** Returns all parts of a log. */
  public static Map<ReactionKey, List<Mark>> of(ChatLog log) {
    var parts = new HashMap<ReactionKey, List<Mark>>();
    for (ChatMessage message : log.messages()) {
      message
          .reactions()
          .marks()
          .forEach((user, marks) -> parts.put(new ReactionKey(message.seq(), user), marks));
    }
    return parts;
  }

  /** Returns the parts in which a log differs from the one before; removed ones are null. */
  public static Map<ReactionKey, @Nullable List<Mark>> changes(ChatLog before, ChatLog next) {
    var changes = new HashMap<ReactionKey, @Nullable List<Mark>>();
    int dropped = next.droppedOf(before);
    if (dropped < 0) {
      of(before).keySet().forEach(key -> changes.put(key, null));
      changes.putAll(of(next));
      return changes;
    }
    for (int i = 0; i < dropped; i++) {
      addChanges(before.get(i), Reactions.NONE, changes);
    }
    for (ChatMessage changed : next.changedSince(before, dropped)) {
      ChatMessage was = before.get(dropped + next.indexOf(changed.id()));
      addChanges(was, changed.reactions(), changes);
    }
    for (int i = before.size() - dropped; i < next.size(); i++) {
      ChatMessage added = next.get(i);
      added
          .reactions()
          .marks()
          .forEach((user, marks) -> changes.put(new ReactionKey(added.seq(), user), marks));
    }
    return changes;
  }

  private static void addChanges(
      ChatMessage was, Reactions now, Map<ReactionKey, @Nullable List<Mark>> changes) {
    now.differingFrom(was.reactions())
        .forEach((user, marks) ->
            changes.put(new ReactionKey(was.seq(), user), marks.isEmpty() ? null : marks));
  }

  /**
   * Returns a log with these parts in place of its own. An empty part removes the member's
   * reactions. Parts of deleted messages, and of messages that are not in the log, are ignored: an
   * older server does not remove them from the store.
   */
  public static ChatLog addTo(ChatLog log, Map<ReactionKey, List<Mark>> parts) {
    var byMessage = new HashMap<Long, Map<UserId, List<Mark>>>();
    parts.forEach((key, marks) ->
        byMessage.computeIfAbsent(key.messageSeq(), _ -> new HashMap<>()).put(key.user(), marks));
    ChatLog next = log;
    for (Map.Entry<Long, Map<UserId, List<Mark>>> each : byMessage.entrySet()) {
      ChatMessage message = next.addedBy(each.getKey());
      if (message != null && !message.deleted()) {
        Reactions before = message.reactions();
        next =
            next.with(
                message.withReactions(
                    before.isEmpty()
                        ? Reactions.of(each.getValue())
                        : before.with(each.getValue())));
      }
    }
    return next;
  }
}
