package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.http.CorsHeaders;
import dev.watchnchill.socketio.http.GateDecision;
import dev.watchnchill.socketio.http.HttpResponses;
import dev.watchnchill.socketio.http.OriginCheck;
import dev.watchnchill.socketio.http.PeerAddress;
import dev.watchnchill.socketio.http.RequestTarget;
import dev.watchnchill.socketio.http.ResponseHeaders;
import dev.watchnchill.socketio.http.TransportGate;
import dev.watchnchill.socketio.http.TransportRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides from the head of a request on the Socket.IO path how the request is handled. The order of
 * the checks is that of the reference server, so that a request with several faults gets the same
 * response.
 */
final class EngineRequestRouter {
  private static final Logger log = LoggerFactory.getLogger(EngineRequestRouter.class);

  private static final GateDecision.Reject MEMORY_SHORT =
      new GateDecision.Reject(503, Map.of("Retry-After", "10"), "temporarily unavailable");

  private final EngineServer server;
  private final EngineConfig config;

  EngineRequestRouter(EngineServer server) {
    this.server = server;
    this.config = server.config();
  }

  /** Returns the handler of a request's body. */
  RequestBodyHandler route(
      ChannelHandlerContext ctx, EngineHttpHandler engineHandler, HttpRequest request) {
    HttpHeaders headers = request.headers();
    HttpHeaders cors = CorsHeaders.responseHeaders(config.cors(), headers);
    long now = engineHandler.loopContext().nowNanos();
    var exchange = new HttpExchange(ctx, cors, now, engineHandler.sentNanos(now));
    Map<String, String> query = RequestTarget.query(request.uri());
    if (query == null) {
      return error(exchange, EngineError.BAD_REQUEST);
    }
    if (request.method().equals(HttpMethod.OPTIONS)) {
      return preflight(exchange, headers);
    }
    boolean upgrade = WebSocketHandshake.isRequested(headers);
    String sid = query.get("sid");
    TransportRequest transportRequest = toTransportRequest(exchange, request, query, upgrade, sid);
    RequestBodyHandler rejection = checkGate(exchange, transportRequest);
    if (rejection != null) {
      return rejection;
    }
    ResponseHeaders application = config.responseHeaders();
    if (application != null) {
      exchange.addHeadersBy(application, transportRequest);
    }
    EngineError transportError = checkTransport(query.get("transport"), upgrade);
    if (transportError != null) {
      return error(exchange, transportError);
    }
    if (upgrade
        && !CorsHeaders.mayUpgrade(config.cors(), headers)
        && !isOwnOrigin(exchange, headers)) {
      log.debug("websocket from an origin that is not allowed");
      return error(exchange, EngineError.FORBIDDEN);
    }
    if (sid == null || sid.isEmpty()) {
      return handshake(exchange, engineHandler, request, transportRequest, upgrade);
    }
    EngineSession session = server.session(sid);
    if (session == null) {
      return error(exchange, EngineError.UNKNOWN_SID);
    }
    if (upgrade) {
      return new WebSocketHandshake(
          server, exchange, engineHandler, request, transportRequest, session);
    }
    return pollingRequest(exchange, engineHandler, request.method(), session);
  }

  private boolean isOwnOrigin(HttpExchange exchange, HttpHeaders headers) {
    OriginCheck check = config.originCheck();
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    return check != null
        && origin != null
        && check.isOwn(origin, EngineServer.remoteAddress(exchange.ctx().channel()), headers);
  }

  private @Nullable EngineError checkTransport(@Nullable String transport, boolean upgrade) {
    if ("polling".equals(transport) && config.transports().contains(Transport.POLLING)) {
      return upgrade ? EngineError.BAD_REQUEST : null;
    }
    boolean websocket =
        "websocket".equals(transport) && config.transports().contains(Transport.WEBSOCKET);
    return websocket ? null : EngineError.UNKNOWN_TRANSPORT;
  }

  private RequestBodyHandler handshake(
      HttpExchange exchange,
      EngineHttpHandler engineHandler,
      HttpRequest request,
      TransportRequest transportRequest,
      boolean upgrade) {
    Map<String, String> query = transportRequest.query();
    if (!request.method().equals(HttpMethod.GET)) {
      return error(exchange, EngineError.BAD_HANDSHAKE_METHOD);
    }
    if ("websocket".equals(query.get("transport")) && !upgrade) {
      return error(exchange, EngineError.BAD_REQUEST);
    }
    if (!"4".equals(query.get("EIO"))) {
      return error(exchange, EngineError.UNSUPPORTED_PROTOCOL_VERSION);
    }
    if (!server.isAccepting()) {
      return error(exchange, EngineError.FORBIDDEN);
    }
    if (server.memory().isShort()) {
      server.metrics().handshakesRejected.increment();
      return new ImmediateResponse(() -> exchange.reject(MEMORY_SHORT));
    }
    if (upgrade) {
      return new WebSocketHandshake(
          server, exchange, engineHandler, request, transportRequest, null);
    }
    return body -> {
      body.release();
      PendingHandshake.ask(
          server,
          engineHandler,
          exchange,
          transportRequest,
          () ->
              server
                  .open(engineHandler.loopContext(), exchange, request, query)
                  .openPolling(exchange));
    };
  }

