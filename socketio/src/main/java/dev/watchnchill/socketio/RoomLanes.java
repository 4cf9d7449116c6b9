package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Lane;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * On which event loops each room of a namespace has members, so that what is sent to a room wakes
 * no other. Any thread.
 *
 * <p>A socket is counted before its loop knows that it is in the room, and no longer from when it
 * asks to leave: whoever is a member when something is sent is on one of the lanes.
 */
final class RoomLanes {
  private final List<Lane> all;
  private final Map<String, Members> rooms = new ConcurrentHashMap<>();

  RoomLanes(List<Lane> all) {
    this.all = all;
  }

  void joined(String room, Lane lane) {
    rooms.compute(room, (_, now) -> (now == null ? none() : now).plus(lane.number(), 1, all));
  }

  void left(String room, Lane lane) {
    rooms.computeIfPresent(
        room, (_, now) -> now.size == 1 ? null : now.plus(lane.number(), -1, all));
  }

  /** Where that may reach somebody. A name that is no room may be the id of a socket anywhere. */
  List<Lane> of(Targets targets) {
    if (all.size() == 1 || targets.rooms().size() != 1) {
      return all;
    }
    Members members = rooms.get(targets.rooms().iterator().next());
    return members == null ? all : members.lanes;
  }

  /** All lanes. */
  List<Lane> all() {
    return all;
  }

  private Members none() {
    return new Members(new int[all.size()], 0, List.of());
  }

  /** How many members a room has on each lane; never changed. */
  private static final class Members {
    private final int[] onLane;
    private final int size;
    private final List<Lane> lanes;

    Members(int[] onLane, int size, List<Lane> lanes) {
      this.onLane = onLane;
      this.size = size;
      this.lanes = lanes;
    }

    Members plus(int lane, int count, List<Lane> all) {
      int[] next = onLane.clone();
      next[lane] += count;
      boolean same = (onLane[lane] == 0) == (next[lane] == 0);
      return new Members(next, size + count, same ? lanes : used(next, all));
    }

    private static List<Lane> used(int[] onLane, List<Lane> all) {
      return all.stream().filter(lane -> onLane[lane.number()] > 0).toList();
    }
  }
}
