package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EngineMetrics;
import dev.watchnchill.socketio.engine.EngineServer;
import dev.watchnchill.socketio.packet.Json;
import dev.watchnchill.socketio.packet.PacketDecoder;
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
 * <p>Create it, give its namespaces their listeners, start it, and close it once.
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
            new Json(
                config.jsonDepthMax(), config.maxPayloadBytes(), config.inbound().jsonTokensMax()),
            config.attachmentsMax());
    this.engine =
        new EngineServer(config, (session, origin) -> new Connection(this, session, origin));
  }

  /** A server that does not listen yet. */
  public static SocketIoServer create(SocketIoConfig config) {
    var server = new SocketIoServer(config);
    var _ = server.namespace("/");
    return server;
  }

  /**
   * The namespace of this name, made if need be. Clients can enter only namespaces that were made
   * here.
   *
   * @param name begins with a slash; {@code /} is the default one
   */
  public Namespace namespace(String name) {
    if (!name.startsWith("/") || name.indexOf(',') >= 0 || name.indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          "a namespace begins with '/' and has no ',' and no '?': " + name);
    }
    return namespaces.computeIfAbsent(
        name, missing -> new Namespace(missing, engine.lanes(), newRecovery()));
  }

  private @Nullable Recovery newRecovery() {
    Duration keep = config.recoveryMaxDisconnection();
    return keep == null
        ? null
        : new Recovery(
            keep.toNanos(), config.recoveryPacketsMax(), engine.lanes().getFirst()::nowNanos);
  }

  /**
   * Starts to listen.
   *
   * @param host an address of this machine, or {@code 0.0.0.0} for all
   * @param port 0 for any free one
   * @return the port
   * @throws java.net.BindException if the address is taken or is none of this machine; the server
   *     is then closed
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

  /** The counters now. */
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
        metrics.handshakesRefused(),
        engine.connections().metrics());
  }

  /** The event loops, for timers and other short work of the embedding program. */
  public EventLoopGroup eventLoops() {
    return engine.eventLoops();
  }

  /**
   * The first half of {@link #close(Duration)}: the event loops stay, for what the embedding
   * program has on them.
   *
   * @param timeout how long clients have to take what was sent to them
   */
  public void closeSockets(Duration timeout) {
    if (socketsClosed.compareAndSet(false, true)) {
      engine.closeSessions(timeout);
    }
  }

  /** Closes within five seconds. */
  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  /**
   * Takes no new clients, tells those that are there, runs their disconnect listeners with {@link
   * CloseReason#SERVER_SHUTTING_DOWN}, and stops the event loops. A second call does nothing.
   *
   * @param timeout how long clients have to take what was sent to them
   */
  public void close(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    closeSockets(timeout);
    if (closed.compareAndSet(false, true)) {
      engine.stop(Duration.ofNanos(deadline - System.nanoTime()));
      for (Namespace namespace : namespaces.values()) {
        Recovery recovery = namespace.recovery();
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
