package dev.watchnchill.socketio.engine;

import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Engine.IO session, confined to one event loop.
 *
 * <p>A session opens on long-polling or on websocket, and may be upgraded from polling to websocket
 * once. Its output is bounded: volatile messages are dropped when a quarter of the outbox is full,
 * and the session is closed as a slow consumer when the whole outbox is full.
 */
public final class EngineSession {
  private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

  private final EngineServer server;
  private final EventLoopContext loopContext;
  private final InboundLimiter inbound;
  private final String id;
  private EngineListener listener;
  private @Nullable PollingTransport polling;
  private @Nullable WebSocketTransport webSocket;
  private @Nullable WebSocketTransport upgradeCandidate;
  private @Nullable FinalPoll finalPoll;
  private boolean closed;
  private boolean endsSilently;
  private boolean probed;
  private boolean overflowed;
  private boolean closedByClient;

  /** Neighbours in {@link SheddableSessions}. */
  @Nullable EngineSession olderSheddable;

  @Nullable EngineSession newerSheddable;

  /** Neighbours and state in {@link HeartbeatTimers}. */
  @Nullable EngineSession previousHeartbeat;

  @Nullable EngineSession nextHeartbeat;
  HeartbeatTimers.@Nullable SessionList heartbeatList;
  long heartbeatDueNanos;

  /** When {@link EventLoopContext} flushes this session. */
  EventLoopContext.FlushState flush = EventLoopContext.FlushState.NONE;

  /**
   * Creates a session that is not open yet.
   *
   * @param bucketIndex index of the client's buckets in the server's rate buckets
   */
  EngineSession(
      EngineServer server,
      EventLoopContext loopContext,
      String id,
      HandshakeRequest request,
      int bucketIndex) {
    this.server = server;
    this.loopContext = loopContext;
    this.id = id;
    this.inbound = new InboundLimiter(server, this, bucketIndex);
    this.listener = server.newListener(this, request);
  }

  /** Returns the limiter of what the client sends. */
  public InboundLimiter inbound() {
    return inbound;
  }

  /** Returns the context of the session's event loop. */
  public EventLoopContext loopContext() {
    return loopContext;
  }

  /** Returns whether the session is open. Event loop only. */
  public boolean isOpen() {
    return !closed;
  }

  /** Cancels the connect timeout, because the session has entered a namespace. */
  public void connected() {
    loopContext.unconnected.remove(this);
  }

  /**
   * Sends a frame, unless the session has ended. Takes no reference from the caller. Event loop
   * only.
   *
   * @param droppable whether the frame may be dropped when the outbox is filling
   * @param waitNanos time that the frame may wait for others; 0 for until the end of the turn
   */
  public void send(EncodedFrame frame, boolean droppable, long waitNanos) {
    if (closed || overflowed) {
      return;
    }
    int waiting = outboxBytes();
    int limit = server.config().outboxBytesMax();
    if (droppable && waiting + frame.size() > limit / 4) {
      server.metrics().droppedVolatile.increment();
      return;
    }
    WebSocketTransport webSocketTransport = webSocket;
    PollingTransport pollingTransport = polling;
    if (webSocketTransport != null) {
      if (waiting + frame.size() > limit) {
        webSocketTransport.flush();
        overflowed = webSocketTransport.outboxBytes() + frame.size() > limit;
      }
      if (!overflowed) {
        webSocketTransport.send(frame);
      }
    } else if (pollingTransport != null) {
      if (waiting + frame.size() > limit) {
        server.metrics().droppedVolatile.add(pollingTransport.dropVolatile());
        overflowed = pollingTransport.queuedBytes() + frame.size() > limit;
      }
      if (!overflowed) {
        pollingTransport.enqueue(frame, droppable);
      }
    }
    server.metrics().packetsOut(frame.packets());
    if (waitNanos > 0) {
      loopContext.flushDelayed(this, waitNanos);
    } else {
      loopContext.flushAtEndOfTurn(this);
    }
  }

  private int outboxBytes() {
    if (webSocket != null) {
      return webSocket.outboxBytes();
    }
    return polling == null ? 0 : polling.queuedBytes();
  }

