package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Engine.IO session, confined to one event loop from its first packet to its last.
 *
 * <p>It begins on long-polling or on websocket and may move from the first to the second once.
 * Output is bounded: volatile messages are dropped when a quarter of the outbox is full, and the
 * session is closed as a slow consumer when all of it is.
 */
public final class EngineSession {
  private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

  private final EngineServer server;
  private final Lane lane;
  private final InboundLimiter inbound;
  private final String id;
  private EngineListener listener;
  private @Nullable PollingTransport polling;
  private @Nullable WsTransport websocket;
  private @Nullable WsTransport probe;
  private boolean closed;
  private boolean silentEnd;
  private boolean probed;
  private boolean overflowed;
  private @Nullable String lastWord;

  /** Links of {@link Strangers}. */
  @Nullable EngineSession older;

  @Nullable EngineSession newer;

  /** Links of {@link Heartbeats}. */
  @Nullable EngineSession previous;

  @Nullable EngineSession next;
  Heartbeats.@Nullable Chain chain;
  long dueNanos;

  /** Whether {@link Lane} has it on a list of sessions to flush, and on which. */
  Lane.Flush flush = Lane.Flush.NONE;

  /**
   * A session that is not open yet.
   *
   * @param clientPlace the place of its client's bucket in {@link InboundBudgets}
   */
  EngineSession(EngineServer server, Lane lane, String id, SessionOrigin origin, int clientPlace) {
    this.server = server;
    this.lane = lane;
    this.id = id;
    this.inbound = new InboundLimiter(server, this, clientPlace);
    this.listener = server.newListener(this, origin);
  }

  /** Returns the limiter of what the client sends. */
  public InboundLimiter inbound() {
    return inbound;
  }

  /** The event loop this session lives on. */
  public Lane lane() {
    return lane;
  }

  /** Whether it is open. Event loop only. */
  public boolean isOpen() {
    return !closed;
  }

  /** The session has entered a namespace: it may stay. */
  public void connected() {
    lane.unconnected.remove(this);
  }

  /**
   * Sends a frame, unless the session has ended. Takes no reference from the caller. Event loop
   * only.
   *
   * @param droppable whether it may be dropped when the outbox is filling
   * @param waitNanos how long it may wait for more to go with it; 0 for until the end of the turn
   */
  public void send(Frame frame, boolean droppable, long waitNanos) {
    if (closed || overflowed) {
      return;
    }
    int waiting = outboxBytes();
    int limit = server.config().outboxBytesMax();
    if (droppable && waiting + frame.size() > limit / 4) {
      server.metrics().droppedVolatile.increment();
      return;
    }
    WsTransport ws = websocket;
    PollingTransport queue = polling;
    if (ws != null) {
      if (waiting + frame.size() > limit) {
        ws.flush();
        overflowed = ws.outboxBytes() + frame.size() > limit;
      }
      if (!overflowed) {
        ws.send(frame);
      }
    } else if (queue != null) {
      if (waiting + frame.size() > limit) {
        server.metrics().droppedVolatile.add(queue.dropVolatile());
        overflowed = queue.queuedBytes() + frame.size() > limit;
      }
      if (!overflowed) {
        queue.enqueue(frame, droppable);
      }
    }
    server.metrics().packetsOut(frame.packets());
    if (waitNanos > 0) {
      lane.flushLater(this, waitNanos);
    } else {
      lane.markDirty(this);
    }
  }

  private int outboxBytes() {
    WsTransport ws = websocket;
    PollingTransport queue = polling;
    return ws != null ? ws.outboxBytes() : queue != null ? queue.queuedBytes() : 0;
  }

  /** Hands what waits to the network. */
  void flush() {
    if (overflowed) {
      close(CloseReason.SLOW_CONSUMER);
      return;
    }
    WsTransport ws = websocket;
    if (ws != null) {
      ws.flush();
    } else if (polling != null && !closed) {
      polling.flush();
    }
  }

