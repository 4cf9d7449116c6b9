package dev.watchnchill.socketio.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Allows or rejects requests on the Socket.IO path: the place for rate limits, bans and lookups.
 */
@FunctionalInterface
public interface TransportGate {
  /**
   * Decides on a new session. Called once for each valid handshake, on an event loop; must not
   * block. The stage may complete later and on any thread. A stage that fails, or takes longer than
   * the configured gate timeout, rejects the handshake with 503. The result has no effect when the
   * client has disconnected meanwhile.
   */
  CompletionStage<GateDecision> admit(TransportRequest request);

  /**
   * Decides on any request on the path, before other work: handshakes (before {@link #admit}),
   * polls and upgrades. Called on an event loop; must be cheap.
   */
  default GateDecision check(TransportRequest request) {
    return GateDecision.allow();
  }

  /** Returns a gate that decides on new sessions at once. */
  static TransportGate of(Function<TransportRequest, GateDecision> decision) {
    return request -> CompletableFuture.completedFuture(decision.apply(request));
  }
}
