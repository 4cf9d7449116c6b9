package dev.watchnchill.server.runtime;

import dev.watchnchill.party.UserId;
import dev.watchnchill.server.wire.Outbound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last events of a room's stream, for clients that missed some (rule SQ2). */
final class EventHistory {
  /** How many events are kept. */
  static final int SIZE = 128;

  private record Entry(long seq, Outbound event) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  // Everything after this change is in the entries.
  private long completeAfterSeq;

  EventHistory(long seq) {
    completeAfterSeq = seq;
  }

  void add(long seq, Outbound event) {
    entries.add(new Entry(seq, event));
    while (entries.size() > SIZE) {
      completeAfterSeq = entries.remove().seq();
    }
  }

  /**
   * What that user has missed after that change as {@code [name, payload]} pairs, or null when it
   * is not known any more.
   */
  @Nullable List<List<Object>> after(long seq, UserId user) {
    if (seq < completeAfterSeq) {
      return null;
    }
    var missed = new ArrayList<List<Object>>();
    for (Entry entry : entries) {
      if (entry.seq() > seq && !user.equals(entry.event().except())) {
        missed.add(List.of(entry.event().name(), entry.event().payload()));
      }
    }
    return missed;
  }
}
