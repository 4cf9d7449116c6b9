package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to one node, for commands and for channels. It reconnects whenever it is lost. A
 * {@link Check} once a second detects a node that no longer answers, or cannot be used.
 *
 * <p>Commands and channels can share a connection since RESP3. Then the answer to a commit and the
 * message that it publishes arrive together.
 */
public final class NodeConnection implements AutoCloseable {
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

  /** Decides whether a connection can be used. Called on the executor. */
  interface Check {
    /** Prepares a new connection before it is used; a failure closes it. */
    default CompletionStage<?> prepare(StatefulRedisPubSubConnection<String, byte[]> connection) {
      return CompletableFuture.completedStage(null);
    }

    /** Checks an open connection; a failure closes it. */
    default CompletionStage<?> check(StatefulRedisPubSubConnection<String, byte[]> connection) {
      return ping(connection);
    }
  }

  /** Receives messages and the state of the connection. */
  interface Listener {
    /** The connection can be used; nothing is subscribed on it yet. Called on the executor. */
    void connected(NodeConnection node);

    /** The connection is lost with all its subscriptions. Called on the executor. */
    void disconnected(NodeConnection node);

    /** Receives a message, on a thread of the connection. */
    default void message(String channel, byte[] payload) {}

    /** The node does not serve the channel any more, or was asked to unsubscribe it. */
    default void unsubscribedByServer(NodeConnection node, String channel) {}
  }

  private final String name;
  private final LettuceClientFactory clientFactory;
  private final RedisClient client;
  private final ConnectionExecutor executor;
  private final RedisConnection.Node address;
  private final Check check;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  // Written on the executor.
  private volatile @Nullable StatefulRedisPubSubConnection<String, byte[]> current;
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
   * @param client a client whose connections do not reconnect
   */
  NodeConnection(
      String name,
      LettuceClientFactory clientFactory,
      RedisClient client,
      ConnectionExecutor executor,
      RedisConnection.Node address,
      Check check) {
    this.name = name;
    this.clientFactory = clientFactory;
    this.client = client;
    this.executor = executor;
    this.address = address;
    this.check = check;
  }

  /** Adds a listener; it is not called for what has happened before. */
  void addListener(Listener listener) {
    listeners.add(listener);
  }

  /** Returns the address of the node. */
  RedisConnection.Node address() {
    return address;
  }

  /** Returns the connection, or null while there is none. */
  @Nullable StatefulRedisPubSubConnection<String, byte[]> current() {
    return current;
  }

  /** Returns whether it is connected. */
  boolean isOpen() {
    return current != null;
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

  private CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> openConnection() {
    Duration timeout = clientFactory.timeout();
    Duration attemptTimeout =
        attempted || timeout.compareTo(FIRST_CONNECT_TIMEOUT) > 0 ? timeout : FIRST_CONNECT_TIMEOUT;
    attempted = true;
    try {
      return client.connectPubSubAsync(
          LettuceClientFactory.CODEC,
          clientFactory.url().toLettuce(address.host(), address.port(), attemptTimeout));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e); // such as when the client is being closed
    }
  }

  private void prepare(StatefulRedisPubSubConnection<String, byte[]> connection) {
    if (closed) {
      var _ = connection.closeAsync();
      return;
    }
    // PING, not the handshake alone: a Redis that still loads its data rejects it.
    CompletionStage<?> ready = ping(connection).thenCompose(_ -> check.prepare(connection));
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
  private static CompletionStage<?> ping(StatefulRedisPubSubConnection<String, byte[]> connection) {
    return connection
        .async()
        .ping()
        .exceptionallyCompose(failure ->
            RedisFailures.rejectsWrites(failure)
                ? CompletableFuture.completedStage("")
                : CompletableFuture.failedStage(failure));
  }

  private void established(StatefulRedisPubSubConnection<String, byte[]> connection) {
    backoffMs = BACKOFF_MIN_MS;
    if (outageLogged) {
      log.info("Redis is back: {}", name);
    }
    outageLogged = false;
    rejectionLogged = false;
    successesNeeded = 0;
    connection.setTimeout(clientFactory.timeout());
    current = connection;
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
            executor.execute(() -> connectionLost(connection, "the connection was closed"));
          }
        });
    connection.addListener(messages());
    listeners.forEach(listener -> listener.connected(this));
    if (!connection.isOpen()) {
      connectionLost(connection, "the connection was closed"); // before the listener was added
      return;
    }
    executor.schedule(CHECK_INTERVAL_MS, () -> checkPeriodically(connection));
  }

  private RedisPubSubAdapter<String, byte[]> messages() {
    return new RedisPubSubAdapter<>() {
      @Override
      public void message(String channel, byte[] message) {
        listeners.forEach(listener -> listener.message(channel, message));
      }

      @Override
      public void smessage(String shardChannel, byte[] message) {
        message(shardChannel, message);
      }

      @Override
      public void sunsubscribed(String shardChannel, long count) {
        listeners.forEach(
            listener -> listener.unsubscribedByServer(NodeConnection.this, shardChannel));
      }
    };
  }

  /** Subscribes to a channel; completes when Redis has confirmed it. */
  CompletionStage<Void> subscribe(String channel, boolean sharded) {
    StatefulRedisPubSubConnection<String, byte[]> now = current;
    if (now == null) {
      return CompletableFuture.failedStage(RedisFailures.notConnected());
    }
    RedisPubSubAsyncCommands<String, byte[]> commands = now.async();
    return sharded ? commands.ssubscribe(channel) : commands.subscribe(channel);
  }

  /** Unsubscribes from a channel. */
  void unsubscribe(String channel, boolean sharded) {
    StatefulRedisPubSubConnection<String, byte[]> now = current;
    if (now != null) {
      RedisPubSubAsyncCommands<String, byte[]> commands = now.async();
      CompletionStage<Void> done =
          sharded ? commands.sunsubscribe(channel) : commands.unsubscribe(channel);
      done.exceptionally(_ -> null);
    }
  }

  private void checkPeriodically(StatefulRedisPubSubConnection<String, byte[]> connection) {
    if (connection.equals(current)) {
      check(connection);
      executor.schedule(CHECK_INTERVAL_MS, () -> checkPeriodically(connection));
    }
  }

  /** Checks now instead of up to a second later: the node has just rejected a command. */
  void checkSoon() {
    executor.execute(() -> {
      StatefulRedisPubSubConnection<String, byte[]> connection = current;
      if (connection != null) {
        check(connection);
      }
    });
  }

  private void check(StatefulRedisPubSubConnection<String, byte[]> connection) {
    if (checking) {
      return;
    }
    checking = true;
    executor.onCompletion(
        check.check(connection),
        (_, failure) -> {
          checking = false;
          if (failure != null && connection.equals(current)) {
            logOutage(failure, "");
            connectionLost(connection, RedisFailures.message(failure));
          }
        });
  }

  private void connectionLost(
      StatefulRedisPubSubConnection<String, byte[]> connection, String reason) {
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
      listeners.forEach(listener -> listener.disconnected(this));
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
    StatefulRedisPubSubConnection<String, byte[]> connection = current;
    current = null;
    if (connection != null) {
      var _ = connection.closeAsync();
    }
  }
}
