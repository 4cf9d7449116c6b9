package dev.watchnchill.socketio;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Data of a client that asks to enter a namespace.
 *
 * @param headers headers of the HTTP request that opened the session, read-only
 * @param query query parameters of that request; of a repeated parameter, the last value
 * @param auth payload of the CONNECT packet: an object, or a missing node when there was none. It
 *     is available to middlewares and connection listeners, which copy what they need; afterwards a
 *     socket's handshake has a missing node
 * @param remoteAddress remote end of the TCP connection that opened the session (a proxy's address
 *     if there is a proxy)
 * @param secure whether this server terminated TLS for that connection
 * @param time time at which the session was opened
 * @param transport transport that the session was opened with: {@code polling} or {@code websocket}
 */
public record Handshake(
    HttpHeaders headers,
    Map<String, String> query,
    JsonNode auth,
    InetSocketAddress remoteAddress,
    boolean secure,
    Instant time,
    String transport) {}
