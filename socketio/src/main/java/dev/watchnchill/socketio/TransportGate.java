package dev.watchnchill.socketio;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Decides who may use the Socket.IO path: the place for rate limits, bans and lookups. */
@FunctionalInterface
public interface TransportGate {
  /**
   * Decides about a new session. Called once for each, on an event loop, when its handshake is
   * otherwise in order; must not block. The stage may complete later and on any thread. A stage
   * that fails, or takes longer than {@link EdgeSettings#gateTimeout}, refuses with 503. Its result
   * is of no consequence when the client has gone meanwhile.
   */
  CompletionStage<GateDecision> admit(TransportRequest request);

  /**
   * Decides about any request on the path before work is done for it: handshakes (before {@link
   * #admit}), polls and upgrades. Called on an event loop; must be cheap.
   */
  default GateDecision check(TransportRequest request) {
    return GateDecision.allow();
  }

  /** Returns a gate that decides about new sessions at once. */
  static TransportGate of(Function<TransportRequest, GateDecision> decision) {
    return request -> CompletableFuture.completedFuture(decision.apply(request));
  }
}
