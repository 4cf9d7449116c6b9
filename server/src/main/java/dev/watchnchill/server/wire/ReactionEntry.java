package dev.watchnchill.server.wire;

import dev.watchnchill.party.chat.Reactions;
import java.util.List;

/**
 * The reactions to a message with one emoji (CH9).
 *
 * @param count how many members have it
 * @param userIds of those who had it first
 */
public record ReactionEntry(String emoji, int count, List<String> userIds) {
  static List<ReactionEntry> of(Reactions reactions) {
    return reactions.tallies().stream()
        .map(tally ->
            new ReactionEntry(
                tally.emoji(),
                tally.count(),
                tally.first().stream().map(reactor -> reactor.userId().toString()).toList()))
        .toList();
  }
}
