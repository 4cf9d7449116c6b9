package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.engine.EngineMetrics;
import dev.watchnchill.socketio.engine.EngineServer;
import dev.watchnchill.socketio.packet.PacketDecoder;
import dev.watchnchill.socketio.packet.PacketJson;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO 5 server on Netty, with its own HTTP port.
 *
 * <p>Create it, add listeners to its namespaces, start it, and close it once.
 */
public final class SocketIoServer implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final SocketIoConfig config;
  private final PacketDecoder decoder;
  private final EngineServer engine;
  private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean socketsClosed = new AtomicBoolean();

  private SocketIoServer(SocketIoConfig config) {
    this.config = config;
    this.decoder =
        new PacketDecoder(
            new PacketJson(
                config.jsonDepthMax(),
                config.engine().maxPayloadBytes(),
                config.engine().inbound().jsonTokensMax()),
            config.attachmentsMax());
    this.engine =
        new EngineServer(
            config.engine(),
            (session, handshakeRequest) -> new SocketIoSession(this, session, handshakeRequest));
  }

  /** Creates a server that does not listen yet. */
  public static SocketIoServer create(SocketIoConfig config) {
    var server = new SocketIoServer(config);
    var _ = server.namespace("/");
    return server;
  }

  /**
   * Returns the namespace of this name, and creates it if it does not exist. Clients can enter only
   * namespaces that were created here.
   *
   * @param name begins with a slash; {@code /} is the default namespace
   */
  public Namespace namespace(String name) {
    if (!name.startsWith("/") || name.indexOf(',') >= 0 || name.indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          "a namespace begins with '/' and has no ',' and no '?': " + name);
    }
    return namespaces.computeIfAbsent(
        name, missing -> new Namespace(missing, engine.loopContexts(), newRecovery()));
  }

  private @Nullable ConnectionStateRecovery newRecovery() {
    Duration keep = config.recoveryMaxDisconnection();
    return keep == null
        ? null
        : new ConnectionStateRecovery(
            keep.toNanos(),
            config.recoveryPacketsMax(),
            engine.loopContexts().getFirst()::nowNanos);
  }

  /**
   * Starts to listen.
   *
   * @param host an address of this machine, or {@code 0.0.0.0} for all
   * @param port 0 for any free port
   * @return the port
   * @throws java.net.BindException if the address is in use or does not belong to this machine; the
   *     server is then closed
   */
  public int start(String host, int port) throws IOException {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("the server has been started already");
    }
    try {
      return engine.start(host, port);
    } catch (IOException e) {
      close(Duration.ZERO);
      throw e;
    }
  }

  /** Returns the current counters. */
  public SocketIoMetrics metrics() {
    EngineMetrics metrics = engine.metrics();
    return new SocketIoMetrics(
        metrics.pollingSessions(),
        metrics.websocketSessions(),
        metrics.packetsIn(),
        metrics.packetsOut(),
        metrics.droppedVolatile(),
        metrics.closes(),
        engine.memory().isShort(),
        engine.memory().bufferedBytes(),
        metrics.handshakesRejected(),
        engine.connectionLimiter().metrics());
  }

  /** Returns the event loops, for timers and other short work of the application. */
  public EventLoopGroup eventLoops() {
    return engine.eventLoops();
  }

  /**
   * Closes the listening socket and all sessions, and keeps the event loops running for the
   * application.
   *
   * @param timeout time that clients have to receive what was sent to them
   */
  public void closeSockets(Duration timeout) {
    if (socketsClosed.compareAndSet(false, true)) {
      engine.closeSessions(timeout);
    }
  }

  /** Closes the server within five seconds. */
  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  /**
   * Stops accepting clients, closes all sockets with {@link CloseReason#SERVER_SHUTTING_DOWN}, and
   * stops the event loops. A second call has no effect.
   *
   * @param timeout time that clients have to receive what was sent to them
   */
  public void close(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    closeSockets(timeout);
    if (closed.compareAndSet(false, true)) {
      engine.stop(Duration.ofNanos(deadline - System.nanoTime()));
      for (Namespace namespace : namespaces.values()) {
        ConnectionStateRecovery recovery = namespace.recovery();
        if (recovery != null) {
          recovery.close();
        }
      }
    }
  }

  SocketIoConfig config() {
    return config;
  }

  EngineServer engine() {
    return engine;
  }

  PacketDecoder decoder() {
    return decoder;
  }

  @Nullable Namespace find(String name) {
    return namespaces.get(name);
  }
}
