package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands to a Redis Cluster. Lettuce finds the node of each key and follows changes of the
 * topology. A check of every master once a second finds the ones that do not answer.
 */
final class ClusterConnection implements RedisConnection {
  private static final Logger log = LoggerFactory.getLogger(ClusterConnection.class);

  private final LettuceClientFactory clientFactory;
  private final RedisClusterClient client;
  private final RedisClient nodeClient;
  private final ConnectionExecutor executor;
  private final Listener listener;
  // Written on the executor.
  private volatile @Nullable StatefulRedisClusterConnection<String, byte[]> current;
  private volatile boolean available;
  private volatile String version = "";
  private volatile boolean closed;
  private boolean outageLogged;
  private boolean starting = true;
  private boolean checking;
  private final EvictionWarning eviction;

  ClusterConnection(
      LettuceClientFactory clientFactory,
      RedisClient nodeClient,
      ConnectionExecutor executor,
      Listener listener) {
    this.clientFactory = clientFactory;
    this.nodeClient = nodeClient;
    this.client = clientFactory.createClusterClient();
    this.eviction = new EvictionWarning(clientFactory.url());
    this.executor = executor;
    this.listener = listener;
  }

  @Override
  public void start() {
    // A process that has just started is slow: timeouts during startup are not logged.
    executor.schedule(NodeConnection.FIRST_CONNECT_TIMEOUT.toMillis(), () -> starting = false);
    executor.execute(this::connect);
  }

  private void connect() {
    if (closed) {
      return;
    }
    CompletionStage<StatefulRedisClusterConnection<String, byte[]>> connecting =
        client
            .refreshPartitionsAsync()
            .thenCompose(_ -> client.connectAsync(LettuceClientFactory.CODEC));
    executor.onCompletion(
        connecting,
        (connection, failure) -> {
          if (connection == null) {
            logOutage(failure);
            executor.schedule(NodeConnection.CHECK_INTERVAL_MS, this::connect);
          } else {
            executor.onCompletion(
                check(connection),
                (check, checkFailure) -> established(connection, check, checkFailure));
          }
        });
  }

  private void established(
      StatefulRedisClusterConnection<String, byte[]> connection,
      @Nullable HealthCheck check,
      @Nullable Throwable failure) {
    // One master that answers is enough: its rooms need not wait for the other masters.
    if (closed || check == null || !check.anyAnswered()) {
      var _ = connection.closeAsync();
      logOutage(check == null ? failure : check.failure());
      executor.schedule(NodeConnection.CHECK_INTERVAL_MS, this::connect);
      return;
    }
    current = connection;
    starting = false;
    apply(check);
    masters()
        .forEach(node -> {
          var _ =
              connectionTo(connection, node)
                  .thenCompose(found -> found.async().info("memory"))
                  .thenAccept(eviction::read);
        });
    listener.connected();
    executor.schedule(NodeConnection.CHECK_INTERVAL_MS, () -> checkPeriodically(connection));
  }

  /**
   * The combined answer of the masters to one check.
   *
   * @param version the oldest version among them
   * @param anyAnswered whether any master answered
   * @param failure the failure of a master that did not answer, or null
   * @param timedOut whether a master did not answer on an open connection
   */
  private record HealthCheck(
      String version, boolean anyAnswered, @Nullable Throwable failure, boolean timedOut) {
    static final HealthCheck NO_MASTERS =
        new HealthCheck(
            "", false, new IllegalStateException("no master of the cluster has slots"), false);

    static HealthCheck of(@Nullable String version, @Nullable Throwable failure) {
      return version != null
          ? new HealthCheck(version, true, null, false)
          : new HealthCheck(
              "", false, failure, unwrap(failure) instanceof RedisCommandTimeoutException);
    }

    private static @Nullable Throwable unwrap(@Nullable Throwable failure) {
      return failure == null ? null : RedisFailures.unwrap(failure);
    }

    HealthCheck combine(HealthCheck other) {
      return new HealthCheck(
          !anyAnswered
              ? other.version
              : !other.anyAnswered ? version : RedisVersion.older(version, other.version),
          anyAnswered || other.anyAnswered,
          failure == null ? other.failure : failure,
          timedOut || other.timedOut);
    }
  }

