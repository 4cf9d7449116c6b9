package dev.watchnchill.server.http;

import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.socketio.http.GateDecision;
import dev.watchnchill.socketio.http.TransportGate;
import dev.watchnchill.socketio.http.TransportRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The limits of Engine.IO handshakes and polls, which never reach the HTTP limiter (rule RL6). */
public final class TransportLimits implements TransportGate {
  private final ClientAddresses addresses;
  private final WindowLimit handshakes;
  private final WindowLimit polls;

  /** Creates separate counters for handshakes and polls. */
  public TransportLimits(ClientAddresses addresses, WindowLimit handshakes, WindowLimit polls) {
    this.addresses = addresses;
    this.handshakes = handshakes;
    this.polls = polls;
  }

  /** Admits every session that {@link #check} has let through. */
  @Override
  public CompletionStage<GateDecision> admit(TransportRequest request) {
    return CompletableFuture.completedFuture(GateDecision.allow());
  }

  @Override
  public GateDecision check(TransportRequest request) {
    ClientKey client = ClientKey.of(addresses.of(request.remoteAddress(), request.headers()));
    RequestLimit.Verdict verdict =
        switch (request.kind()) {
          case HANDSHAKE -> handshakes.count(client);
          case POLL, UPGRADE -> polls.count(client);
        };
    return verdict.allowed()
        ? GateDecision.allow()
        : GateDecision.reject(
            429,
            Map.of(
                "Retry-After", Long.toString(verdict.retryAfterSeconds()),
                "X-RateLimit-Limit", Integer.toString(verdict.limit()),
                "X-RateLimit-Remaining", "0"),
            "Too Many Requests");
  }
}
