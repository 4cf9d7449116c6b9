package dev.watchnchill.server.runtime;

import java.io.Serial;

/** Others change the room faster than this server can; the same wish may succeed later. */
final class RoomBusyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  RoomBusyException(String message) {
    super(message);
  }
}
