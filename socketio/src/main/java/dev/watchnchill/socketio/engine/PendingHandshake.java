package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.http.GateDecision;
import dev.watchnchill.socketio.http.TransportGate;
import dev.watchnchill.socketio.http.TransportRequest;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handshake that waits for the decision of the {@link TransportGate}. Confined to the
 * connection's event loop, except for the gate's thread that delivers the decision.
 */
final class PendingHandshake {
  private static final Logger log = LoggerFactory.getLogger(PendingHandshake.class);
  private static final GateDecision UNAVAILABLE =
      GateDecision.reject(503, Map.of(), "temporarily unavailable");

  private final EngineServer server;
  private final EngineHttpHandler engineHandler;
  private final HttpExchange exchange;
  private final Runnable onAdmitted;
  private boolean settled;
  private boolean waiting;

  private PendingHandshake(
      EngineServer server,
      EngineHttpHandler engineHandler,
      HttpExchange exchange,
      Runnable onAdmitted) {
    this.server = server;
    this.engineHandler = engineHandler;
    this.exchange = exchange;
    this.onAdmitted = onAdmitted;
  }

  /** Asks the gate, and runs {@code onAdmitted} when it allows the request. */
  static void ask(
      EngineServer server,
      EngineHttpHandler engineHandler,
      HttpExchange exchange,
      TransportRequest request,
      Runnable onAdmitted) {
    TransportGate gate = server.config().gate();
    if (gate == null) {
      onAdmitted.run();
      return;
    }
    new PendingHandshake(server, engineHandler, exchange, onAdmitted).ask(gate, request);
  }

  private void ask(TransportGate gate, TransportRequest request) {
    try {
      var _ = gate.admit(request).whenComplete(this::onDecision);
    } catch (RuntimeException e) {
      onDecision(null, e);
    }
    if (!settled) {
      waiting = true;
      server.metrics().pendingHandshakes.incrementAndGet();
      engineHandler
          .loopContext()
          .pendingHandshakes
          .add(this, engineHandler.loopContext().nowNanos());
      engineHandler.setPendingHandshake(this);
    }
  }

  private void onDecision(@Nullable GateDecision decision, @Nullable Throwable failure) {
    if (engineHandler.loopContext().loop().inEventLoop()) {
      decide(decision, failure);
      return;
    }
    try {
      engineHandler.loopContext().loop().execute(() -> decide(decision, failure));
    } catch (RejectedExecutionException e) {
      log.trace("event loop has ended", e);
    }
  }

  private void decide(@Nullable GateDecision decision, @Nullable Throwable failure) {
    if (!settle()) {
      return;
    }
    if (decision == null) {
      log.error("the transport gate failed; the request is rejected", failure);
    }
    proceed(decision == null ? UNAVAILABLE : decision);
  }

  private void proceed(GateDecision decision) {
    if (exchange.isGone()) {
      log.debug("client has disconnected before the gate decided");
      return;
    }
    switch (decision) {
      case GateDecision.Allow _ -> {
        if (server.isAccepting()) {
          onAdmitted.run();
        } else {
          exchange.error(EngineError.FORBIDDEN);
        }
      }
      case GateDecision.Reject reject -> exchange.reject(reject);
    }
  }

  /** Rejects the handshake, because the gate has not decided in time or the server is closing. */
  void timeOut() {
    if (settle()) {
      log.debug("transport gate has not decided in time");
      proceed(UNAVAILABLE);
    }
  }

  /** Ends the wait, because the client has disconnected. */
  void cancel() {
    var _ = settle();
  }

  /** Ends the wait; returns false when it has ended before. */
  private boolean settle() {
    if (settled) {
      return false;
    }
    settled = true;
    if (waiting) {
      waiting = false;
      server.metrics().pendingHandshakes.decrementAndGet();
      engineHandler.loopContext().pendingHandshakes.remove(this);
      // Heartbeats start now, not at the arrival of the request.
      exchange.resetArrival(engineHandler.loopContext().nowNanos());
    }
    return true;
  }
}
