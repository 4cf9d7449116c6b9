package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.UserId;
import dev.watchnchill.server.wire.RoomBroadcast;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the last events of a room, for clients that missed some (rule SQ2). */
final class EventHistory {
  /** Most events that are kept. */
  static final int SIZE = 128;

  /**
   * An event, or a member who was put back.
   *
   * @param event an event, or null when there was none to send
   * @param putBack the member whom the change put back, or null
   * @param late whether clients at its revision may have missed it, as it came after the others
   */
  private record Entry(
      long seq, @Nullable RoomBroadcast event, @Nullable UserId putBack, long bytes, boolean late) {
    /** Returns whether a client at that revision may not have it. */
    boolean isNewTo(long clientSeq) {
      return late ? seq >= clientSeq : seq > clientSeq;
    }
  }

  private final Deque<Entry> entries = new ArrayDeque<>();
  // Everything after this change is in the entries.
  private long completeAfterSeq;
  private long bytes;

  EventHistory(long seq) {
    completeAfterSeq = seq;
  }

  void add(long seq, RoomBroadcast event) {
    add(seq, event, 0, SIZE);
  }

  /**
   * Adds an event.
   *
   * @param eventBytes its estimated size
   * @param keep how many events are kept, at most {@link #SIZE}
   */
  void add(long seq, RoomBroadcast event, long eventBytes, int keep) {
    add(new Entry(seq, event, null, eventBytes, false), keep);
  }

  /**
   * Adds that a member with a socket here was put back, in a change that was not sent by itself.
   */
  void addPutBack(long seq, UserId user) {
    add(new Entry(seq, null, user, 0, false), SIZE);
  }

  /** Adds an event of earlier changes, sent after all others of the last change. */
  void addLate(long seq, RoomBroadcast event, long eventBytes, int keep) {
    add(new Entry(seq, event, null, eventBytes, true), keep);
  }

  private void add(Entry entry, int keep) {
    entries.add(entry);
    bytes += entry.bytes();
    while (entries.size() > keep) {
      Entry oldest = entries.remove();
      completeAfterSeq = oldest.late() ? oldest.seq() + 1 : oldest.seq();
      bytes -= oldest.bytes();
    }
  }

  /** Returns the estimated size of all its events. */
  long bytes() {
    return bytes;
  }

  /**
   * Returns what that user has missed after that change; null when it is not known any more, or
   * when the user was put back meanwhile (rule IN4): no event to the user has its rights then.
   *
   * @param host whether the user is a host, who receives more (rule EN13)
   */
  @Nullable List<ServerMessage> after(long seq, UserId user, boolean host) {
    if (seq < completeAfterSeq) {
      return null;
    }
    var missed = new ArrayList<ServerMessage>();
    for (Entry entry : entries) {
      if (!entry.isNewTo(seq)) {
        continue;
      }
      RoomBroadcast event = entry.event();
      if (user.equals(entry.putBack()) || (event != null && isJoinOf(user, event))) {
        return null;
      }
      if (event != null && event.reaches(user, host)) {
        missed.add(event.message());
      }
    }
    return missed;
  }

  private static boolean isJoinOf(UserId user, RoomBroadcast event) {
    return event.message() instanceof ServerMessage.UserJoined && user.equals(event.except());
  }
}
