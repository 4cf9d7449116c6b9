package dev.watchnchill.socketio;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;

/**
 * Decides whether a page is the server's own although its {@code Origin} does not name the
 * request's {@code Host}, as behind a proxy that changes the host or leaves out the port.
 *
 * <p>Asked on the event loop, for websockets that would be refused otherwise; must not block.
 */
@FunctionalInterface
public interface OriginCheck {
  /**
   * Returns whether the page may connect as the server's own.
   *
   * @param origin the {@code Origin} header, unchecked
   * @param remoteAddress the peer, which may be a proxy
   * @param headers of the request
   */
  boolean isOwn(String origin, InetSocketAddress remoteAddress, HttpHeaders headers);
}
