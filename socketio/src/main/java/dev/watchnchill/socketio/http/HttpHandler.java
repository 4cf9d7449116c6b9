package dev.watchnchill.socketio.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Answers the HTTP requests outside of the Socket.IO path.
 *
 * <p>Called on the event loop, with one request of a connection at a time; must not block. The
 * handler owns the request and releases it. The response may come later and from any thread: a full
 * response, or a head, chunks or {@code FileRegion}s and a {@code LastHttpContent}. Pipelined
 * requests wait until the last content is written. {@link HttpResponses} builds common responses.
 */
@FunctionalInterface
public interface HttpHandler {
  /** Size of the largest request body in bytes. A larger one is answered 413 and not passed on. */
  int BODY_BYTES_MAX = 64 * 1024;

  /**
   * Returns the size of the largest body that the handler accepts for a request, up to {@link
   * #BODY_BYTES_MAX}. With 0 the request is passed on at its head without a body, and a connection
   * that sends a body is closed after the response.
   */
  default int bodyBytesMax(HttpRequest head) {
    return BODY_BYTES_MAX;
  }

  /** Handles one request. */
  void handle(ChannelHandlerContext ctx, FullHttpRequest request);
}
