package dev.watchnchill.socketio.engine;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;

/**
 * The request that opened a session.
 *
 * @param headers headers, read-only
 * @param query query parameters
 * @param remoteAddress remote end of the TCP connection
 * @param secure whether that connection was TLS
 * @param time time of arrival
 * @param transport {@code polling} or {@code websocket}
 */
public record HandshakeRequest(
    HttpHeaders headers,
    Map<String, String> query,
    InetSocketAddress remoteAddress,
    boolean secure,
    Instant time,
    String transport) {}
