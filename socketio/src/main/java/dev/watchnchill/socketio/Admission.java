package dev.watchnchill.socketio;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The verdict of a {@link Middleware} on one CONNECT packet.
 *
 * @param accepted whether the next middleware, or the namespace, may have the client
 * @param message the text of the client's {@code connect_error}; empty when accepted
 * @param data the {@code data} of that error; null for none
 */
public record Admission(boolean accepted, String message, @Nullable JsonNode data) {
  private static final Admission ACCEPTED = new Admission(true, "", null);

  /** Lets the client in. */
  public static Admission accept() {
    return ACCEPTED;
  }

  /** Refuses the client: it gets {@code connect_error} with this message. */
  public static Admission refuse(String message) {
    return refuse(message, null);
  }

  /** Refuses the client: it gets {@code connect_error} with this message and this data. */
  public static Admission refuse(String message, @Nullable JsonNode data) {
    return new Admission(false, message, data);
  }
}
