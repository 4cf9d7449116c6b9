package dev.watchnchill.socketio;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * One HTTP request on the Socket.IO path, as a {@link TransportGate} sees it.
 *
 * @param kind what the client wants
 * @param remoteAddress the other end of the TCP connection
 * @param headers the request's headers
 * @param query the query parameters; of a repeated one, the last. {@code sid} is a secret: do not
 *     log it
 * @param method the request's method
 */
public record TransportRequest(
    Kind kind,
    InetSocketAddress remoteAddress,
    HttpHeaders headers,
    Map<String, String> query,
    HttpMethod method) {

  /** What a request on the Socket.IO path is for. */
  public enum Kind {
    /** Opens a session, over polling or websocket. */
    HANDSHAKE,
    /** Fetches or brings packets of an open session. */
    POLL,
    /** Moves an open session to a websocket. */
    UPGRADE
  }
}
