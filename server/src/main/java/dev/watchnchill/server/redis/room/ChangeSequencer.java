package dev.watchnchill.server.redis.room;

import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Revision;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets each change of a room through once and in the order of seq, however they come. */
final class ChangeSequencer {
  // Written by whoever works the queue off; others may look.
  private volatile @Nullable Revision position;
  // What came too early, by the seq it changes.
  private final TreeMap<Long, Committed> early = new TreeMap<>();

  /** Where the stream stands, or null while that is not known: then any change is the next. */
  @Nullable Revision position() {
    return position;
  }

  /** Goes on from there, and forgets what waits and is older. */
  void startAt(@Nullable Revision standing) {
    if (standing == null) {
      position = null;
      return;
    }
    boolean sameLife = early.isEmpty() || epochOfEarly() == standing.epoch();
    position = standing;
    if (sameLife) {
      early.headMap(standing.seq()).clear();
    } else {
      early.clear();
    }
  }

  private long epochOfEarly() {
    return early.firstEntry().getValue().after().epoch();
  }

  /** Whether a change that leads there has gone through already; from any thread. */
  boolean knows(Revision after) {
    Revision known = position;
    return known != null
        && (after.epoch() < known.epoch()
            || (after.epoch() == known.epoch() && after.seq() <= known.seq()));
  }

  /** Adds a change. */
  void add(Committed change) {
    Revision known = position;
    if (knows(change.after())) {
      return;
    }
    if (known == null || change.before().epoch() != known.epoch()) {
      // Another life of the room: whoever knows the last one sees that and loads it.
      position = change.before();
      early.clear();
    }
    early.put(change.before().seq(), change);
  }

  /** Lets through what is next. */
  void drainTo(Consumer<Committed> next) {
    for (Revision known = position;
        known != null && early.containsKey(known.seq());
        known = position) {
      Committed change = early.remove(known.seq());
      if (change != null) {
        position = change.after();
        next.accept(change);
      }
    }
  }

  /** Whether something waits for what goes before it. */
  boolean waiting() {
    return !early.isEmpty();
  }

  /** Gives up what goes before what waits, and that with it. */
  void skip() {
    Map.Entry<Long, Committed> last = early.lastEntry();
    if (last != null) {
      position = last.getValue().after();
    }
    early.clear();
  }
}
