package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Frame;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The sockets of one namespace on one event loop, and their rooms. Confined to that event loop. */
final class LaneSockets {
  private final Map<String, Socket> byId = new HashMap<>();
  private final Map<String, Set<Socket>> rooms = new HashMap<>();
  private final Map<String, Pace> paces = new HashMap<>();
  private final LongSupplier nowNanos;

  LaneSockets(LongSupplier nowNanos) {
    this.nowNanos = nowNanos;
  }

  void add(Socket socket) {
    byId.put(socket.id(), socket);
  }

  void join(Socket socket, String room) {
    rooms.computeIfAbsent(room, name -> new HashSet<>(4)).add(socket);
  }

  void leave(Socket socket, String room) {
    Set<Socket> members = rooms.get(room);
    if (members != null && members.remove(socket) && members.isEmpty()) {
      rooms.remove(room);
      paces.remove(room);
    }
  }

  void remove(Socket socket, Collection<String> joined) {
    byId.remove(socket.id(), socket);
    for (String room : joined) {
      leave(socket, room);
    }
  }

  /** Sends a frame to the sockets that are meant. */
  void deliver(Targets targets, Frame frame, Urgency urgency) {
    Set<String> except = targets.except();
    boolean droppable = urgency.droppable();
    if (targets.rooms().isEmpty()) {
      deliver(byId.values(), except, frame, droppable, 0);
    } else if (targets.rooms().size() == 1) {
      String room = targets.rooms().iterator().next();
      deliver(members(room), except, frame, droppable, waitNanos(room, urgency.gapNanos()));
    } else {
      Set<Socket> once = Collections.newSetFromMap(new IdentityHashMap<>());
      for (String room : targets.rooms()) {
        once.addAll(members(room));
      }
      deliver(once, except, frame, droppable, 0);
    }
  }

  /** Sends several events to the sockets of a room; these ones do not get all of them. */
  void deliver(String room, Bundle bundle, Set<String> except) {
    for (Socket socket : members(room)) {
      if (except.isEmpty() || !except.contains(socket.id())) {
        socket.deliver(bundle.together(), false, 0);
      } else {
        bundle.deliverSome(socket);
      }
    }
  }

  /** How long that room's sockets are not written to for the sake of what can wait. */
  private long waitNanos(String room, long gapNanos) {
    return gapNanos == 0 || !rooms.containsKey(room)
        ? 0
        : paces.computeIfAbsent(room, _ -> new Pace()).waitNanos(nowNanos.getAsLong(), gapNanos);
  }

  private Collection<Socket> members(String room) {
    Set<Socket> members = rooms.get(room);
    if (members != null) {
      return members;
    }
    Socket single = byId.get(room);
    return single == null ? Set.of() : Set.of(single);
  }

  private static void deliver(
      Collection<Socket> sockets,
      Set<String> except,
      Frame frame,
      boolean droppable,
      long waitNanos) {
    for (Socket socket : sockets) {
      if (except.isEmpty() || !except.contains(socket.id())) {
        socket.deliver(frame, droppable, waitNanos);
      }
    }
  }
}
