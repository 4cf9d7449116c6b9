package dev.watchnchill.socketio;

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
 * Complete HTTP answers for an {@link HttpHandler}.
 *
 * <p>{@code Content-Length}, {@code Connection} and the end of connections that are not kept alive
 * are seen to by the server, for these and for any other response a handler writes.
 */
public final class HttpResponses {
  private HttpResponses() {}

  /** A response with a {@code text/plain; charset=utf-8} body. */
  public static FullHttpResponse text(HttpResponseStatus status, String body) {
    return of(status, "text/plain; charset=utf-8", body);
  }

  /** A response with an {@code application/json} body. */
  public static FullHttpResponse json(HttpResponseStatus status, String body) {
    return of(status, "application/json", body);
  }

  /** A response with this content type and this body, encoded as UTF-8. */
  public static FullHttpResponse of(HttpResponseStatus status, String contentType, String body) {
    return of(status, contentType, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
  }

  /** A response with this content type and this body, whose reference it takes over. */
  public static FullHttpResponse of(HttpResponseStatus status, String contentType, ByteBuf body) {
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    return response;
  }

  /** A response without a body. */
  public static FullHttpResponse empty(HttpResponseStatus status) {
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
    return response;
  }

  /** Writes and flushes a response; a failure to write closes the connection. */
  public static void send(ChannelHandlerContext ctx, FullHttpResponse response) {
    var _ = ctx.writeAndFlush(response, ctx.voidPromise());
  }
}
