package dev.watchnchill.socketio.packet;

import java.util.Set;

/** Event names that are reserved for the library and cannot be sent by either side. */
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

  /** Returns whether a name is reserved. */
  public static boolean contains(String event) {
    return NAMES.contains(event);
  }
}
