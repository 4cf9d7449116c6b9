package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.http.CompactHeaders;
import dev.watchnchill.socketio.http.HttpHandler;
import dev.watchnchill.socketio.http.PeerAddress;
import dev.watchnchill.socketio.http.RequestTarget;
import dev.watchnchill.socketio.http.TransportRequest;
import dev.watchnchill.socketio.limit.HeapMonitor;
import dev.watchnchill.socketio.limit.InboundRateBuckets;
import dev.watchnchill.socketio.limit.MemoryPressureMonitor;
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
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
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

/**
 * An Engine.IO server: listens, keeps the sessions, and creates an {@link EngineListener} for each.
 */
public final class EngineServer {
  private static final int REQUEST_LINE_BYTES_MAX = 8 * 1024;
  private static final int HEADERS_BYTES_MAX = 16 * 1024;

  /**
   * Bytes that are read from one connection in one pass of its event loop. Thousands of tiny frames
   * or chunks fit into it, and all other connections of the loop wait until they are decoded.
   */
  private static final int READ_BYTES_MAX = 16 * 1024;

  private static final long DRAIN_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final EngineConfig config;
  private final BiFunction<EngineSession, HandshakeRequest, EngineListener> listenerFactory;
  private final HttpHandler httpHandler;
  private final FillFirstEventLoopGroup group;
  private final List<EventLoopContext> loopContexts;
  private final Map<EventLoop, EventLoopContext> contextOf;
  private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();
  private final EngineMetrics metrics = new EngineMetrics();
  private final InboundRateBuckets rateBuckets;
  private final MemoryPressureMonitor memory;
  private final HeapMonitor heapMonitor;
  private final WebSocketDecoderConfig websocketConfig;
  private final ConnectionLimiter connections;
  private final EngineRequestRouter router;
  private final String openPacketTail;
  private @Nullable Channel listeningChannel;
  private volatile boolean accepting;

  /** Creates a server that does not listen yet. */
  public EngineServer(
      EngineConfig config,
      BiFunction<EngineSession, HandshakeRequest, EngineListener> listenerFactory) {
    this.config = config;
    this.listenerFactory = listenerFactory;
    HttpHandler handler = config.httpHandler();
    this.httpHandler = handler == null ? new NotFoundHandler() : handler;
    this.group =
        new FillFirstEventLoopGroup(
            config.eventLoops(),
            config.connectionsPerLoop(),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    EngineTimeouts timeouts = EngineTimeouts.of(config);
    var built = new ArrayList<EventLoopContext>();
    var byLoop = new java.util.HashMap<EventLoop, EventLoopContext>();
    for (EventExecutor executor : group) {
      var loopContext = new EventLoopContext((EventLoop) executor, built.size(), timeouts);
      built.add(loopContext);
      byLoop.put(loopContext.loop(), loopContext);
    }
    this.loopContexts = List.copyOf(built);
    this.contextOf = Map.copyOf(byLoop);
    this.rateBuckets =
        new InboundRateBuckets(
            config.inbound(), config.maxPayloadBytes(), loopContexts.getFirst().nowNanos());
    this.heapMonitor = new HeapMonitor(config.inbound().heapPercentMax());
    this.memory =
        new MemoryPressureMonitor(config.inbound().bufferedBytesMax(), heapMonitor, this::shed);
    this.websocketConfig = WebSocketHandshake.decoderConfig(config.maxPayloadBytes());
    this.openPacketTail =
        ",\"pingInterval\":%d,\"pingTimeout\":%d,\"maxPayload\":%d}"
            .formatted(
                config.pingInterval().toMillis(),
                config.pingTimeout().toMillis(),
                config.maxPayloadBytes());
    this.connections = new ConnectionLimiter(config.connections(), loopContexts);
    this.router = new EngineRequestRouter(this);
  }

  /**
   * Starts to listen.
   *
   * @return the port
   */
  public int start(String host, int port) throws IOException {
    for (EventLoopContext loopContext : loopContexts) {
      loopContext.start();
    }
    heapMonitor.start();
    loopContexts.getFirst().runMonitor(memory);
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
            .handler(new ConnectionAcceptor(this))
            .childHandler(ConnectionAcceptor.NO_CHILD_HANDLER);
    var bound = bootstrap.bind(host, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var failure =
          new BindException(
              "cannot listen on %s port %d: %s".formatted(host, port, bound.cause().getMessage()));
      var _ = failure.initCause(bound.cause());
      throw failure;
    }
    accepting = true;
    listeningChannel = bound.channel();
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  void buildPipeline(Channel channel, long acceptedNanos) {
    EventLoopContext loopContext = contextOf(channel.eventLoop());
    var pipelining = new HttpPipeliningHandler(loopContext);
    if (config.connections().proxyProtocol()) {
      channel
          .pipeline()
          .addLast(
              new HAProxyMessageDecoder(ProxyHeaderHandler.TLV_BYTES_MAX),
              new ProxyHeaderHandler(connections, loopContext));
    }
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                    .setMaxHeaderSize(HEADERS_BYTES_MAX)),
            pipelining,
            new EngineHttpHandler(this, pipelining, loopContext, acceptedNanos));
  }

