package dev.watchnchill.server.runtime.room;

import java.io.Serial;

/** Thrown when other instances change the room faster than this one can; a retry may succeed. */
public final class RoomBusyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  RoomBusyException(String message) {
    super(message);
  }
}
