package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.CloseReason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one event loop that go first when memory is short, in the order in which they
 * came: those that are not kept. Also the HTTP connections with half-received bodies. Confined to
 * the event loop.
 *
 * <p>A linked list through the sessions themselves: an idle one costs two references.
 */
final class Strangers {
  /** The part of the sessions that goes each time the heap is found short. */
  private static final int HEAP_PART = 4;

  private @Nullable EngineSession newest;
  private int count;
  private final LinkedHashSet<FrontDoor> bodies = new LinkedHashSet<>();

  void add(EngineSession session) {
    EngineSession before = newest;
    session.older = before;
    session.newer = null;
    if (before != null) {
      before.newer = session;
    }
    newest = session;
    count++;
  }

  void remove(EngineSession session) {
    EngineSession after = session.newer;
    EngineSession before = session.older;
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
    if (before != null) {
      before.newer = after;
    }
    session.older = null;
    session.newer = null;
    count--;
  }

  void add(FrontDoor door) {
    bodies.add(door);
  }

  void remove(FrontDoor door) {
    bodies.remove(door);
  }

  /**
   * Closes the newest sessions: until unfinished input takes half of what it may, and for the heap
   * a quarter of them. Half-received bodies are given up first.
   */
  void relieve(MemoryGuard memory, boolean heap) {
    List<FrontDoor> newestFirst = new ArrayList<>(bodies).reversed();
    for (FrontDoor door : newestFirst) {
      if (!memory.wantsBuffersBack()) {
        break;
      }
      var _ = door.giveUpBody();
    }
    int least = heap ? Math.ceilDiv(count, HEAP_PART) : 0;
    EngineSession session = newest;
    while (session != null && (least > 0 || memory.wantsBuffersBack())) {
      session.close(CloseReason.MEMORY_SHORT);
      least--;
      session = newest;
    }
  }
}
