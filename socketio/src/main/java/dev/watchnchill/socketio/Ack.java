package dev.watchnchill.socketio;

/**
 * The reply slot of one received event.
 *
 * <p>Usable from any thread. The first {@link #send} answers; later ones do nothing.
 */
public interface Ack {
  /**
   * Whether the client asked for an acknowledgement. When it did not, {@link #send} does nothing.
   */
  boolean requested();

  /**
   * Answers the client.
   *
   * @param args anything Jackson can write; {@code byte[]} and {@code ByteBuffer} travel as binary
   * @throws IllegalArgumentException if an argument cannot be written as JSON
   */
  void send(@org.jspecify.annotations.Nullable Object... args);
}
