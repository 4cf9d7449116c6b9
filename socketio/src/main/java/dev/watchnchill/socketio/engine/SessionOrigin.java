package dev.watchnchill.socketio.engine;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;

/**
 * The request that opened a session.
 *
 * @param headers its headers, read-only
 * @param query its query parameters
 * @param remoteAddress the other end of its TCP connection
 * @param secure whether that connection was TLS
 * @param time when it came
 * @param transport {@code polling} or {@code websocket}
 */
public record SessionOrigin(
    HttpHeaders headers,
    Map<String, String> query,
    InetSocketAddress remoteAddress,
    boolean secure,
    Instant time,
    String transport) {}
