package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.http.TransportRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The opening handshake of a websocket (RFC 6455, section 4.2), for a new session or for the
 * upgrade of a polling session.
 *
 * <p>For an upgrade the TCP connection first moves to the session's event loop, so that the session
 * stays confined to one thread.
 */
final class WebSocketHandshake implements RequestBodyHandler {
  private static final Logger log = LoggerFactory.getLogger(WebSocketHandshake.class);
  private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final EngineServer server;
  private final HttpExchange exchange;
  private final EngineHttpHandler engineHandler;
  private final HttpRequest request;
  private final TransportRequest transportRequest;
  private final @Nullable EngineSession upgradedSession;

  WebSocketHandshake(
      EngineServer server,
      HttpExchange exchange,
      EngineHttpHandler engineHandler,
      HttpRequest request,
      TransportRequest transportRequest,
      @Nullable EngineSession upgradedSession) {
    this.server = server;
    this.exchange = exchange;
    this.engineHandler = engineHandler;
    this.request = request;
    this.transportRequest = transportRequest;
    this.upgradedSession = upgradedSession;
  }

  /** Returns whether the headers ask for a websocket. */
  static boolean isRequested(HttpHeaders headers) {
    return headers.containsValue(
            HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, /* ignoreCase= */ true)
        && headers.containsValue(
            HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, /* ignoreCase= */ true);
  }

  @Override
  public void complete(ByteBuf body) {
    body.release();
    String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    if (EngineHttpHandler.hasBody(request)
        || key == null
        || !isKey(key)
        || !request.method().equals(HttpMethod.GET)) {
      exchange.error(EngineError.BAD_REQUEST);
    } else if (!"13".equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      rejectVersion();
    } else if (upgradedSession == null) {
      PendingHandshake.ask(server, engineHandler, exchange, transportRequest, () -> accept(key));
    } else if (upgradedSession.loopContext() == engineHandler.loopContext()) {
      accept(key);
    } else if (server.isAccepting()) {
      move(upgradedSession.loopContext(), key);
    } else {
      exchange.error(EngineError.FORBIDDEN);
    }
  }

  /** Returns whether a text is a valid {@code Sec-WebSocket-Key}. */
  static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void rejectVersion() {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.UPGRADE_REQUIRED, Unpooled.EMPTY_BUFFER);
    response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
    ChannelOps.writeAndFlush(exchange.ctx(), response);
  }

  private void move(EventLoopContext target, String key) {
    Channel channel = exchange.ctx().channel();
    channel.config().setAutoRead(false);
    server.metrics().moving.incrementAndGet();
    var _ =
        channel
            .deregister()
            .addListener(left -> {
              if (!left.isSuccess()) {
                server.metrics().moving.decrementAndGet();
                ChannelOps.close(channel);
                return;
              }
              engineHandler.moveTo(target);
              server.loops().moved(channel, target.loop());
              target
                  .loop()
                  .register(channel)
                  .addListener(arrived -> onMoved(arrived.isSuccess(), key));
            });
  }

  /**
   * Accepts the connection on its new event loop. The client may have disconnected meanwhile; Netty
   * has then already dismantled the pipeline.
   */
  void onMoved(boolean success, String key) {
    server.metrics().moving.decrementAndGet();
    Channel channel = exchange.ctx().channel();
    if (!success || exchange.isGone()) {
      log.debug("connection has not arrived at its session's event loop");
      ChannelOps.close(channel);
      return;
    }
    accept(key);
    channel.config().setAutoRead(true);
  }

  private void accept(String key) {
    EngineSession existing = upgradedSession;
    if (engineHandler.pipelining().hasWaiting()) {
      exchange.error(EngineError.BAD_REQUEST);
      return;
    }
    if (existing != null && !existing.isOpen()) {
      exchange.error(EngineError.UNKNOWN_SID);
      return;
    }
    ChannelHandlerContext ctx = exchange.ctx();
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, acceptKey(key));
    exchange.addApplicationHeaders(response.headers());
    ChannelOps.write(ctx, response);

    boolean candidate = existing != null;
    EngineSession session =
        existing != null
            ? existing
            : server.open(engineHandler.loopContext(), exchange, request, transportRequest.query());
    Channel channel = ctx.channel();
    var transport = new WebSocketTransport(server, session, channel, candidate);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(new FairFrameDecoder(server.websocketConfig(), server.memory()), transport);
    pipeline.remove(engineHandler);
    pipeline.remove(engineHandler.pipelining());
    pipeline.remove(HttpServerCodec.class);
    transport.handshakeComplete();
    if (!candidate) {
      session.openWebSocket(transport, exchange.arrivedNanos());
      return;
    }

    channel.flush();
    if (session.beginUpgrade(transport)) {
      session.loopContext().pendingUpgrades.add(transport, session.loopContext().nowNanos());
    } else {
      log.debug("session is being, or has been, upgraded already");
      transport.abandonUpgrade(1000);
    }
  }

  private static String acceptKey(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-1", e);
    }
  }

  /** Returns the decoder settings: masked frames without extensions, up to a size. */
  static WebSocketDecoderConfig decoderConfig(int maxPayloadBytes) {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(maxPayloadBytes)
        .expectMaskedFrames(true)
        .allowMaskMismatch(false)
        .allowExtensions(false)
        .closeOnProtocolViolation(false)
        .withUTF8Validator(false)
        .build();
  }
}
