package dev.watchnchill.socketio;

/**
 * Asked before any work is done for a request on the Socket.IO path: each handshake, each polling
 * request, each upgrade. The place for rate limits and for bans.
 */
@FunctionalInterface
public interface TransportGate {
  /** Called on an event loop; must not block. */
  GateDecision check(TransportRequest request);
}
