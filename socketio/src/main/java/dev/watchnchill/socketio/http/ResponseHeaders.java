package dev.watchnchill.socketio.http;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * Adds headers to responses on the Socket.IO path: to polling responses and websocket handshakes,
 * not to errors.
 *
 * <p>Both methods are called on an event loop and must not block. Headers that delimit a response
 * or belong to the websocket handshake cannot be set.
 */
public interface ResponseHeaders {
  /**
   * Adds headers to the first response of a session, such as the cookie of a sticky session. Called
   * before {@link #each}. The reference server's event is {@code initial_headers}.
   */
  default void initial(HttpHeaders response, TransportRequest request) {}

  /** Adds headers to every response. The reference server's event is {@code headers}. */
  default void each(HttpHeaders response, TransportRequest request) {}
}
