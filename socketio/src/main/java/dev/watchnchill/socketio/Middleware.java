package dev.watchnchill.socketio;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Accepts or rejects a client that asks to enter a namespace.
 *
 * <p>The middlewares of a namespace run in the order in which they were added. The next one runs
 * only when the previous one has accepted.
 */
@FunctionalInterface
public interface Middleware {
  /**
   * Decides on one CONNECT packet. Called on the connection's event loop; must not block, but may
   * complete the stage later and from any thread. A stage that fails rejects the client with
   * "Internal server error".
   */
  CompletionStage<MiddlewareDecision> admit(Handshake handshake);

  /** Returns a middleware that decides at once. */
  static Middleware of(Function<Handshake, MiddlewareDecision> verdict) {
    return handshake -> CompletableFuture.completedFuture(verdict.apply(handshake));
  }
}
