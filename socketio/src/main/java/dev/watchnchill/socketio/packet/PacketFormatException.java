package dev.watchnchill.socketio.packet;

import org.jspecify.annotations.Nullable;

/**
 * Signals that received data is not a packet. The message gives the reason and contains nothing of
 * the payload.
 */
public final class PacketFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a reason. */
  public PacketFormatException(String message) {
    this(message, null);
  }

  PacketFormatException(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
  }
}
