package dev.watchnchill.socketio.packet;

import org.jspecify.annotations.Nullable;

/** What was received is no packet. The message says why and holds nothing of the payload. */
public final class PacketFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A fault of this kind. */
  public PacketFormatException(String message) {
    this(message, null);
  }

  PacketFormatException(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
  }
}
