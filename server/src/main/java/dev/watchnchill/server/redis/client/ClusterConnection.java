package dev.watchnchill.server.redis.client;

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
 * Commands to a Redis Cluster. Lettuce finds the node for each key and follows the cluster when it
 * changes; here a round a second asks every master whether it is there.
 */
final class ClusterConnection implements RedisConnection {
  private static final Logger log = LoggerFactory.getLogger(ClusterConnection.class);

  private final LettuceClientFactory driver;
  private final RedisClusterClient client;
  private final ConnectionExecutor loop;
  private final Watcher watcher;
  // Written on the loop.
  private volatile @Nullable StatefulRedisClusterConnection<String, byte[]> current;
  private volatile boolean available;
  private volatile String version = "";
  private volatile boolean closed;
  private boolean complained;
  private boolean warmingUp = true;
  private boolean checking;
  private final EvictionWarning eviction;

  ClusterConnection(LettuceClientFactory driver, ConnectionExecutor loop, Watcher watcher) {
    this.driver = driver;
    this.client = driver.cluster();
    this.eviction = new EvictionWarning(driver.url());
    this.loop = loop;
    this.watcher = watcher;
  }

  @Override
  public void start() {
    // A process that has just begun is slow: what took too long is tried again without a word.
    loop.later(NodeConnection.FIRST_PATIENCE.toMillis(), () -> warmingUp = false);
    loop.execute(this::dial);
  }

  private void dial() {
    if (closed) {
      return;
    }
    CompletionStage<StatefulRedisClusterConnection<String, byte[]>> dialled =
        client
            .refreshPartitionsAsync()
            .thenCompose(_ -> client.connectAsync(LettuceClientFactory.CODEC));
    loop.when(
        dialled,
        (connection, failure) -> {
          if (connection == null) {
            complain(failure);
            loop.later(NodeConnection.KEEP_ALIVE_MS, this::dial);
          } else {
            loop.when(ask(connection), (round, trouble) -> begin(connection, round, trouble));
          }
        });
  }

  private void begin(
      StatefulRedisClusterConnection<String, byte[]> connection,
      @Nullable Round round,
      @Nullable Throwable failure) {
    // One master that answers is enough to begin: its rooms need not wait for the others'.
    if (closed || round == null || !round.some()) {
      var _ = connection.closeAsync();
      complain(round == null ? failure : round.failure());
      loop.later(NodeConnection.KEEP_ALIVE_MS, this::dial);
      return;
    }
    current = connection;
    warmingUp = false;
    hear(round);
    masters()
        .forEach(node -> {
          var _ =
              on(connection, node)
                  .thenCompose(found -> found.async().info("memory"))
                  .thenAccept(eviction::read);
        });
    watcher.up();
    loop.later(NodeConnection.KEEP_ALIVE_MS, () -> keepAlive(connection));
  }

  /**
   * What the masters answered.
   *
   * @param version the oldest of theirs
   * @param some whether any answered
   * @param failure of one that did not, or null
   * @param silent whether one did not answer on a connection that is open
   */
  private record Round(String version, boolean some, @Nullable Throwable failure, boolean silent) {
    static final Round NOBODY =
        new Round(
            "", false, new IllegalStateException("no master of the cluster has slots"), false);

    static Round of(@Nullable String version, @Nullable Throwable failure) {
      return version != null
          ? new Round(version, true, null, false)
          : new Round("", false, failure, plain(failure) instanceof RedisCommandTimeoutException);
    }

    private static @Nullable Throwable plain(@Nullable Throwable failure) {
      return failure == null ? null : RedisFailures.plain(failure);
    }

    Round and(Round other) {
      return new Round(
          !some
              ? other.version
              : !other.some ? version : RedisVersion.older(version, other.version),
          some || other.some,
          failure == null ? other.failure : failure,
          silent || other.silent);
    }
  }

  private Stream<RedisClusterNode> masters() {
    return client.getPartitions().stream()
        .filter(node -> node.getRole().isUpstream() && !node.hasNoSlots());
  }

  /** Asks every master for its version, and whether it takes changes. */
  private CompletableFuture<Round> ask(StatefulRedisClusterConnection<String, byte[]> connection) {
    return masters()
        .map(node -> ask(connection, node).handle(Round::of))
        .reduce((one, other) -> one.thenCombine(other, Round::and))
        .orElseGet(() -> CompletableFuture.completedFuture(Round.NOBODY));
  }

  private static CompletableFuture<String> ask(
      StatefulRedisClusterConnection<String, byte[]> connection, RedisClusterNode node) {
    return on(connection, node)
        .thenCompose(found ->
            WriteCheck.ask(found.async(), node::hasSlot)
                .thenCompose(_ -> found.async().info("server")))
        .thenApply(RedisVersion::of);
  }

  /** By address: that is the connection which commands to its slots take. */
  private static CompletableFuture<StatefulRedisConnection<String, byte[]>> on(
      StatefulRedisClusterConnection<String, byte[]> connection, RedisClusterNode node) {
    return connection.getConnectionAsync(node.getUri().getHost(), node.getUri().getPort());
  }

  @Override
  public void checkSoon() {
    loop.execute(() -> {
      StatefulRedisClusterConnection<String, byte[]> asked = current;
      if (asked == null || checking) {
        return;
      }
      checking = true;
      loop.when(
          ask(asked),
          (round, _) -> {
            checking = false;
            if (round != null && asked.equals(current) && !closed) {
              hear(round);
            }
          });
    });
  }

  private void keepAlive(StatefulRedisClusterConnection<String, byte[]> connection) {
    if (!connection.equals(current) || closed) {
      return;
    }
    loop.when(
        ask(connection),
        (round, failure) -> {
          if (!connection.equals(current) || closed) {
            return;
          }
          if (round == null || round.silent()) {
            // Nobody else would ever hang up on a node that is silent.
            complain(round == null ? failure : round.failure());
            current = null;
            var _ = connection.closeAsync();
            watcher.down();
            dial();
          } else {
            hear(round);
            loop.later(NodeConnection.KEEP_ALIVE_MS, () -> keepAlive(connection));
          }
        });
  }

  private void hear(Round round) {
    if (round.some()) {
      version = round.version();
    }
    if (round.failure() != null) {
      complain(round.failure());
      lookAgain();
      return;
    }
    available = true;
    if (complained) {
      complained = false;
      log.info("All of the cluster is back: {}", driver.url());
    }
  }

  private void complain(@Nullable Throwable failure) {
    available = false;
    boolean slowStart = warmingUp && current == null && RedisFailures.timedOut(failure);
    if (!complained && !closed && !slowStart) {
      complained = true;
      log.warn(
          "Not all of the cluster can be used: {}: {}",
          driver.url(),
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
  public void lookAgain() {
    if (!closed) {
      client.refreshPartitionsAsync();
    }
  }

  @Override
  public CompletableFuture<Void> hangUp() {
    closed = true;
    current = null;
    available = false;
    return client.shutdownAsync(0, 1, TimeUnit.SECONDS);
  }
}
