package dev.watchnchill.socketio;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recipients of one event.
 *
 * @param only the only recipient; null for a broadcast
 * @param rooms rooms of a broadcast, in which a socket's id counts as a room; empty for all sockets
 * @param except ids of excluded sockets
 */
record Recipients(@Nullable Socket only, Set<String> rooms, Set<String> except) {
  static Recipients single(Socket socket) {
    return new Recipients(socket, Set.of(), Set.of());
  }

  /** Returns whether a socket of this id in these rooms is a recipient. */
  boolean includes(String id, Set<String> memberOf) {
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
