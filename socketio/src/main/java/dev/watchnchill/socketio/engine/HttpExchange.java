package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * One request on the Socket.IO path that waits for its one response. Made on the connection's event
 * loop, answered on the session's.
 */
final class HttpExchange {
  private final ChannelHandlerContext ctx;
  private final HttpHeaders cors;
  private final long arrivedNanos;
  private final long sentNanos;

  HttpExchange(ChannelHandlerContext ctx, HttpHeaders cors, long arrivedNanos, long sentNanos) {
    this.ctx = ctx;
    this.cors = cors;
    this.arrivedNanos = arrivedNanos;
    this.sentNanos = sentNanos;
  }

  /** Where the response goes. */
  ChannelHandlerContext ctx() {
    return ctx;
  }

  /** The response headers that CORS wants. */
  HttpHeaders cors() {
    return cors;
  }

  /** When the request was read, on the event loops' common clock. */
  long arrivedNanos() {
    return arrivedNanos;
  }

  /**
   * The best guess at when the client sent it, to tell which of two requests came first. For the
   * first request of a connection that is when the connection was accepted: one thread accepts them
   * all, in order, while the event loops that read may be late by any time.
   */
  long sentNanos() {
    return sentNanos;
  }

  /** A polling payload. */
  void payload(ByteBuf body) {
    respond(HttpResponseStatus.OK, "text/plain; charset=UTF-8", body);
  }

  /** The answer to a POST: content type as in the reference, for old browsers' sake. */
  void ok() {
    respond(HttpResponseStatus.OK, "text/html", ascii("ok"));
  }

  void error(EngineError error) {
    respond(HttpResponseStatus.valueOf(error.status()), "application/json", ascii(error.json()));
  }

  void respond(HttpResponseStatus status, String contentType, ByteBuf body) {
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.add(cors);
    Net.writeAndFlush(ctx, response);
  }

  static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
