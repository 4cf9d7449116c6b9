package dev.watchnchill.socketio.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * An HTTP request on the Socket.IO path, as seen by a {@link TransportGate}.
 *
 * @param kind purpose of the request
 * @param remoteAddress remote end of the TCP connection
 * @param headers headers of the request
 * @param query query parameters; of a repeated one, the last value. {@code sid} is a secret: do not
 *     log it
 * @param method method of the request
 */
public record TransportRequest(
    Kind kind,
    InetSocketAddress remoteAddress,
    HttpHeaders headers,
    Map<String, String> query,
    HttpMethod method) {

  /** Purpose of a request on the Socket.IO path. */
  public enum Kind {
    /** Opens a session, over polling or websocket. */
    HANDSHAKE,
    /** Fetches or sends packets of an open session. */
    POLL,
    /** Upgrades an open session to a websocket. */
    UPGRADE
  }
}