  private RequestBodyHandler pollingRequest(
      HttpExchange exchange,
      EngineHttpHandler engineHandler,
      HttpMethod method,
      EngineSession session) {
    if (method.equals(HttpMethod.GET)) {
      return body -> {
        body.release();
        engineHandler.setPollingSession(session);
        runOnLoop(engineHandler, session, () -> session.onPoll(exchange));
      };
    }
    if (!method.equals(HttpMethod.POST)) {
      return error(exchange, EngineError.BAD_HANDSHAKE_METHOD);
    }
    if (!session.beginPost()) {
      log.debug("data request overlap from client");
      session.loopContext().post(session::postFailed);
      return error(exchange, EngineError.BAD_REQUEST);
    }
    return new PostBodyHandler(exchange, engineHandler, session, config.maxPayloadBytes());
  }

  /**
   * Runs an action on the session's event loop: at once when the connection shares that loop. The
   * action cannot overtake an emit, because what it sends goes through the mailbox.
   */
  private static void runOnLoop(
      EngineHttpHandler engineHandler, EngineSession session, Runnable action) {
    if (engineHandler.loopContext() == session.loopContext()) {
      action.run();
    } else {
      session.loopContext().post(action::run);
    }
  }

  private static RequestBodyHandler error(HttpExchange exchange, EngineError error) {
    return new ImmediateResponse(() -> exchange.error(error));
  }

  private static RequestBodyHandler preflight(HttpExchange exchange, HttpHeaders request) {
    return body -> {
      body.release();
      FullHttpResponse response = HttpResponses.empty(HttpResponseStatus.NO_CONTENT);
      response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
      response.headers().add(exchange.cors());
      CorsHeaders.addPreflight(response.headers(), request);
      HttpResponses.send(exchange.ctx(), response);
    };
  }

  private static TransportRequest toTransportRequest(
      HttpExchange exchange,
      HttpRequest request,
      Map<String, String> query,
      boolean upgrade,
      @Nullable String sid) {
    boolean known = sid != null && !sid.isEmpty();
    var kind =
        known
            ? (upgrade ? TransportRequest.Kind.UPGRADE : TransportRequest.Kind.POLL)
            : TransportRequest.Kind.HANDSHAKE;
    return new TransportRequest(
        kind, PeerAddress.of(exchange.ctx().channel()), request.headers(), query, request.method());
  }

  private @Nullable RequestBodyHandler checkGate(
      HttpExchange exchange, TransportRequest transportRequest) {
    TransportGate gate = config.gate();
    if (gate == null) {
      return null;
    }
    GateDecision decision;
    try {
      decision = gate.check(transportRequest);
    } catch (RuntimeException e) {
      log.error("the transport gate failed; the request is rejected", e);
      decision = GateDecision.reject(503, Map.of(), "temporarily unavailable");
    }
    return switch (decision) {
      case GateDecision.Allow _ -> null;
      case GateDecision.Reject reject -> new ImmediateResponse(() -> exchange.reject(reject));
    };
  }

  /** Responds at once and drops the body. */
  private record ImmediateResponse(Runnable answer) implements RequestBodyHandler {
    @Override
    public void complete(ByteBuf body) {
      body.release();
      answer.run();
    }
  }

  /** Receives the packets of a POST. */
  private record PostBodyHandler(
      HttpExchange exchange,
      EngineHttpHandler engineHandler,
      EngineSession session,
      int bodyBytesMax)
      implements RequestBodyHandler {
    @Override
    public void complete(ByteBuf body) {
      int bytes = body.readableBytes();
      List<String> packets;
      try {
        packets = PollingPayload.split(body);
      } finally {
        body.release();
      }
      runOnLoop(engineHandler, session, () -> session.onPost(exchange, packets, bytes));
    }

    @Override
    public boolean isKept() {
      return session.inbound().isKept();
    }

    @Override
    public void abort() {
      session.loopContext().post(session::postFailed);
    }
  }
}