  /** Flushes the outbox to the network; closes the session when the outbox has overflowed. */
  void flush() {
    if (overflowed) {
      close(CloseReason.SLOW_CONSUMER);
      return;
    }
    WebSocketTransport webSocketTransport = webSocket;
    if (webSocketTransport != null) {
      webSocketTransport.flush();
    } else if (polling != null && !closed) {
      polling.flush();
    }
  }

  /** Ends a write on a websocket, see {@link EventLoopContext#flushAlone}. Event loop only. */
  public void flushAlone() {
    if (webSocket != null) {
      loopContext.flushAlone(this);
    }
  }

  // ---- opening ----

  /** Opens the session on long-polling: answers the handshake with the open packet. */
  void openPolling(HttpExchange handshake) {
    polling = new PollingTransport(this);
    server.metrics().pollingSessions.incrementAndGet();
    opened(handshake.arrivedNanos());
    handshake.payload(HttpExchange.ascii(server.openPacket(id, true)));
  }

  /** Opens the session on websocket: sends the open packet. */
  void openWebSocket(WebSocketTransport transport, long arrivedNanos) {
    webSocket = transport;
    server.metrics().websocketSessions.incrementAndGet();
    opened(arrivedNanos);
    EncodedFrame open = EncodedFrame.text(server.openPacket(id, false));
    transport.send(open);
    open.release();
    transport.flush();
  }

  private void opened(long nowNanos) {
    inbound.begin(nowNanos);
    loopContext.heartbeats.restart(this, nowNanos);
    loopContext.unconnected.add(this, nowNanos);
  }

  // ---- polling requests ----

  /** Handles a poll. */
  void onPoll(HttpExchange exchange) {
    loopContext.heartbeats.check(this, loopContext.nowNanos());
    PollingTransport pollingTransport = polling;
    FinalPoll expected = finalPoll;
    if (closed && expected != null) {
      expected.answer(exchange);
    } else if (closed) {
      exchange.error(EngineError.UNKNOWN_SID);
    } else if (pollingTransport == null) {
      exchange.error(EngineError.BAD_REQUEST);
    } else {
      pollingTransport.onPoll(exchange, probed);
    }
  }

  /** Closes the session, because the TCP connection of its pending poll has closed. */
  void pollCancelled(ChannelHandlerContext ctx) {
    PollingTransport pollingTransport = polling;
    if (!closed && pollingTransport != null && pollingTransport.isPolledBy(ctx)) {
      pollingTransport.takePoll();
      log.debug("poll connection closed prematurely");
      close(CloseReason.TRANSPORT_ERROR);
    }
  }

  /**
   * Reserves the session for one POST, before its body is received. Any thread.
   *
   * @return false when another POST is in progress
   */
  boolean beginPost() {
    PollingTransport pollingTransport = polling;
    return pollingTransport == null || pollingTransport.posting.compareAndSet(false, true);
  }

  /** Closes the session after an incomplete or an overlapping POST. */
  void postFailed() {
    if (polling != null) {
      close(CloseReason.TRANSPORT_ERROR);
    }
  }

  /**
   * Handles the packets of a POST.
   *
   * @param packets null for a body that could not be read
   * @param bytes size of the body
   */
  void onPost(HttpExchange exchange, @Nullable List<String> packets, int bytes) {
    loopContext.heartbeats.check(this, loopContext.nowNanos());
    PollingTransport pollingTransport = polling;
    if (closed || pollingTransport == null) {
      exchange.error(closed ? EngineError.UNKNOWN_SID : EngineError.BAD_REQUEST);
      return;
    }
    pollingTransport.onPost(exchange, packets, bytes);
  }

  // ---- packets ----

