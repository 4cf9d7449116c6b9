package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Frame;
import dev.watchnchill.socketio.engine.Ids;
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
 * Connection state recovery for one namespace: the recent events with their offsets, and the state
 * of the sockets that have dropped.
 *
 * <p>An event is recorded and handed to the event loops under one lock, so that the order of the
 * record is the order in which every socket gets it, and a socket that comes back misses none and
 * gets none twice.
 */
final class Recovery {
  /** The state a dropped socket left behind. */
  record Saved(
      String pid, String id, Set<String> rooms, @Nullable Object attachment, long sinceNanos) {}

  /** A state to go on with, and the events missed meanwhile (with a reference each). */
  record Restored(Saved saved, List<Frame> missed) {}

  private record Entry(String offset, Targets targets, Frame frame, long atNanos) {}

  private final long keepNanos;
  private final int packetsMax;
  private final LongSupplier nowNanos;
  private final String offsetPrefix = Ids.next().substring(0, 6);
  private final AtomicLong offsets = new AtomicLong();
  private final ArrayDeque<Entry> log = new ArrayDeque<>();
  private final LinkedHashMap<String, Saved> saved = new LinkedHashMap<>();
  private boolean closed;

  Recovery(long keepNanos, int packetsMax, LongSupplier nowNanos) {
    this.keepNanos = keepNanos;
    this.packetsMax = packetsMax;
    this.nowNanos = nowNanos;
  }

  String nextOffset() {
    return offsetPrefix + Long.toString(offsets.incrementAndGet(), 36);
  }

  /** Records an event and posts it in one step. */
  synchronized void record(String offset, Targets targets, Frame frame, Runnable post) {
    if (!closed) {
      expire();
      frame.retain();
      log.add(new Entry(offset, targets, frame, nowNanos.getAsLong()));
    }
    post.run();
  }

  synchronized void save(Saved state) {
    if (!closed) {
      expire();
      saved.putLast(state.pid(), state);
    }
  }

  /** Takes out a state; {@code post} is called under the lock, with null when there is none. */
  synchronized void restore(
      String pid, String offset, java.util.function.Consumer<@Nullable Restored> post) {
    expire();
    Saved state = saved.get(pid);
    List<Frame> missed = state == null ? null : missedSince(offset, state);
    if (state == null || missed == null) {
      post.accept(null);
      return;
    }
    saved.remove(pid);
    post.accept(new Restored(state, missed));
  }

  private @Nullable List<Frame> missedSince(String offset, Saved state) {
    List<Frame> missed = new ArrayList<>();
    boolean found = false;
    for (Entry entry : log) {
      if (found && entry.targets().include(state.id(), state.rooms())) {
        missed.add(entry.frame());
      }
      found |= entry.offset().equals(offset);
    }
    missed.forEach(Frame::retain);
    return found ? missed : null;
  }

  private void expire() {
    long now = nowNanos.getAsLong();
    Entry oldest = log.peek();
    while (oldest != null && (now - oldest.atNanos() > keepNanos || log.size() > packetsMax)) {
      log.remove();
      oldest.frame().release();
      oldest = log.peek();
    }
    Map.Entry<String, Saved> first = saved.firstEntry();
    while (first != null
        && (now - first.getValue().sinceNanos() > keepNanos || saved.size() > packetsMax)) {
      saved.remove(first.getKey());
      first = saved.firstEntry();
    }
  }

  synchronized void close() {
    closed = true;
    log.forEach(entry -> entry.frame().release());
    log.clear();
    saved.clear();
  }
}
