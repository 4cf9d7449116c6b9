package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.GateDecision;
import dev.watchnchill.socketio.TransportGate;
import dev.watchnchill.socketio.TransportRequest;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handshake that waits for its {@link TransportGate}. On the connection's event loop, but for the
 * gate's own thread that brings the decision.
 */
final class PendingAdmission {
  private static final Logger log = LoggerFactory.getLogger(PendingAdmission.class);
  private static final GateDecision UNAVAILABLE =
      GateDecision.refuse(503, Map.of(), "temporarily unavailable");

  private final EngineServer server;
  private final FrontDoor door;
  private final HttpExchange exchange;
  private final Runnable admitted;
  private boolean settled;
  private boolean waiting;

  private PendingAdmission(
      EngineServer server, FrontDoor door, HttpExchange exchange, Runnable admitted) {
    this.server = server;
    this.door = door;
    this.exchange = exchange;
    this.admitted = admitted;
  }

  /** Asks the gate, and goes on with {@code admitted} when it allows. */
  static void ask(
      EngineServer server,
      FrontDoor door,
      HttpExchange exchange,
      TransportRequest request,
      Runnable admitted) {
    TransportGate gate = server.config().gate();
    if (gate == null) {
      admitted.run();
      return;
    }
    new PendingAdmission(server, door, exchange, admitted).ask(gate, request);
  }

  private void ask(TransportGate gate, TransportRequest request) {
    try {
      var _ = gate.admit(request).whenComplete(this::onDecision);
    } catch (RuntimeException e) {
      onDecision(null, e);
    }
    if (!settled) {
      waiting = true;
      server.metrics().admissions.incrementAndGet();
      door.lane().admissions.add(this, door.lane().nowNanos());
      door.waitsFor(this);
    }
  }

  private void onDecision(@Nullable GateDecision decision, @Nullable Throwable failure) {
    if (door.lane().loop().inEventLoop()) {
      decide(decision, failure);
      return;
    }
    try {
      door.lane().loop().execute(() -> decide(decision, failure));
    } catch (RejectedExecutionException e) {
      log.trace("event loop has ended", e);
    }
  }

  private void decide(@Nullable GateDecision decision, @Nullable Throwable failure) {
    if (!settle()) {
      return;
    }
    if (decision == null) {
      log.error("the transport gate failed; the request is refused", failure);
    }
    proceed(decision == null ? UNAVAILABLE : decision);
  }

  private void proceed(GateDecision decision) {
    if (exchange.isGone()) {
      log.debug("client has gone before the gate decided");
      return;
    }
    switch (decision) {
      case GateDecision.Allow _ -> {
        if (server.isAccepting()) {
          admitted.run();
        } else {
          exchange.error(EngineError.FORBIDDEN);
        }
      }
      case GateDecision.Refuse refuse -> exchange.refuse(refuse);
    }
  }

  /** The gate has had its time, or the server ends. */
  void timedOut() {
    if (settle()) {
      log.debug("transport gate has not decided in time");
      proceed(UNAVAILABLE);
    }
  }

  /** The client has gone. */
  void cancel() {
    var _ = settle();
  }

  /** Ends the waiting; false when it has ended before. */
  private boolean settle() {
    if (settled) {
      return false;
    }
    settled = true;
    if (waiting) {
      waiting = false;
      server.metrics().admissions.decrementAndGet();
      door.lane().admissions.remove(this);
      // Heartbeats begin now, not when the request came.
      exchange.arrivedNow(door.lane().nowNanos());
    }
    return true;
  }
}
