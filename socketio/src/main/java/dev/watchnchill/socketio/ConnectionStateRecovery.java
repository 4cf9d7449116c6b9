package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EncodedFrame;
import dev.watchnchill.socketio.engine.RandomIds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connection state recovery of one namespace: recent events with their offsets, and the state of
 * disconnected sockets.
 *
 * <p>An event is recorded and posted to the event loops under one lock. So the recorded order is
 * the order in which every socket gets the events, and a recovered socket misses no event and gets
 * none twice.
 */
final class ConnectionStateRecovery {
  /** State of a disconnected socket. */
  record SavedSocket(
      String pid, String id, Set<String> rooms, @Nullable Object attachment, long sinceNanos) {}

  /** State of a recovered socket and the events that it has missed, with one reference each. */
  record RestoredSocket(SavedSocket saved, List<EncodedFrame> missed) {}

  private record RecordedEvent(
      String offset, Recipients recipients, EncodedFrame frame, long atNanos) {}

  private final long keepNanos;
  private final int packetsMax;
  private final LongSupplier nowNanos;
  private final String offsetPrefix = RandomIds.next().substring(0, 6);
  private final AtomicLong offsets = new AtomicLong();
  private final ArrayDeque<RecordedEvent> recentEvents = new ArrayDeque<>();
  private final LinkedHashMap<String, SavedSocket> savedSockets = new LinkedHashMap<>();
  private boolean closed;

  ConnectionStateRecovery(long keepNanos, int packetsMax, LongSupplier nowNanos) {
    this.keepNanos = keepNanos;
    this.packetsMax = packetsMax;
    this.nowNanos = nowNanos;
  }

  String nextOffset() {
    return offsetPrefix + Long.toString(offsets.incrementAndGet(), 36);
  }

  /** Records an event and posts it, in one step. */
  synchronized void record(
      String offset, Recipients recipients, EncodedFrame frame, Runnable post) {
    if (!closed) {
      expire();
      frame.retain();
      recentEvents.add(new RecordedEvent(offset, recipients, frame, nowNanos.getAsLong()));
    }
    post.run();
  }

  synchronized void save(SavedSocket state) {
    if (!closed) {
      expire();
      savedSockets.putLast(state.pid(), state);
    }
  }

  /**
   * Removes a saved state and passes it to {@code post}, which is called under the lock; with null
   * when there is no such state.
   */
  synchronized void restore(
      String pid, String offset, java.util.function.Consumer<@Nullable RestoredSocket> post) {
    expire();
    SavedSocket state = savedSockets.get(pid);
    List<EncodedFrame> missed = state == null ? null : missedSince(offset, state);
    if (state == null || missed == null) {
      post.accept(null);
      return;
    }
    savedSockets.remove(pid);
    post.accept(new RestoredSocket(state, missed));
  }

  private @Nullable List<EncodedFrame> missedSince(String offset, SavedSocket state) {
    List<EncodedFrame> missed = new ArrayList<>();
    boolean found = false;
    for (RecordedEvent entry : recentEvents) {
      if (found && entry.recipients().includes(state.id(), state.rooms())) {
        missed.add(entry.frame());
      }
      found |= entry.offset().equals(offset);
    }
    missed.forEach(EncodedFrame::retain);
    return found ? missed : null;
  }

  private void expire() {
    long now = nowNanos.getAsLong();
    RecordedEvent oldest = recentEvents.peek();
    while (oldest != null
        && (now - oldest.atNanos() > keepNanos || recentEvents.size() > packetsMax)) {
      recentEvents.remove();
      oldest.frame().release();
      oldest = recentEvents.peek();
    }
    Map.Entry<String, SavedSocket> first = savedSockets.firstEntry();
    while (first != null
        && (now - first.getValue().sinceNanos() > keepNanos || savedSockets.size() > packetsMax)) {
      savedSockets.remove(first.getKey());
      first = savedSockets.firstEntry();
    }
  }

  synchronized void close() {
    closed = true;
    recentEvents.forEach(entry -> entry.frame().release());
    recentEvents.clear();
    savedSockets.clear();
  }
}
