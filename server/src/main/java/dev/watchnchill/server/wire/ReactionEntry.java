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
  /** The size of the id of a member, and of an entry without ids, in characters. */
  private static final int PART_LENGTH = 40;

  /** Returns about how long the entries of these reactions are, in characters. */
  public static int length(Reactions reactions) {
    return PART_LENGTH
        * reactions.tallies().stream().mapToInt(tally -> tally.first().size() + 1).sum();
  }

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
