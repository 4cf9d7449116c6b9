package dev.watchnchill.socketio;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who gets an event.
 *
 * @param only one socket alone; null for a broadcast
 * @param rooms the rooms of a broadcast, where a socket's id is a room of its own; empty for
 *     everybody
 * @param except ids of sockets that do not get it
 */
record Targets(@Nullable Socket only, Set<String> rooms, Set<String> except) {
  static Targets one(Socket socket) {
    return new Targets(socket, Set.of(), Set.of());
  }

  /** Whether a socket of this id in these rooms is meant. */
  boolean include(String id, Set<String> memberOf) {
    Socket single = only;
    if (single != null) {
      return single.id().equals(id);
    }
    if (except.contains(id)) {
      return false;
    }
    return rooms.isEmpty() || rooms.contains(id) || rooms.stream().anyMatch(memberOf::contains);
  }
}
