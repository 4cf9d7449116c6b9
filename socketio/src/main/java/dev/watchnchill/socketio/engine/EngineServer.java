package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.HttpHandler;
import dev.watchnchill.socketio.HttpResponses;
import dev.watchnchill.socketio.Peers;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoConfig.Transport;
import dev.watchnchill.socketio.TransportRequest;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The Engine.IO server: listens, keeps the sessions, and gives each new one a listener. */
public final class EngineServer {
  private static final int REQUEST_LINE_BYTES_MAX = 8 * 1024;
  private static final int HEADERS_BYTES_MAX = 16 * 1024;

  /**
   * What is read from one connection in one pass of its event loop. Thousands of tiny frames or
   * chunks fit into it, and everybody else on the loop waits until they are decoded.
   */
  private static final int READ_BYTES_MAX = 16 * 1024;

  private static final long DRAIN_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Answers what is outside of the path when nobody else does. */
  private static final HttpHandler NOT_FOUND =
      new HttpHandler() {
        @Override
        public int bodyBytesMax(HttpRequest head) {
          return 0;
        }

        @Override
        public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
          request.release();
          HttpResponses.send(ctx, HttpResponses.text(HttpResponseStatus.NOT_FOUND, "not found"));
        }
      };

  private final SocketIoConfig config;
  private final BiFunction<EngineSession, SessionOrigin, EngineListener> listeners;
  private final HttpHandler httpHandler;
  private final Loops group;
  private final List<Lane> lanes;
  private final Map<EventLoop, Lane> laneOf;
  private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();
  private final EngineMetrics metrics = new EngineMetrics();
  private final InboundBudgets budgets;
  private final MemoryGuard memory;
  private final HeapWatch heapWatch;
  private final WebSocketDecoderConfig websocketConfig;
  private final ConnectionLimit connections;
  private final Judge judge;
  private final long tickNanos;
  private final String openPacketTail;
  private @Nullable Channel listening;
  private volatile boolean accepting;

  /** A server that does not listen yet. */
  public EngineServer(
      SocketIoConfig config, BiFunction<EngineSession, SessionOrigin, EngineListener> listeners) {
    this.config = config;
    this.listeners = listeners;
    HttpHandler handler = config.httpHandler();
    this.httpHandler = handler == null ? NOT_FOUND : handler;
    this.group =
        new Loops(
            config.eventLoops(),
            config.connectionsPerLoop(),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    EngineSettings settings = EngineSettings.of(config);
    this.tickNanos = settings.tickNanos();
    var built = new ArrayList<Lane>();
    var byLoop = new java.util.HashMap<EventLoop, Lane>();
    for (EventExecutor executor : group) {
      var lane = new Lane((EventLoop) executor, built.size(), settings);
      built.add(lane);
      byLoop.put(lane.loop(), lane);
    }
    this.lanes = List.copyOf(built);
    this.laneOf = Map.copyOf(byLoop);
    this.budgets = new InboundBudgets(config, lanes.getFirst().nowNanos());
    this.heapWatch = new HeapWatch(config.inbound().heapPercentMax());
    this.memory = new MemoryGuard(config.inbound().bufferedBytesMax(), heapWatch, this::relieve);
    this.websocketConfig = WsHandshake.decoderConfig(config.maxPayloadBytes());
    this.openPacketTail =
        ",\"pingInterval\":%d,\"pingTimeout\":%d,\"maxPayload\":%d}"
            .formatted(
                config.pingInterval().toMillis(),
                config.pingTimeout().toMillis(),
                config.maxPayloadBytes());
    this.connections = new ConnectionLimit(config.edge(), lanes);
    this.judge = new Judge(this);
  }

  /**
   * Starts to listen.
   *
   * @return the port
   */
  public int start(String host, int port) throws IOException {
    for (Lane lane : lanes) {
      lane.start(tickNanos);
    }
    heapWatch.begin();
    lanes.getFirst().watch(memory);
    connections.start();
    Class<? extends ServerChannel> type =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    int high = Math.clamp(config.outboxBytesMax() / 4, 4096, 64 * 1024);
    var bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(64, 2048, READ_BYTES_MAX).maxMessagesPerRead(1))
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(high / 2, high))
            .handler(new Acceptor(this))
            .childHandler(Acceptor.NOTHING);
    var bound = bootstrap.bind(host, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var failure =
          new BindException(
              "cannot listen on %s port %d: %s".formatted(host, port, bound.cause().getMessage()));
      var _ = failure.initCause(bound.cause());
      throw failure;
    }
    accepting = true;
    listening = bound.channel();
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  void buildPipeline(Channel channel, long acceptedNanos) {
    Lane lane = laneOf(channel.eventLoop());
    var turns = new HttpTurns(lane);
    if (config.edge().proxyProtocol()) {
      channel
          .pipeline()
          .addLast(
              new HAProxyMessageDecoder(ProxyHeader.TLV_BYTES_MAX),
              new ProxyHeader(connections, lane));
    }
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                    .setMaxHeaderSize(HEADERS_BYTES_MAX)),
            turns,
            new FrontDoor(this, turns, lane, acceptedNanos));
  }

  private Lane laneOf(EventLoop loop) {
    Lane lane = laneOf.get(loop);
    if (lane == null) {
      throw new IllegalStateException("channel on a foreign event loop");
    }
    return lane;
  }

  /** The event loops. */
  public EventLoopGroup eventLoops() {
    return group;
  }

  Loops loops() {
    return group;
  }

  /** The lanes, one for each event loop, in the order of their numbers. */
  public List<Lane> lanes() {
    return lanes;
  }

  /** The counters. */
  public EngineMetrics metrics() {
    return metrics;
  }

  /** The watch over the memory of all connections. */
  public MemoryGuard memory() {
    return memory;
  }

  InboundBudgets budgets() {
    return budgets;
  }

  private void relieve(boolean heap) {
    for (Lane lane : lanes) {
      lane.post(() -> lane.strangers.relieve(memory, heap));
    }
  }

  /** The count of TCP connections. */
  public ConnectionLimit connections() {
    return connections;
  }

  SocketIoConfig config() {
    return config;
  }

  HttpHandler httpHandler() {
    return httpHandler;
  }

  WebSocketDecoderConfig websocketConfig() {
    return websocketConfig;
  }

  boolean isAccepting() {
    return accepting;
  }

  boolean isEnginePath(String uri) {
    String path = RequestTarget.path(uri);
    return isPath(path, config.path())
        || (!config.pathPrefix().isEmpty()
            && path.startsWith(config.pathPrefix())
            && isPath(path.substring(config.pathPrefix().length()), config.path()));
  }

  private static boolean isPath(String path, String mine) {
    return path.startsWith(mine)
        && (path.length() == mine.length()
            || (path.length() == mine.length() + 1 && path.endsWith("/")));
  }

  Intake judge(ChannelHandlerContext ctx, FrontDoor door, HttpRequest request) {
    return judge.judge(ctx, door, request);
  }

  @Nullable EngineSession session(String sid) {
    return sessions.get(sid);
  }

  /** Open sessions, and closed ones that wait for their last poll. */
  Collection<EngineSession> sessions() {
    return sessions.values();
  }

  void forget(String sid) {
    sessions.remove(sid);
  }

  EngineSession open(
      Lane lane, HttpExchange exchange, HttpRequest request, Map<String, String> query) {
    Channel channel = exchange.ctx().channel();
    var origin =
        new SessionOrigin(
            CompactHeaders.copyOf(request.headers()),
            query,
            remoteAddress(channel),
            channel.pipeline().get(SslHandler.class) != null,
            config.clock().instant(),
            "websocket".equals(query.get("transport")) ? "websocket" : "polling");
    String sid = Ids.next();
    var asked =
        new TransportRequest(
            TransportRequest.Kind.HANDSHAKE,
            origin.remoteAddress(),
            request.headers(),
            query,
            request.method());
    int place = budgets.place(config.clientKey().apply(asked));
    var session = new EngineSession(this, lane, sid, origin, place);
    sessions.put(sid, session);
    return session;
  }

  EngineListener newListener(EngineSession session, SessionOrigin origin) {
    return listeners.apply(session, origin);
  }

  String openPacket(String sid, boolean polling) {
    boolean upgrades = polling && config.transports().contains(Transport.WEBSOCKET);
    return "0{\"sid\":\""
        + sid
        + "\",\"upgrades\":["
        + (upgrades ? "\"websocket\"" : "")
        + "]"
        + openPacketTail;
  }

  static InetSocketAddress remoteAddress(Channel channel) {
    return Peers.of(channel);
  }

  /** Takes nobody in any more, ends all sessions and waits for their goodbyes to be sent. */
  public void closeSessions(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    accepting = false;
    Channel channel = listening;
    if (channel != null) {
      var closed = channel.close();
      if (mayWait()) {
        // What is accepted later would be handed to event loops that have ended.
        var _ = closed.awaitUninterruptibly(timeout.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
    for (Lane lane : lanes) {
      lane.post(() -> closeSessions(lane));
    }
    while (mayWait() && !isDrained() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(DRAIN_POLL_NANOS);
    }
    for (Lane lane : lanes) {
      lane.post(lane.lastPolls::expireAll);
    }
  }

  /** Stops the event loops, and with them whatever is still connected. */
  public void stop(Duration timeout) {
    long left = Math.max(1, timeout.toNanos());
    long deadline = System.nanoTime() + left;
    connections.closeAll();
    while (mayWait()
        && connections.metrics().connections() > 0
        && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(DRAIN_POLL_NANOS / 5);
    }
    var ended = group.shutdownGracefully(0, left, TimeUnit.NANOSECONDS);
    if (mayWait()) {
      var _ = ended.awaitUninterruptibly(left + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
    }
    lanes.forEach(Lane::end);
  }

  private boolean mayWait() {
    return lanes.stream().noneMatch(lane -> lane.loop().inEventLoop());
  }

  private void closeSessions(Lane lane) {
    lane.admissions.expireAll();
    for (EngineSession session : sessions.values()) {
      if (session.lane() == lane) {
        session.serverShutdown();
      }
    }
  }

  private boolean isDrained() {
    return metrics.pollingSessions.get() == 0
        && metrics.websocketSessions.get() == 0
        && metrics.websockets.get() == 0
        && metrics.moving.get() == 0
        && metrics.admissions.get() == 0
        && metrics.lastPolls.get() == 0;
  }
}
