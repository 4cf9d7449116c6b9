package dev.watchnchill.socketio.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * Complete HTTP responses for an {@link HttpHandler}.
 *
 * <p>The server sets {@code Content-Length} and {@code Connection} and closes connections that are
 * not kept alive, for these and all other responses of a handler.
 */
public final class HttpResponses {
  private HttpResponses() {}

  /** Returns a response with a {@code text/plain; charset=utf-8} body. */
  public static FullHttpResponse text(HttpResponseStatus status, String body) {
    return of(status, "text/plain; charset=utf-8", body);
  }

  /** Returns a response with an {@code application/json} body. */
  public static FullHttpResponse json(HttpResponseStatus status, String body) {
    return of(status, "application/json", body);
  }

  /** Returns a response with this content type and this body, encoded as UTF-8. */
  public static FullHttpResponse of(HttpResponseStatus status, String contentType, String body) {
    return of(status, contentType, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
  }

  /** Returns a response with this content type and this body. Takes over the body's reference. */
  public static FullHttpResponse of(HttpResponseStatus status, String contentType, ByteBuf body) {
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    return response;
  }

  /** Returns a response without a body. */
  public static FullHttpResponse empty(HttpResponseStatus status) {
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
    return response;
  }

  /** Writes and flushes a response. A failed write closes the connection. */
  public static void send(ChannelHandlerContext ctx, FullHttpResponse response) {
    var _ = ctx.writeAndFlush(response, ctx.voidPromise());
  }
}
