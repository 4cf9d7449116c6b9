package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.GateDecision;
import dev.watchnchill.socketio.HttpResponses;
import dev.watchnchill.socketio.OriginCheck;
import dev.watchnchill.socketio.Peers;
import dev.watchnchill.socketio.ResponseHeaders;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoConfig.Transport;
import dev.watchnchill.socketio.TransportGate;
import dev.watchnchill.socketio.TransportRequest;
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
 * Decides what a request on the Socket.IO path is, by its head alone. The order of the checks is
 * the reference server's, so that a request with several faults gets the same answer.
 */
final class Judge {
  private static final Logger log = LoggerFactory.getLogger(Judge.class);

  private static final GateDecision.Refuse MEMORY_SHORT =
      new GateDecision.Refuse(503, Map.of("Retry-After", "10"), "temporarily unavailable");

  private final EngineServer server;
  private final SocketIoConfig config;

  Judge(EngineServer server) {
    this.server = server;
    this.config = server.config();
  }

  Intake judge(ChannelHandlerContext ctx, FrontDoor door, HttpRequest request) {
    HttpHeaders headers = request.headers();
    HttpHeaders cors = Cors.responseHeaders(config.cors(), headers);
    long now = door.lane().nowNanos();
    var exchange = new HttpExchange(ctx, cors, now, door.sentNanos(now));
    Map<String, String> query = RequestTarget.query(request.uri());
    if (query == null) {
      return error(exchange, EngineError.BAD_REQUEST);
    }
    if (request.method().equals(HttpMethod.OPTIONS)) {
      return preflight(exchange, headers);
    }
    boolean upgrade = WsHandshake.isRequested(headers);
    String sid = query.get("sid");
    TransportRequest asked = describe(exchange, request, query, upgrade, sid);
    Intake refusal = check(exchange, asked);
    if (refusal != null) {
      return refusal;
    }
    ResponseHeaders application = config.responseHeaders();
    if (application != null) {
      exchange.addHeadersBy(application, asked);
    }
    EngineError transportError = checkTransport(query.get("transport"), upgrade);
    if (transportError != null) {
      return error(exchange, transportError);
    }
    if (upgrade && !Cors.mayUpgrade(config.cors(), headers) && !isOwnPage(exchange, headers)) {
      log.debug("websocket from an origin that is not allowed");
      return error(exchange, EngineError.FORBIDDEN);
    }
    if (sid == null || sid.isEmpty()) {
      return handshake(exchange, door, request, asked, upgrade);
    }
    EngineSession session = server.session(sid);
    if (session == null) {
      return error(exchange, EngineError.UNKNOWN_SID);
    }
    if (upgrade) {
      return new WsHandshake(server, exchange, door, request, asked, session);
    }
    return polling(exchange, door, request.method(), session);
  }

  private boolean isOwnPage(HttpExchange exchange, HttpHeaders headers) {
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

  private Intake handshake(
      HttpExchange exchange,
      FrontDoor door,
      HttpRequest request,
      TransportRequest asked,
      boolean upgrade) {
    Map<String, String> query = asked.query();
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
      server.metrics().handshakesRefused.increment();
      return new Refusal(() -> exchange.refuse(MEMORY_SHORT));
    }
    if (upgrade) {
      return new WsHandshake(server, exchange, door, request, asked, null);
    }
    return body -> {
      body.release();
      PendingAdmission.ask(
          server,
          door,
          exchange,
          asked,
          () -> server.open(door.lane(), exchange, request, query).openPolling(exchange));
    };
  }

  private Intake polling(
      HttpExchange exchange, FrontDoor door, HttpMethod method, EngineSession session) {
    if (method.equals(HttpMethod.GET)) {
      return body -> {
        body.release();
        door.polls(session);
        onLane(door, session, () -> session.onPoll(exchange));
      };
    }
    if (!method.equals(HttpMethod.POST)) {
      return error(exchange, EngineError.BAD_HANDSHAKE_METHOD);
    }
    if (!session.beginPost()) {
      log.debug("data request overlap from client");
      session.lane().post(session::postFailed);
      return error(exchange, EngineError.BAD_REQUEST);
    }
    return new PostIntake(exchange, door, session, config.maxPayloadBytes());
  }

  /**
   * Requests are handled at once when the connection shares the session's event loop. This cannot
   * overtake an emit: what a request causes to be sent goes through the mailbox.
   */
  private static void onLane(FrontDoor door, EngineSession session, Runnable action) {
    if (door.lane() == session.lane()) {
      action.run();
    } else {
      session.lane().post(action::run);
    }
  }

  private static Intake error(HttpExchange exchange, EngineError error) {
    return new Refusal(() -> exchange.error(error));
  }

  private static Intake preflight(HttpExchange exchange, HttpHeaders request) {
    return body -> {
      body.release();
      FullHttpResponse response = HttpResponses.empty(HttpResponseStatus.NO_CONTENT);
      response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
      response.headers().add(exchange.cors());
      Cors.addPreflight(response.headers(), request);
      HttpResponses.send(exchange.ctx(), response);
    };
  }

  private static TransportRequest describe(
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
        kind, Peers.of(exchange.ctx().channel()), request.headers(), query, request.method());
  }

  private @Nullable Intake check(HttpExchange exchange, TransportRequest asked) {
    TransportGate gate = config.gate();
    if (gate == null) {
      return null;
    }
    GateDecision decision;
    try {
      decision = gate.check(asked);
    } catch (RuntimeException e) {
      log.error("the transport gate failed; the request is refused", e);
      decision = GateDecision.refuse(503, Map.of(), "temporarily unavailable");
    }
    return switch (decision) {
      case GateDecision.Allow _ -> null;
      case GateDecision.Refuse refuse -> new Refusal(() -> exchange.refuse(refuse));
    };
  }

  /** Throws the body away and answers. */
  private record Refusal(Runnable answer) implements Intake {
    @Override
    public void complete(ByteBuf body) {
      body.release();
      answer.run();
    }
  }

  /** Receives the packets of a POST. */
  private record PostIntake(
      HttpExchange exchange, FrontDoor door, EngineSession session, int bodyBytesMax)
      implements Intake {
    @Override
    public void complete(ByteBuf body) {
      int bytes = body.readableBytes();
      List<String> packets;
      try {
        packets = Payloads.split(body);
      } finally {
        body.release();
      }
      onLane(door, session, () -> session.onPost(exchange, packets, bytes));
    }

    @Override
    public boolean isKept() {
      return session.inbound().isKept();
    }

    @Override
    public void abort() {
      session.lane().post(session::postFailed);
    }
  }
}