  /** Handles one text packet; returns false when the text is not a packet. */
  boolean onTextPacket(String packet) {
    if (packet.isEmpty()) {
      return false;
    }
    switch (packet.charAt(0)) {
      case '4' -> {
        server.metrics().packetIn();
        loopContext.release(this);
        listener.onText(packet.substring(1));
      }
      case '3' -> loopContext.heartbeats.restart(this, loopContext.nowNanos());
      case '2' -> {
        log.debug("heartbeat in the wrong direction");
        close(CloseReason.TRANSPORT_ERROR);
      }
      case '1' -> {
        closedByClient = true;
        close(CloseReason.TRANSPORT_CLOSE);
      }
      case '0', '5', '6' -> log.debug("packet without meaning here, ignored");
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Handles one binary packet. */
  void onBinaryPacket(byte[] data) {
    listener.onBinary(data);
  }

  /** Sends a ping. */
  void ping() {
    if (webSocket != null) {
      webSocket.send(EncodedFrame.PING);
    } else if (polling != null) {
      polling.enqueue(EncodedFrame.PING, false);
    }
    loopContext.flushAtEndOfTurn(this);
  }

  /** Closes the session, because it entered no namespace in time. */
  void connectTimedOut() {
    log.debug("no namespace entered in time");
    close(CloseReason.FORCED_CLOSE);
  }

  /** Closes the session and its connection at once, to free the connection for another client. */
  void evict() {
    WebSocketTransport webSocketTransport = webSocket;
    close(CloseReason.FORCED_CLOSE);
    if (webSocketTransport != null) {
      webSocketTransport.closeNow();
    }
  }

  // ---- upgrade ----

  /** Registers a websocket that asks to take the session over; returns false when it may not. */
  boolean beginUpgrade(WebSocketTransport candidate) {
    if (closed || webSocket != null || upgradeCandidate != null) {
      return false;
    }
    upgradeCandidate = candidate;
    return true;
  }

  /** Answers the probe of the upgrade candidate, and ends a pending poll. */
  void onProbe(WebSocketTransport candidate) {
    candidate.write(EncodedFrame.PONG_PROBE.websocketBytes());
    candidate.flush();
    probed = true;
    PollingTransport pollingTransport = polling;
    if (pollingTransport != null) {
      pollingTransport.endPollWithNoop();
    }
  }

  /** Moves the session to the upgrade candidate, which first sends what polling still holds. */
  void completeUpgrade(WebSocketTransport candidate) {
    PollingTransport pollingTransport = polling;
    upgradeCandidate = null;
    polling = null;
    webSocket = candidate;
    server.metrics().pollingSessions.decrementAndGet();
    server.metrics().websocketSessions.incrementAndGet();
    if (pollingTransport != null) {
      pollingTransport.moveTo(candidate);
    }
  }

  /** Forgets an upgrade candidate that failed; the session stays on polling. */
  void upgradeFailed(WebSocketTransport candidate) {
    if (upgradeCandidate == candidate) {
      upgradeCandidate = null;
      probed = false;
    }
  }

  // ---- closing ----

  /** Closes the session, after sending what waits. Event loop only; idempotent. */
  public void close(CloseReason reason) {
    if (closed) {
      return;
    }
    closed = true;
    loopContext.heartbeats.remove(this);
    loopContext.unconnected.remove(this);
    inbound.end();
    server.metrics().closed(reason);
    WebSocketTransport candidate = upgradeCandidate;
    if (candidate != null) {
      upgradeCandidate = null;
      candidate.close(reason);
    }
    try {
      listener.onClose(reason);
    } finally {
      closeTransport(reason);
    }
  }

  private void closeTransport(CloseReason reason) {
    WebSocketTransport webSocketTransport = webSocket;
    PollingTransport pollingTransport = polling;
    if (webSocketTransport != null) {
      server.metrics().websocketSessions.decrementAndGet();
      server.removeSession(id);
      if (endsSilently) {
        webSocketTransport.closeWithoutFrame();
      } else {
        webSocketTransport.close(reason);
      }
    } else if (pollingTransport != null) {
      server.metrics().pollingSessions.decrementAndGet();
      finalPoll =
          FinalPoll.close(server, loopContext, id, pollingTransport, closedByClient, reason);
    }
  }

  /** Closes the session, because the server is closing. */
  void serverShutdown() {
    if (!closed) {
      endsSilently = !listener.onServerShutdown();
      close(CloseReason.SERVER_SHUTTING_DOWN);
    }
  }
}
