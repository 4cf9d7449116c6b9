package dev.watchnchill.server.redis.room;

import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Revision;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers each change of a room once and in the order of seq, in whatever order the changes
 * arrive.
 */
final class ChangeReorderBuffer {
  // Written by the thread that runs the stream's tasks; read by others.
  private volatile @Nullable Revision position;
  // Changes that arrived too early, by the seq that they follow.
  private final TreeMap<Long, Committed> buffered = new TreeMap<>();

  /**
   * Returns the revision of the last delivered change, or null while unknown: then any change is
   * the next.
   */
  @Nullable Revision position() {
    return position;
  }

  /** Sets the revision to continue from, and discards buffered changes before it. */
  void resetTo(@Nullable Revision revision) {
    if (revision == null) {
      position = null;
      return;
    }
    boolean sameEpoch = buffered.isEmpty() || epochOfBuffered() == revision.epoch();
    position = revision;
    if (sameEpoch) {
      buffered.headMap(revision.seq()).clear();
    } else {
      buffered.clear();
    }
  }

  private long epochOfBuffered() {
    return buffered.firstEntry().getValue().after().epoch();
  }

  /**
   * Returns whether the change to a revision was delivered already; may be called from any thread.
   */
  boolean hasDelivered(Revision after) {
    Revision current = position;
    return current != null
        && (after.epoch() < current.epoch()
            || (after.epoch() == current.epoch() && after.seq() <= current.seq()));
  }

  /** Adds a change. */
  void add(Committed change) {
    Revision current = position;
    if (hasDelivered(change.after())) {
      return;
    }
    if (current == null || change.before().epoch() != current.epoch()) {
      // A new epoch of the room: subscribers with a copy of the last one see that and load it.
      position = change.before();
      buffered.clear();
    }
    buffered.put(change.before().seq(), change);
  }

  /** Delivers the changes that follow without a gap. */
  void drainTo(Consumer<Committed> next) {
    for (Revision current = position;
        current != null && buffered.containsKey(current.seq());
        current = position) {
      Committed change = buffered.remove(current.seq());
      if (change != null) {
        position = change.after();
        next.accept(change);
      }
    }
  }

  /** Returns whether buffered changes wait for a missing one. */
  boolean hasGap() {
    return !buffered.isEmpty();
  }

  /** Gives up the missing changes together with the buffered ones. */
  void skipGap() {
    Map.Entry<Long, Committed> last = buffered.lastEntry();
    if (last != null) {
      position = last.getValue().after();
    }
    buffered.clear();
  }
}