  private EventLoopContext contextOf(EventLoop loop) {
    EventLoopContext loopContext = contextOf.get(loop);
    if (loopContext == null) {
      throw new IllegalStateException("channel on a foreign event loop");
    }
    return loopContext;
  }

  /** Returns the event loops. */
  public EventLoopGroup eventLoops() {
    return group;
  }

  FillFirstEventLoopGroup loops() {
    return group;
  }

  /** Returns the contexts of the event loops, in the order of their numbers. */
  public List<EventLoopContext> loopContexts() {
    return loopContexts;
  }

  /** Returns the counters. */
  public EngineMetrics metrics() {
    return metrics;
  }

  /** Returns the monitor of the memory of all connections. */
  public MemoryPressureMonitor memory() {
    return memory;
  }

  InboundRateBuckets rateBuckets() {
    return rateBuckets;
  }

  private void shed(boolean heap) {
    for (EventLoopContext loopContext : loopContexts) {
      loopContext.post(() -> loopContext.sheddable.shed(memory, heap));
    }
  }

  /** Returns the limiter of TCP connections. */
  public ConnectionLimiter connectionLimiter() {
    return connections;
  }

  EngineConfig config() {
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

  RequestBodyHandler route(
      ChannelHandlerContext ctx, EngineHttpHandler engineHandler, HttpRequest request) {
    return router.route(ctx, engineHandler, request);
  }

  @Nullable EngineSession session(String sid) {
    return sessions.get(sid);
  }

  /** Returns the open sessions, and closed ones that wait for their final poll. */
  Collection<EngineSession> sessions() {
    return sessions.values();
  }

  void removeSession(String sid) {
    sessions.remove(sid);
  }

  EngineSession open(
      EventLoopContext loopContext,
      HttpExchange exchange,
      HttpRequest request,
      Map<String, String> query) {
    Channel channel = exchange.ctx().channel();
    var handshakeRequest =
        new HandshakeRequest(
            CompactHeaders.copyOf(request.headers()),
            query,
            remoteAddress(channel),
            channel.pipeline().get(SslHandler.class) != null,
            config.clock().instant(),
            "websocket".equals(query.get("transport")) ? "websocket" : "polling");
    String sid = RandomIds.next();
    var transportRequest =
        new TransportRequest(
            TransportRequest.Kind.HANDSHAKE,
            handshakeRequest.remoteAddress(),
            request.headers(),
            query,
            request.method());
    int bucketIndex = rateBuckets.bucketIndex(config.clientKey().apply(transportRequest));
    var session = new EngineSession(this, loopContext, sid, handshakeRequest, bucketIndex);
    sessions.put(sid, session);
    return session;
  }

  EngineListener newListener(EngineSession session, HandshakeRequest handshakeRequest) {
    return listenerFactory.apply(session, handshakeRequest);
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
    return PeerAddress.of(channel);
  }

  /** Stops accepting clients, closes all sessions, and waits until their last packets are sent. */
  public void closeSessions(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    accepting = false;
    Channel channel = listeningChannel;
    if (channel != null) {
      var closed = channel.close();
      if (mayWait()) {
        // A connection accepted later would be registered with an event loop that has ended.
        var _ = closed.awaitUninterruptibly(timeout.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
    for (EventLoopContext loopContext : loopContexts) {
      loopContext.post(() -> closeSessions(loopContext));
    }
    while (mayWait() && !isDrained() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(DRAIN_POLL_NANOS);
    }
    for (EventLoopContext loopContext : loopContexts) {
      loopContext.post(loopContext.finalPolls::expireAll);
    }
  }

  /** Stops the event loops and closes all remaining connections. */
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
    loopContexts.forEach(EventLoopContext::stop);
  }

  private boolean mayWait() {
    return loopContexts.stream().noneMatch(loopContext -> loopContext.loop().inEventLoop());
  }

  private void closeSessions(EventLoopContext loopContext) {
    loopContext.pendingHandshakes.expireAll();
    for (EngineSession session : sessions.values()) {
      if (session.loopContext() == loopContext) {
        session.serverShutdown();
      }
    }
  }

  private boolean isDrained() {
    return metrics.pollingSessions.get() == 0
        && metrics.websocketSessions.get() == 0
        && metrics.websockets.get() == 0
        && metrics.moving.get() == 0
        && metrics.pendingHandshakes.get() == 0
        && metrics.finalPolls.get() == 0;
  }
}
