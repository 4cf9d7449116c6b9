package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.GateDecision;
import dev.watchnchill.socketio.HttpResponses;
import dev.watchnchill.socketio.ResponseHeaders;
import dev.watchnchill.socketio.TransportRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on the Socket.IO path that waits for its one response. Made on the connection's event
 * loop, answered on the session's.
 */
final class HttpExchange {
  private static final Logger log = LoggerFactory.getLogger(HttpExchange.class);

  /** Headers that an application cannot set: the framing of responses would break. */
  private static final List<AsciiString> RESERVED =
      List.of(
          HttpHeaderNames.CONTENT_LENGTH,
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.CONNECTION,
          HttpHeaderNames.UPGRADE,
          HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
          HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS,
          HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);

  private final ChannelHandlerContext ctx;
  private final HttpHeaders cors;
  private final long sentNanos;
  private long arrivedNanos;
  private @Nullable ResponseHeaders hooks;
  private @Nullable TransportRequest request;

  HttpExchange(ChannelHandlerContext ctx, HttpHeaders cors, long arrivedNanos, long sentNanos) {
    this.ctx = ctx;
    this.cors = cors;
    this.arrivedNanos = arrivedNanos;
    this.sentNanos = sentNanos;
  }

  /** Has the application add headers to the response to this request. */
  void addHeadersBy(ResponseHeaders application, TransportRequest asked) {
    hooks = application;
    request = asked;
  }

  /** Where the response goes. */
  ChannelHandlerContext ctx() {
    return ctx;
  }

  /** Whether nobody is there to be answered any more. On the connection's event loop. */
  boolean isGone() {
    return !ctx.channel().isActive() || ctx.isRemoved();
  }

  /** The response headers that CORS wants. */
  HttpHeaders cors() {
    return cors;
  }

  /** When the request was read, on the event loops' common clock. */
  long arrivedNanos() {
    return arrivedNanos;
  }

  /** Counts the request as one that has come now: it has waited until here. */
  void arrivedNow(long nowNanos) {
    arrivedNanos = nowNanos;
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

  /** Answers as a gate has decided. */
  void refuse(GateDecision.Refuse refuse) {
    FullHttpResponse response =
        HttpResponses.text(HttpResponseStatus.valueOf(refuse.status()), refuse.body());
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    response.headers().add(cors);
    refuse.headers().forEach((name, value) -> response.headers().set(name, value));
    HttpResponses.send(ctx, response);
  }

  void respond(HttpResponseStatus status, String contentType, ByteBuf body) {
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.add(cors);
    if (status.equals(HttpResponseStatus.OK)) {
      addApplicationHeaders(headers);
    }
    Net.writeAndFlush(ctx, response);
  }

  /** Adds what the application wants in a response that is no error. */
  void addApplicationHeaders(HttpHeaders response) {
    ResponseHeaders application = hooks;
    TransportRequest asked = request;
    if (application == null || asked == null) {
      return;
    }
    var added = new DefaultHttpHeaders();
    try {
      if (asked.kind() == TransportRequest.Kind.HANDSHAKE) {
        application.initial(added, asked);
      }
      application.each(added, asked);
    } catch (RuntimeException e) {
      log.error("the application's response headers failed; the response goes without", e);
      return;
    }
    RESERVED.forEach(added::remove);
    // Whatever has several values, such as Set-Cookie, keeps them all.
    added.names().forEach(name -> response.set(name, added.getAll(name)));
  }

  static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
