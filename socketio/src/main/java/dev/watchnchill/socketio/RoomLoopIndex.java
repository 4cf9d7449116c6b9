package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EventLoopContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Index of the event loops on which each room of a namespace has members, so that an event to a
 * room wakes no other event loop. Any thread.
 *
 * <p>A socket is counted before its event loop adds it to the room, and discounted as soon as it
 * asks to leave. So every member at the time of an emit is on one of the indexed loops.
 */
final class RoomLoopIndex {
  private final List<EventLoopContext> all;
  private final Map<String, RoomMembership> rooms = new ConcurrentHashMap<>();

  RoomLoopIndex(List<EventLoopContext> all) {
    this.all = all;
  }

  /** Counts a member of a room. */
  void memberAdded(String room, EventLoopContext loopContext) {
    rooms.compute(
        room,
        (_, current) -> (current == null ? none() : current).plus(loopContext.number(), 1, all));
  }

  /** Discounts a member of a room. */
  void memberRemoved(String room, EventLoopContext loopContext) {
    rooms.computeIfPresent(
        room,
        (_, current) -> current.size == 1 ? null : current.plus(loopContext.number(), -1, all));
  }

  /**
   * Returns the event loops that may have recipients. A name that is not a room may be the id of a
   * socket on any loop.
   */
  List<EventLoopContext> of(Recipients recipients) {
    if (all.size() == 1 || recipients.rooms().size() != 1) {
      return all;
    }
    RoomMembership membership = rooms.get(recipients.rooms().iterator().next());
    return membership == null ? all : membership.loopContexts;
  }

  /** Returns all event loops. */
  List<EventLoopContext> all() {
    return all;
  }

  private RoomMembership none() {
    return new RoomMembership(new int[all.size()], 0, List.of());
  }

  /** Number of members of a room on each event loop; immutable. */
  private static final class RoomMembership {
    private final int[] membersPerLoop;
    private final int size;
    private final List<EventLoopContext> loopContexts;

    RoomMembership(int[] membersPerLoop, int size, List<EventLoopContext> loopContexts) {
      this.membersPerLoop = membersPerLoop;
      this.size = size;
      this.loopContexts = loopContexts;
    }

    RoomMembership plus(int loopNumber, int count, List<EventLoopContext> all) {
      int[] next = membersPerLoop.clone();
      next[loopNumber] += count;
      boolean same = (membersPerLoop[loopNumber] == 0) == (next[loopNumber] == 0);
      return new RoomMembership(next, size + count, same ? loopContexts : used(next, all));
    }

    private static List<EventLoopContext> used(int[] membersPerLoop, List<EventLoopContext> all) {
      return all.stream().filter(loopContext -> membersPerLoop[loopContext.number()] > 0).toList();
    }
  }
}
