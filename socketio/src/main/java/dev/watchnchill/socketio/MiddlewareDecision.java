package dev.watchnchill.socketio;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decision of a {@link Middleware} on one CONNECT packet.
 *
 * @param accepted whether the next middleware is asked, or the client enters the namespace
 * @param message text of the client's {@code connect_error}; empty when accepted
 * @param data the {@code data} of that error; null for none
 */
public record MiddlewareDecision(boolean accepted, String message, @Nullable JsonNode data) {
  private static final MiddlewareDecision ACCEPTED = new MiddlewareDecision(true, "", null);

  /** Accepts the client. */
  public static MiddlewareDecision accept() {
    return ACCEPTED;
  }

  /** Rejects the client with a {@code connect_error} of this message. */
  public static MiddlewareDecision reject(String message) {
    return reject(message, null);
  }

  /** Rejects the client with a {@code connect_error} of this message and this data. */
  public static MiddlewareDecision reject(String message, @Nullable JsonNode data) {
    return new MiddlewareDecision(false, message, data);
  }
}