  private Stream<RedisClusterNode> masters() {
    return client.getPartitions().stream()
        .filter(node -> node.getRole().isUpstream() && !node.hasNoSlots());
  }

  /** Asks every master for its version, and whether it accepts writes. */
  private CompletableFuture<HealthCheck> check(
      StatefulRedisClusterConnection<String, byte[]> connection) {
    return masters()
        .map(node -> check(connection, node).handle(HealthCheck::of))
        .reduce((one, other) -> one.thenCombine(other, HealthCheck::combine))
        .orElseGet(() -> CompletableFuture.completedFuture(HealthCheck.NO_MASTERS));
  }

  private static CompletableFuture<String> check(
      StatefulRedisClusterConnection<String, byte[]> connection, RedisClusterNode node) {
    return connectionTo(connection, node)
        .thenCompose(found ->
            WriteCheck.check(found.async(), node::hasSlot)
                .thenCompose(_ -> found.async().info("server")))
        .thenApply(RedisVersion::of);
  }

  /** Returns the connection to a node by address: the one that commands to its slots use. */
  private static CompletableFuture<StatefulRedisConnection<String, byte[]>> connectionTo(
      StatefulRedisClusterConnection<String, byte[]> connection, RedisClusterNode node) {
    return connection.getConnectionAsync(node.getUri().getHost(), node.getUri().getPort());
  }

  @Override
  public void checkSoon() {
    executor.execute(() -> {
      StatefulRedisClusterConnection<String, byte[]> asked = current;
      if (asked == null || checking) {
        return;
      }
      checking = true;
      executor.onCompletion(
          check(asked),
          (check, _) -> {
            checking = false;
            if (check != null && asked.equals(current) && !closed) {
              apply(check);
            }
          });
    });
  }

  private void checkPeriodically(StatefulRedisClusterConnection<String, byte[]> connection) {
    if (!connection.equals(current) || closed) {
      return;
    }
    executor.onCompletion(
        check(connection),
        (check, failure) -> {
          if (!connection.equals(current) || closed) {
            return;
          }
          if (check == null || check.timedOut()) {
            // Nothing else would close the connection to a node that does not answer.
            logOutage(check == null ? failure : check.failure());
            current = null;
            var _ = connection.closeAsync();
            listener.disconnected();
            connect();
          } else {
            apply(check);
            executor.schedule(
                NodeConnection.CHECK_INTERVAL_MS, () -> checkPeriodically(connection));
          }
        });
  }

  private void apply(HealthCheck check) {
    if (check.anyAnswered()) {
      version = check.version();
    }
    if (check.failure() != null) {
      logOutage(check.failure());
      refreshTopology();
      return;
    }
    available = true;
    if (outageLogged) {
      outageLogged = false;
      log.info("All of the cluster is back: {}", clientFactory.url());
    }
  }

  private void logOutage(@Nullable Throwable failure) {
    available = false;
    boolean slowStart = starting && current == null && RedisFailures.timedOut(failure);
    if (!outageLogged && !closed && !slowStart) {
      outageLogged = true;
      log.warn(
          "Not all of the cluster can be used: {}: {}",
          clientFactory.url(),
          RedisFailures.message(failure));
    }
  }

  @Override
  public @Nullable RedisClusterAsyncCommands<String, byte[]> commands() {
    StatefulRedisClusterConnection<String, byte[]> now = current;
    return now == null ? null : now.async();
  }

  @Override
  public boolean available() {
    return available;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public @Nullable Node nodeOf(String key) {
    RedisClusterNode master = client.getPartitions().getMasterBySlot(SlotHash.getSlot(key));
    return master == null ? null : new Node(master.getUri().getHost(), master.getUri().getPort());
  }

  @Override
  public NodeConnection channelConnection(Node address) {
    // Not on Lettuce's connections: it would resubscribe them by itself.
    String name = "events of " + new RedisUrl.Host(address.host(), address.port());
    var node =
        new NodeConnection(
            name, clientFactory, nodeClient, executor, address, new NodeConnection.Check() {});
    node.start();
    return node;
  }

  @Override
  public void refreshTopology() {
    if (!closed) {
      client.refreshPartitionsAsync();
    }
  }

  @Override
  public CompletableFuture<Void> closeAsync() {
    closed = true;
    current = null;
    available = false;
    return client.shutdownAsync(0, 1, TimeUnit.SECONDS);
  }
}
