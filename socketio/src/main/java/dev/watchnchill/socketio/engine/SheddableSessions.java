package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.limit.MemoryPressureMonitor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and incomplete request bodies of one event loop that are closed first when memory is
 * short. Kept sessions are not among them. Confined to the event loop.
 *
 * <p>The sessions are linked in the order of opening, so that an idle one costs two references.
 */
final class SheddableSessions {
  /** One part in this many of the sessions is closed each time the heap is short. */
  private static final int HEAP_PART = 4;

  private @Nullable EngineSession newest;
  private int count;
  private final LinkedHashSet<EngineHttpHandler> bodies = new LinkedHashSet<>();

  void add(EngineSession session) {
    EngineSession before = newest;
    session.olderSheddable = before;
    session.newerSheddable = null;
    if (before != null) {
      before.newerSheddable = session;
    }
    newest = session;
    count++;
  }

  void remove(EngineSession session) {
    EngineSession after = session.newerSheddable;
    EngineSession before = session.olderSheddable;
    if (after == null) {
      newest = before;
    } else {
      after.olderSheddable = before;
    }
    if (before != null) {
      before.newerSheddable = after;
    }
    session.olderSheddable = null;
    session.newerSheddable = null;
    count--;
  }

  void add(EngineHttpHandler engineHandler) {
    bodies.add(engineHandler);
  }

  void remove(EngineHttpHandler engineHandler) {
    bodies.remove(engineHandler);
  }

  /**
   * Drops incomplete bodies, then closes the newest sessions: until incomplete input takes half of
   * its limit, and for the heap at least a quarter of the sessions.
   */
  void shed(MemoryPressureMonitor memory, boolean heap) {
    List<EngineHttpHandler> newestFirst = new ArrayList<>(bodies).reversed();
    for (EngineHttpHandler engineHandler : newestFirst) {
      if (!memory.shouldShedBuffers()) {
        break;
      }
      var _ = engineHandler.dropBody();
    }
    int least = heap ? Math.ceilDiv(count, HEAP_PART) : 0;
    EngineSession session = newest;
    while (session != null && (least > 0 || memory.shouldShedBuffers())) {
      session.close(CloseReason.MEMORY_SHORT);
      least--;
      session = newest;
    }
  }
}
