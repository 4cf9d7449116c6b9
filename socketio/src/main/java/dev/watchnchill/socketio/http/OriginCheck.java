package dev.watchnchill.socketio.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;

/**
 * Decides whether a page belongs to this server although its {@code Origin} does not name the
 * request's {@code Host}, as behind a proxy that changes the host or leaves out the port.
 *
 * <p>Called on the event loop, for websockets that would be rejected otherwise; must not block.
 */
@FunctionalInterface
public interface OriginCheck {
  /**
   * Returns whether the page may connect as the server's own.
   *
   * @param origin the {@code Origin} header, unchecked
   * @param remoteAddress the peer, which may be a proxy
   * @param headers headers of the request
   */
  boolean isOwn(String origin, InetSocketAddress remoteAddress, HttpHeaders headers);
}
