package dev.watchnchill.socketio.support;

import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.EngineAccess;
import dev.watchnchill.socketio.Namespace;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoMetrics;
import dev.watchnchill.socketio.SocketIoServer;
import dev.watchnchill.socketio.engine.EngineCounters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * A server on a free port of the loopback address, closed with its test. Two event loops unless the
 * test sets another number.
 */
public final class SocketIoTestServer implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(200);

  static {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
  }

  private final SocketIoServer server;
  private final int port;

  private SocketIoTestServer(SocketIoServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Defaults but for what {@code configure} changes; two event loops. */
  public static SocketIoTestServer start(
      UnaryOperator<SocketIoConfig.Builder> configure, Consumer<SocketIoServer> prepare) {
    return start(configure, prepare, 0);
  }

  /** Starts a server with the echo listeners on a port, which an earlier server has used. */
  public static SocketIoTestServer startOn(int port) {
    return start(builder -> builder, EchoListeners::install, port);
  }

  private static SocketIoTestServer start(
      UnaryOperator<SocketIoConfig.Builder> configure, Consumer<SocketIoServer> prepare, int port) {
    var server =
        SocketIoServer.create(configure.apply(SocketIoConfig.builder().eventLoops(2)).build());
    prepare.accept(server);
    try {
      return new SocketIoTestServer(server, server.start("127.0.0.1", port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server with the echo listeners. */
  public static SocketIoTestServer start() {
    return start(builder -> builder);
  }

  /** Starts a server with the echo listeners and these settings. */
  public static SocketIoTestServer start(UnaryOperator<SocketIoConfig.Builder> configure) {
    return start(configure, EchoListeners::install);
  }

  public SocketIoServer server() {
    return server;
  }

  public Namespace main() {
    return server.namespace("/");
  }

  public int port() {
    return port;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public SocketIoMetrics metrics() {
    return server.metrics();
  }

  public void awaitSessions(int count) {
    await().until(() -> metrics().sessions() == count);
  }

  /** Closes the server, and fails when its counters do not return to zero. */
  @Override
  public void close() {
    server.close(CLOSE_TIMEOUT);
    // On a loaded machine the event loops may end later than the server has time to close.
    await().untilAsserted(() -> EngineCounters.assertNothingLeft(EngineAccess.of(server)));
  }
}
