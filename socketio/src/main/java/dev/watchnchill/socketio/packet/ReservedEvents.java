package dev.watchnchill.socketio.packet;

import java.util.Set;

/** The event names that belong to the library and cannot be sent by either side. */
public final class ReservedEvents {
  private static final Set<String> NAMES =
      Set.of(
          "connect",
          "connect_error",
          "disconnect",
          "disconnecting",
          "newListener",
          "removeListener");

  private ReservedEvents() {}

  /** Whether this name is reserved. */
  public static boolean contains(String event) {
    return NAMES.contains(event);
  }
}