  /** Begins on long-polling: the answer to the handshake is the open packet. */
  void openPolling(HttpExchange handshake) {
    polling = new PollingTransport(this);
    server.metrics().pollingSessions.incrementAndGet();
    opened(handshake.arrivedNanos());
    handshake.payload(HttpExchange.ascii(server.openPacket(id, true)));
  }

  /** Begins on websocket. */
  void openWebsocket(WsTransport transport, long arrivedNanos) {
    websocket = transport;
    server.metrics().websocketSessions.incrementAndGet();
    opened(arrivedNanos);
    Frame open = Frame.text(server.openPacket(id, false));
    transport.send(open);
    open.release();
    transport.flush();
  }

  private void opened(long nowNanos) {
    inbound.begin(nowNanos);
    lane.heartbeats.alive(this, nowNanos);
    lane.unconnected.add(this, nowNanos);
  }

  // ---- polling requests ----

  void onPoll(HttpExchange exchange) {
    lane.heartbeats.check(this, lane.nowNanos());
    PollingTransport queue = polling;
    if (closed) {
      lastPoll(exchange);
    } else if (queue == null) {
      exchange.error(EngineError.BAD_REQUEST);
    } else {
      queue.onPoll(exchange, probed);
    }
  }

  private void lastPoll(HttpExchange exchange) {
    PollingTransport queue = polling;
    String word = lastWord;
    if (queue == null || word == null) {
      exchange.error(EngineError.UNKNOWN_SID);
      return;
    }
    exchange.payload(queue.drain(word));
    lane.lastPolls.remove(this);
    forget();
  }

  /** The TCP connection of a poll has gone. */
  void pollCancelled(ChannelHandlerContext ctx) {
    PollingTransport queue = polling;
    if (!closed && queue != null && queue.isPolledBy(ctx)) {
      queue.takePoll();
      log.debug("poll connection closed prematurely");
      close(CloseReason.TRANSPORT_ERROR);
    }
  }

  /**
   * A POST is about to be received. Any thread.
   *
   * @return whether it may: false when another one is under way
   */
  boolean beginPost() {
    PollingTransport queue = polling;
    return queue == null || queue.posting.compareAndSet(false, true);
  }

  /** A POST's connection has gone before its body was complete, or a second one came. */
  void postFailed() {
    if (polling != null) {
      close(CloseReason.TRANSPORT_ERROR);
    }
  }

  /**
   * Handles the packets of a POST; null stands for a body that could not be read.
   *
   * @param bytes size of the body
   */
  void onPost(HttpExchange exchange, @Nullable List<String> packets, int bytes) {
    lane.heartbeats.check(this, lane.nowNanos());
    PollingTransport queue = polling;
    if (closed || queue == null) {
      exchange.error(closed ? EngineError.UNKNOWN_SID : EngineError.BAD_REQUEST);
      return;
    }
    queue.onPost(exchange, packets, bytes);
  }

  // ---- packets ----

  /** Handles one text packet; false when it is none. */
  boolean onTextPacket(String packet) {
    if (packet.isEmpty()) {
      return false;
    }
    switch (packet.charAt(0)) {
      case '4' -> {
        server.metrics().packetIn();
        listener.onText(packet.substring(1));
      }
      case '3' -> lane.heartbeats.alive(this, lane.nowNanos());
      case '2' -> {
        log.debug("heartbeat in the wrong direction");
        close(CloseReason.TRANSPORT_ERROR);
      }
      case '1' -> clientClosed();
      case '0', '5', '6' -> log.debug("packet without meaning here, ignored");
      default -> {
        return false;
      }
    }
    return true;
  }

  void onBinaryPacket(byte[] data) {
    listener.onBinary(data);
  }

  void parseError() {
    close(CloseReason.PARSE_ERROR);
  }

  private void clientClosed() {
    lastWord = "6";
    close(CloseReason.TRANSPORT_CLOSE);
  }

  void ping() {
    WsTransport ws = websocket;
    PollingTransport queue = polling;
    if (ws != null) {
      ws.send(Frame.PING);
    } else if (queue != null) {
      queue.enqueue(Frame.PING, false);
    }
    lane.markDirty(this);
  }

