package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.http.GateDecision;
import dev.watchnchill.socketio.http.HttpResponses;
import dev.watchnchill.socketio.http.ResponseHeaders;
import dev.watchnchill.socketio.http.TransportRequest;
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
 * A request on the Socket.IO path and its response. Created on the connection's event loop,
 * answered on the session's.
 */
final class HttpExchange {
  private static final Logger log = LoggerFactory.getLogger(HttpExchange.class);

  /** Headers that an application cannot set, because they would break the framing of responses. */
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
  private @Nullable ResponseHeaders responseHeaders;
  private @Nullable TransportRequest request;

  HttpExchange(ChannelHandlerContext ctx, HttpHeaders cors, long arrivedNanos, long sentNanos) {
    this.ctx = ctx;
    this.cors = cors;
    this.arrivedNanos = arrivedNanos;
    this.sentNanos = sentNanos;
  }

  /** Sets the application's hook that adds headers to the response. */
  void addHeadersBy(ResponseHeaders application, TransportRequest transportRequest) {
    responseHeaders = application;
    request = transportRequest;
  }

  /** Returns the context that the response is written to. */
  ChannelHandlerContext ctx() {
    return ctx;
  }

  /** Returns whether the client has disconnected. Connection's event loop only. */
  boolean isGone() {
    return !ctx.channel().isActive() || ctx.isRemoved();
  }

  /** Returns the CORS headers of the response. */
  HttpHeaders cors() {
    return cors;
  }

  /** Returns when the request was read, by the common clock of the event loops. */
  long arrivedNanos() {
    return arrivedNanos;
  }

  /** Sets the time of arrival to now, because the request has waited until now. */
  void resetArrival(long nowNanos) {
    arrivedNanos = nowNanos;
  }

  /**
   * Returns the best estimate of when the client sent the request, to order two requests.
   *
   * <p>For the first request of a connection this is the time at which the connection was accepted.
   * One thread accepts all connections in order, while the event loops that read may be late by any
   * time.
   */
  long sentNanos() {
    return sentNanos;
  }

  /** Responds with a polling payload. */
  void payload(ByteBuf body) {
    respond(HttpResponseStatus.OK, "text/plain; charset=UTF-8", body);
  }

  /** Responds to a POST. The content type is that of the reference server. */
  void ok() {
    respond(HttpResponseStatus.OK, "text/html", ascii("ok"));
  }

  void error(EngineError error) {
    respond(HttpResponseStatus.valueOf(error.status()), "application/json", ascii(error.json()));
  }

  /** Responds with the rejection of a gate. */
  void reject(GateDecision.Reject reject) {
    FullHttpResponse response =
        HttpResponses.text(HttpResponseStatus.valueOf(reject.status()), reject.body());
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    response.headers().add(cors);
    reject.headers().forEach((name, value) -> response.headers().set(name, value));
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
    ChannelOps.writeAndFlush(ctx, response);
  }

  /** Adds the application's headers to a response that is not an error. */
  void addApplicationHeaders(HttpHeaders response) {
    ResponseHeaders application = responseHeaders;
    TransportRequest transportRequest = request;
    if (application == null || transportRequest == null) {
      return;
    }
    var added = new DefaultHttpHeaders();
    try {
      if (transportRequest.kind() == TransportRequest.Kind.HANDSHAKE) {
        application.initial(added, transportRequest);
      }
      application.each(added, transportRequest);
    } catch (RuntimeException e) {
      log.error("the application's response headers failed; the response goes without", e);
      return;
    }
    RESERVED.forEach(added::remove);
    // A header with several values, such as Set-Cookie, keeps all of them.
    added.names().forEach(name -> response.set(name, added.getAll(name)));
  }

  static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
