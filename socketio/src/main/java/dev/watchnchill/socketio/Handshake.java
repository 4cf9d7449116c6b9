package dev.watchnchill.socketio;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a client has shown when it asked to enter a namespace.
 *
 * @param headers the headers of the HTTP request that opened the session, read-only
 * @param query the query parameters of that request; of a repeated one, the last
 * @param auth the payload of the CONNECT packet: an object, or a missing node when there was none.
 *     It is there for middlewares and connection listeners, which take from it what they need;
 *     afterwards a socket's handshake has a missing node
 * @param remoteAddress the other end of the TCP connection that opened the session (a proxy's
 *     address when there is a proxy)
 * @param secure whether that TCP connection ended here in TLS
 * @param time when the session was opened
 * @param transport the transport the session was opened with: {@code polling} or {@code websocket}
 */
public record Handshake(
    HttpHeaders headers,
    Map<String, String> query,
    JsonNode auth,
    InetSocketAddress remoteAddress,
    boolean secure,
    Instant time,
    String transport) {}
