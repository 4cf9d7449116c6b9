package dev.watchnchill.socketio;

/**
 * Reply to one received event. Usable from any thread; only the first {@link #send} has an effect.
 */
public interface Ack {
  /**
   * Returns whether the client asked for an acknowledgement. If not, {@link #send} does nothing.
   */
  boolean requested();

  /**
   * Sends the acknowledgement.
   *
   * @param args anything that Jackson can write; {@code byte[]} and {@code ByteBuffer} are sent as
   *     binary
   * @throws IllegalArgumentException if an argument cannot be written as JSON
   */
  void send(@org.jspecify.annotations.Nullable Object... args);
}
