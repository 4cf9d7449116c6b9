package dev.watchnchill.socketio.support;

import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.Engines;
import dev.watchnchill.socketio.Namespace;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoMetrics;
import dev.watchnchill.socketio.SocketIoServer;
import dev.watchnchill.socketio.engine.EngineTruth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A server on a free port of the loopback address, closed with the test. */
public final class TestServer implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(200);

  static {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
  }

  private final SocketIoServer server;
  private final int port;

  private TestServer(SocketIoServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Defaults but for what {@code configure} changes; two event loops. */
  public static TestServer start(
      UnaryOperator<SocketIoConfig.Builder> configure, Consumer<SocketIoServer> prepare) {
    return start(configure, prepare, 0);
  }

  /** Defaults and the fixture on a port that a server before this one has used. */
  public static TestServer startOn(int port) {
    return start(builder -> builder, Fixture::install, port);
  }

  private static TestServer start(
      UnaryOperator<SocketIoConfig.Builder> configure, Consumer<SocketIoServer> prepare, int port) {
    var server =
        SocketIoServer.create(configure.apply(SocketIoConfig.builder().eventLoops(2)).build());
    prepare.accept(server);
    try {
      return new TestServer(server, server.start("127.0.0.1", port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Defaults and the fixture of {@link Fixture#install}. */
  public static TestServer start() {
    return start(builder -> builder);
  }

  /** The fixture of {@link Fixture#install} with these settings. */
  public static TestServer start(UnaryOperator<SocketIoConfig.Builder> configure) {
    return start(configure, Fixture::install);
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

  /** Closes the server, and fails when its counters do not come back to nothing. */
  @Override
  public void close() {
    server.close(CLOSE_TIMEOUT);
    // On a busy machine the event loops may outlast the time that the server has to close.
    await().untilAsserted(() -> EngineTruth.assertNothingLeft(Engines.of(server)));
  }
}
