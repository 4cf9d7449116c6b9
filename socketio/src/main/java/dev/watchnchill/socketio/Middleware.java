package dev.watchnchill.socketio;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Decides whether a client may enter a namespace.
 *
 * <p>The middlewares of a namespace run in the order they were added, the next one only after the
 * previous one has accepted.
 */
@FunctionalInterface
public interface Middleware {
  /**
   * Judges one CONNECT packet. Called on the connection's event loop; must not block, but may
   * answer later and from any thread. A stage that fails refuses the client with "Internal server
   * error".
   */
  CompletionStage<Admission> admit(Handshake handshake);

  /** A middleware that knows its verdict at once. */
  static Middleware of(Function<Handshake, Admission> verdict) {
    return handshake -> CompletableFuture.completedFuture(verdict.apply(handshake));
  }
}