  void pingTimedOut() {
    close(CloseReason.PING_TIMEOUT);
  }

  /** Ends the session, and its connection at once, to make room for others. */
  void evict() {
    WsTransport ws = websocket;
    close(CloseReason.FORCED_CLOSE);
    if (ws != null) {
      ws.drop();
    }
  }

  void connectTimedOut() {
    log.debug("no namespace entered in time");
    close(CloseReason.FORCED_CLOSE);
  }

  // ---- upgrade ----

  /** A websocket asks to take this session over; false when it cannot. */
  boolean beginUpgrade(WsTransport candidate) {
    if (closed || websocket != null || probe != null) {
      return false;
    }
    probe = candidate;
    return true;
  }

  /** The candidate's probe has come. */
  void onProbe(WsTransport candidate) {
    candidate.write(Frame.PONG_PROBE.websocketBytes());
    candidate.flush();
    probed = true;
    PollingTransport queue = polling;
    HttpExchange waiting = queue == null ? null : queue.poll();
    if (queue != null && waiting != null) {
      queue.noop(waiting);
    }
  }

  /** The candidate takes over: all that polling still holds goes first. */
  void completeUpgrade(WsTransport candidate) {
    PollingTransport queue = polling;
    probe = null;
    polling = null;
    websocket = candidate;
    server.metrics().pollingSessions.decrementAndGet();
    server.metrics().websocketSessions.incrementAndGet();
    if (queue == null) {
      return;
    }
    HttpExchange late = queue.takePoll();
    if (late != null) {
      late.error(EngineError.BAD_REQUEST);
    }
    for (Frame frame = queue.next(); frame != null; frame = queue.next()) {
      candidate.send(frame);
      frame.release();
    }
    candidate.flush();
  }

  /** The candidate failed; the session goes on over polling. */
  void upgradeFailed(WsTransport candidate) {
    if (probe == candidate) {
      probe = null;
      probed = false;
    }
  }

  // ---- end ----

  /** Closes the session, after sending what waits. Event loop only; idempotent. */
  public void close(CloseReason reason) {
    if (closed) {
      return;
    }
    closed = true;
    lane.heartbeats.remove(this);
    lane.unconnected.remove(this);
    inbound.end();
    server.metrics().closed(reason);
    WsTransport candidate = probe;
    if (candidate != null) {
      probe = null;
      candidate.close(reason);
    }
    try {
      listener.onClose(reason);
    } finally {
      closeTransport(reason);
    }
  }

  private void closeTransport(CloseReason reason) {
    WsTransport ws = websocket;
    PollingTransport queue = polling;
    if (ws != null) {
      server.metrics().websocketSessions.decrementAndGet();
      server.forget(id);
      if (silentEnd) {
        ws.hangUp();
      } else {
        ws.close(reason);
      }
    } else if (queue != null) {
      server.metrics().pollingSessions.decrementAndGet();
      closePolling(queue, reason);
    }
  }

  private void closePolling(PollingTransport queue, CloseReason reason) {
    HttpExchange poll = queue.takePoll();
    String word = lastWord == null ? "1" : lastWord;
    if (poll != null) {
      ByteBuf body = queue.drain(word);
      server.forget(id);
      poll.payload(body);
    } else if (lastWord != null
        || reason == CloseReason.FORCED_CLOSE
        || reason == CloseReason.SERVER_SHUTTING_DOWN) {
      lastWord = word;
      server.metrics().lastPolls.incrementAndGet();
      lane.lastPolls.add(this, lane.nowNanos());
    } else {
      queue.releaseAll();
      server.forget(id);
    }
  }

  /** The last poll has been answered, or has not come. */
  void forget() {
    server.metrics().lastPolls.decrementAndGet();
    server.forget(id);
    PollingTransport queue = polling;
    if (queue != null) {
      queue.releaseAll();
    }
    polling = null;
  }

  void serverShutdown() {
    if (!closed) {
      silentEnd = !listener.onServerShutdown();
      close(CloseReason.SERVER_SHUTTING_DOWN);
    }
  }
}
