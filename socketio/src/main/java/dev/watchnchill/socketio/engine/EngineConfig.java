package dev.watchnchill.socketio.engine;

import static dev.watchnchill.socketio.limit.RangeChecks.atLeast;
import static dev.watchnchill.socketio.limit.RangeChecks.within;

import dev.watchnchill.socketio.http.CorsPolicy;
import dev.watchnchill.socketio.http.HttpHandler;
import dev.watchnchill.socketio.http.OriginCheck;
import dev.watchnchill.socketio.http.ResponseHeaders;
import dev.watchnchill.socketio.http.TransportGate;
import dev.watchnchill.socketio.http.TransportRequest;
import dev.watchnchill.socketio.limit.ConnectionSettings;
import dev.watchnchill.socketio.limit.InboundLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an {@link EngineServer}, each with a checked range.
 *
 * @param path path of the endpoint, without a trailing slash (clients may add one)
 * @param pathPrefix prefix under which the endpoint is reachable as well, for a proxy that does not
 *     strip it; empty for none
 * @param pingInterval time from a pong to the next ping
 * @param pingTimeout time that a client has for its pong
 * @param maxPayloadBytes size of the largest polling request body, websocket frame and message
 * @param connectTimeout time that a session has to enter a namespace
 * @param upgradeTimeout time that an upgrade to websocket may take
 * @param httpIdleTimeout time that a TCP connection has for its next complete request
 * @param cors foreign pages that may connect
 * @param originCheck decides which other pages count as the server's own; null for none
 * @param transports transports that are offered
 * @param eventLoops number of threads that serve connections
 * @param connectionsPerLoop number of connections that a thread takes before the next thread is
 *     used; when all threads have so many, connections are spread evenly
 * @param outboxBytesMax output that may wait for one client before the client is closed as a slow
 *     consumer
 * @param acceptsBinary whether binary packets are accepted; otherwise the first one closes its
 *     session
 * @param inbound limits of what clients send
 * @param httpHandler answers requests outside of the path; null answers 404
 * @param gate allows or rejects requests on the path; null allows all
 * @param clientKey names the client of a handshake, for the rate budget that all sessions of one
 *     client share; called once for each session, on an event loop
 * @param connections limits of connections and requests before a session exists
 * @param responseHeaders adds headers to responses; null for none
 * @param clock source of {@link HandshakeRequest#time()}
 */
public record EngineConfig(
    String path,
    String pathPrefix,
    Duration pingInterval,
    Duration pingTimeout,
    int maxPayloadBytes,
    Duration connectTimeout,
    Duration upgradeTimeout,
    Duration httpIdleTimeout,
    CorsPolicy cors,
    @Nullable OriginCheck originCheck,
    Set<Transport> transports,
    int eventLoops,
    int connectionsPerLoop,
    int outboxBytesMax,
    boolean acceptsBinary,
    InboundLimits inbound,
    @Nullable HttpHandler httpHandler,
    @Nullable TransportGate gate,
    Function<TransportRequest, String> clientKey,
    ConnectionSettings connections,
    @Nullable ResponseHeaders responseHeaders,
    Clock clock) {

  /** Checks every range. */
  public EngineConfig {
    path = normalisePath(path);
    pathPrefix = pathPrefix.isEmpty() ? "" : normalisePath(pathPrefix);
    atLeast("pingInterval", pingInterval, 10);
    atLeast("pingTimeout", pingTimeout, 10);
    atLeast("connectTimeout", connectTimeout, 10);
    atLeast("upgradeTimeout", upgradeTimeout, 10);
    atLeast("httpIdleTimeout", httpIdleTimeout, 10);
    within("maxPayloadBytes", maxPayloadBytes, 128, 256 << 20);
    within("eventLoops", eventLoops, 1, 1024);
    within("connectionsPerLoop", connectionsPerLoop, 1, 1_000_000);
    within("outboxBytesMax", outboxBytesMax, 4096, 1 << 30);
    if (transports.isEmpty()) {
      throw new IllegalArgumentException("transports must name at least one transport");
    }
    transports = Set.copyOf(transports);
  }

  private static String normalisePath(String path) {
    if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
      throw new IllegalArgumentException("path must begin with '/' and have no query: " + path);
    }
    String trimmed = path;
    while (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    return trimmed;
  }
}
