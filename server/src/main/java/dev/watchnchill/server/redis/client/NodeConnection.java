package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to one node that reconnects whenever it is lost. A check once a second detects a
 * node that has stopped answering without closing the connection, or that rejects what the
 * connection is for.
 *
 * @param <C> the kind of connection
 */
public final class NodeConnection<C extends StatefulRedisConnection<String, byte[]>>
    implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeConnection.class);

  /** The interval between two checks of an open connection. */
  static final long CHECK_INTERVAL_MS = 1_000;

  /**
   * The timeout of the first attempt to connect, which is longer because a process that has just
   * started is slow.
   */
  static final Duration FIRST_CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private static final long BACKOFF_MIN_MS = 50;
  private static final long BACKOFF_MAX_MS = 300;

  /**
   * The number of consecutive successful checks, one interval apart, that a node needs after it has
   * rejected one. A node whose memory is full may have room for a moment only because we have
   * closed our connection.
   */
  private static final int SUCCESSES_AFTER_REJECTION = 2;

  /** Prepares and checks connections, and receives their state, on the executor. */
  interface Listener<C extends StatefulRedisConnection<String, byte[]>> {
    /** Prepares a new connection before it is used; a failure closes it. */
    CompletionStage<?> prepare(C connection);

    /** Checks an open connection; a failure closes it. */
    default CompletionStage<?> check(C connection) {
      return ping(connection);
    }

    /** The connection can be used. */
    void connected();

    /** The connection was usable and is lost. */
    void disconnected();
  }

  private final String name;
  private final ConnectionExecutor executor;
  private final Function<Duration, CompletionStage<C>> connector;
  private final Duration timeout;
  private final Listener<C> listener;
  // Written on the executor.
  private volatile @Nullable C current;
  private volatile boolean closed;
  private long backoffMs = BACKOFF_MIN_MS;
  private boolean outageLogged;
  private boolean rejectionLogged;
  private boolean attempted;
  private boolean checking;
  // How many successful checks are still needed; none after a plain disconnect.
  private int successesNeeded;

  /**
   * @param name the purpose and target of the connection, for the log
   * @param timeout how long a command may take
   * @param connector opens a connection; its argument is the timeout of the attempt and of the
   *     first commands
   */
  NodeConnection(
      String name,
      ConnectionExecutor executor,
      Duration timeout,
      Function<Duration, CompletionStage<C>> connector,
      Listener<C> listener) {
    this.name = name;
    this.executor = executor;
    this.timeout = timeout;
    this.connector = connector;
    this.listener = listener;
  }

  /** Returns the connection, or null while there is none. */
  @Nullable C current() {
    return current;
  }

  /** Begins to connect. */
  void start() {
    executor.execute(this::connect);
  }

  private void connect() {
    if (closed) {
      return;
    }
    executor.onCompletion(
        openConnection(),
        (connection, failure) -> {
          if (connection == null) {
            connectFailed(failure);
          } else {
            prepare(connection);
          }
        });
  }

  private CompletionStage<C> openConnection() {
    Duration attemptTimeout =
        attempted || timeout.compareTo(FIRST_CONNECT_TIMEOUT) > 0 ? timeout : FIRST_CONNECT_TIMEOUT;
    attempted = true;
    try {
      return connector.apply(attemptTimeout);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e); // such as when the client is being closed
    }
  }

  private void prepare(C connection) {
    if (closed) {
      var _ = connection.closeAsync();
      return;
    }
    // PING, not the handshake alone: a Redis that still loads its data rejects it.
    CompletionStage<?> ready = ping(connection).thenCompose(_ -> listener.prepare(connection));
    executor.onCompletion(
        ready,
        (_, failure) -> {
          if (failure != null || closed) {
            var _ = connection.closeAsync();
            connectFailed(failure);
          } else if (--successesNeeded > 0) {
            var _ = connection.closeAsync();
            executor.schedule(CHECK_INTERVAL_MS, this::connect);
          } else {
            established(connection);
          }
        });
  }

  /** Sends PING. A Redis that cannot save rejects even PING, but still publishes. */
  private static CompletionStage<?> ping(StatefulRedisConnection<String, byte[]> connection) {
    return connection
        .async()
        .ping()
        .exceptionallyCompose(failure ->
            RedisFailures.rejectsWrites(failure)
                ? CompletableFuture.completedStage("")
                : CompletableFuture.failedStage(failure));
  }

  private void established(C connection) {
    backoffMs = BACKOFF_MIN_MS;
    if (outageLogged) {
      log.info("Redis is back: {}", name);
    }
    outageLogged = false;
    rejectionLogged = false;
    successesNeeded = 0;
    connection.setTimeout(timeout);
    current = connection;
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
            executor.execute(() -> connectionLost(connection, "the connection was closed"));
          }
        });
    listener.connected();
    if (!connection.isOpen()) {
      connectionLost(connection, "the connection was closed"); // before the listener was added
      return;
    }
    executor.schedule(CHECK_INTERVAL_MS, () -> checkPeriodically(connection));
  }

  private void checkPeriodically(C connection) {
    if (connection.equals(current)) {
      check(connection);
      executor.schedule(CHECK_INTERVAL_MS, () -> checkPeriodically(connection));
    }
  }

  /** Checks now instead of up to a second later: the node has just rejected a command. */
  void checkSoon() {
    executor.execute(() -> {
      C connection = current;
      if (connection != null) {
        check(connection);
      }
    });
  }

  private void check(C connection) {
    if (checking) {
      return;
    }
    checking = true;
    executor.onCompletion(
        listener.check(connection),
        (_, failure) -> {
          checking = false;
          if (failure != null && connection.equals(current)) {
            logOutage(failure, "");
            connectionLost(connection, RedisFailures.message(failure));
          }
        });
  }

  private void connectionLost(C connection, String reason) {
    if (!connection.equals(current)) {
      return;
    }
    current = null;
    var _ = connection.closeAsync();
    if (!closed) {
      if (!outageLogged) {
        outageLogged = true;
        log.warn("Redis cannot be reached: {}: {}", name, reason);
      }
      listener.disconnected();
      executor.execute(this::connect);
    }
  }

  private void connectFailed(@Nullable Throwable failure) {
    if (closed) {
      return;
    }
    logOutage(failure, "; it is tried again and again");
    executor.schedule(successesNeeded > 0 ? CHECK_INTERVAL_MS : backoffMs, this::connect);
    backoffMs = Math.min(BACKOFF_MAX_MS, backoffMs * 2);
  }

  /** Logs each outage once, and once more when it turns out to be a rejection. */
  private void logOutage(@Nullable Throwable failure, String more) {
    boolean rejection = failure != null && RedisFailures.rejectsWrites(failure);
    if (rejection) {
      successesNeeded = SUCCESSES_AFTER_REJECTION;
    }
    if (rejection && !rejectionLogged) {
      rejectionLogged = true;
      outageLogged = true;
      log.warn("Redis takes no changes: {}: {}", name, RedisFailures.message(failure));
    } else if (!outageLogged && !closed) {
      outageLogged = true;
      log.warn("Redis cannot be reached: {}: {}{}", name, RedisFailures.message(failure), more);
    }
  }

  /** Closes the connection for good; the listener is not called any more. */
  @Override
  public void close() {
    closed = true;
    C connection = current;
    current = null;
    if (connection != null) {
      var _ = connection.closeAsync();
    }
  }
}
