package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EncodedFrame;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Sockets of one namespace on one event loop, and their rooms. Confined to that event loop. */
final class EventLoopSockets {
  private final Map<String, Socket> byId = new HashMap<>();
  private final Map<String, Set<Socket>> rooms = new HashMap<>();
  private final Map<String, WriteThrottle> throttles = new HashMap<>();
  private final LongSupplier nowNanos;

  EventLoopSockets(LongSupplier nowNanos) {
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
      throttles.remove(room);
    }
  }

  void remove(Socket socket, Collection<String> joined) {
    byId.remove(socket.id(), socket);
    for (String room : joined) {
      leave(socket, room);
    }
  }

  /** Sends a frame to its recipients on this event loop. */
  void deliver(Recipients recipients, EncodedFrame frame, DeliveryOptions options) {
    Set<String> except = recipients.except();
    boolean droppable = options.droppable();
    if (recipients.rooms().isEmpty()) {
      deliver(byId.values(), except, frame, droppable, 0);
    } else if (recipients.rooms().size() == 1) {
      String room = recipients.rooms().iterator().next();
      deliver(members(room), except, frame, droppable, waitNanos(room, options.throttleNanos()));
    } else {
      Set<Socket> once = Collections.newSetFromMap(new IdentityHashMap<>());
      for (String room : recipients.rooms()) {
        once.addAll(members(room));
      }
      deliver(once, except, frame, droppable, 0);
    }
  }

  /**
   * Sends a batch to the sockets of a room.
   *
   * @param except ids of sockets that are excluded from at least one of the events
   */
  void deliver(String room, BatchedDelivery batch, Set<String> except) {
    for (Socket socket : members(room)) {
      if (except.isEmpty() || !except.contains(socket.id())) {
        socket.deliver(batch.combined(), false, 0);
      } else {
        batch.deliverIndividually(socket);
      }
    }
  }

  /**
   * Returns how long a throttled event to a room has to wait; 0 for an event that is not throttled.
   */
  private long waitNanos(String room, long throttleNanos) {
    return throttleNanos == 0 || !rooms.containsKey(room)
        ? 0
        : throttles
            .computeIfAbsent(room, _ -> new WriteThrottle())
            .waitNanos(nowNanos.getAsLong(), throttleNanos);
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
      EncodedFrame frame,
      boolean droppable,
      long waitNanos) {
    for (Socket socket : sockets) {
      if (except.isEmpty() || !except.contains(socket.id())) {
        socket.deliver(frame, droppable, waitNanos);
      }
    }
  }
}
