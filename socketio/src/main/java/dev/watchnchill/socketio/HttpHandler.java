package dev.watchnchill.socketio;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Answers the HTTP requests outside of the Socket.IO path.
 *
 * <p>Called on the event loop, one request of a connection at a time; must not block. It owns the
 * request and releases it. The answer may come later and from any thread: a full response, or a
 * head, chunks or {@code FileRegion}s and a {@code LastHttpContent}. Requests that a client
 * pipelines wait until the last content is written. {@link HttpResponses} builds common answers.
 */
@FunctionalInterface
public interface HttpHandler {
  /** The largest request body, in bytes; a larger one is answered 413 before it gets here. */
  int BODY_BYTES_MAX = 64 * 1024;

  /**
   * Returns how much of this request's body is wanted, up to {@link #BODY_BYTES_MAX}. With 0 the
   * request is handed on without its body as soon as its head is there, and a connection that
   * brings one all the same is closed after the response.
   */
  default int bodyBytesMax(HttpRequest head) {
    return BODY_BYTES_MAX;
  }

  /** Takes one request. */
  void handle(ChannelHandlerContext ctx, FullHttpRequest request);
}
