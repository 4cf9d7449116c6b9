package dev.watchnchill.server.redis.client;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.netty.channel.EventLoopGroup;
import io.netty.util.Timeout;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Creates Lettuce clients with our threads, timeouts and options. Commands are rejected, not
 * queued, while Redis is not connected.
 */
final class LettuceClientFactory {
  /** Keys and channels are text, values bytes. */
  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private static final Duration RECONNECT_MIN = Duration.ofMillis(50);
  private static final Duration RECONNECT_MAX = Duration.ofMillis(500);
  private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(5);
  private static final Duration TOPOLOGY_REFRESH_AT_MOST = Duration.ofMillis(500);

  /** One thread for all connections: answers that arrive together wake it once. */
  private static final int IO_THREADS = 1;

  private final IoThreads ioThreads = new IoThreads();
  private final ClientResources resources;
  private final Duration timeout;
  private final RedisUrl url;

  LettuceClientFactory(RedisUrl url, Duration timeout) {
    this.url = url;
    this.timeout = timeout;
    this.resources =
        DefaultClientResources.builder()
            .eventLoopGroupProvider(ioThreads) // Lettuce ignores a number of threads below 2
            .computationThreadPoolSize(2)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .reconnectDelay(
                () -> Delay.exponential(RECONNECT_MIN, RECONNECT_MAX, 2, TimeUnit.MILLISECONDS))
            .build();
  }

  /** Moves all reads and writes to shared event loops, which the caller closes. */
  void useEventLoops(EventLoopGroup shared) {
    ioThreads.shared = shared;
  }

  /** Provides Lettuce's own I/O thread, or the shared event loops. */
  private static final class IoThreads implements EventLoopGroupProvider {
    /**
     * Quiet time before an event loop ends. A connection that the cluster's topology refresh opens
     * while the loop ends is only closed, and its buffer released, in another pass of the loop.
     */
    private static final long QUIET_MS = 50;

    private static final long END_MAX_MS = 1_000;

    private final EventLoopGroupProvider ownGroups = new DefaultEventLoopGroupProvider(IO_THREADS);
    private volatile @Nullable EventLoopGroup shared;

    @Override
    @SuppressWarnings(
        "unchecked") // asked for by a deprecated type; any group with the same I/O will do
    public <T extends EventLoopGroup> T allocate(Class<T> type) {
      EventLoopGroup sharedGroup = shared;
      return sharedGroup == null ? ownGroups.allocate(type) : (T) sharedGroup;
    }

    @Override
    public int threadPoolSize() {
      return IO_THREADS;
    }

    @Override
    public Future<Boolean> release(
        EventExecutorGroup group, long quietPeriod, long timeout, TimeUnit unit) {
      if (!group.equals(shared)) {
        var _ = ownGroups.release(group, QUIET_MS, END_MAX_MS, TimeUnit.MILLISECONDS);
      }
      return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
    }

    @Override
    public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit unit) {
      return ownGroups.shutdown(QUIET_MS, END_MAX_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** Returns a client for single nodes; its connections do not reconnect. */
  RedisClient createNodeClient() {
    RedisClient client = RedisClient.create(resources);
    client.setOptions(
        withCommonOptions(ClientOptions.builder())
            .autoReconnect(false)
            .timeoutOptions(TimeoutOptions.enabled()) // as set on the connection
            .build());
    return client;
  }

  /** Returns a client that follows a cluster's topology and routes each command to its node. */
  RedisClusterClient createClusterClient() {
    RedisClusterClient client = RedisClusterClient.create(resources, url.toLettuce(timeout));
    ClusterClientOptions.Builder options = ClusterClientOptions.builder();
    withCommonOptions(options);
    client.setOptions(
        options
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(TOPOLOGY_REFRESH)
                    .adaptiveRefreshTriggersTimeout(TOPOLOGY_REFRESH_AT_MOST)
                    .refreshTriggersReconnectAttempts(1)
                    .build())
            .validateClusterNodeMembership(false)
            .build());
    return client;
  }

  private ClientOptions.Builder withCommonOptions(ClientOptions.Builder options) {
    return options
        .protocolVersion(ProtocolVersion.RESP3) // commands and channels share a connection
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(SocketOptions.builder().connectTimeout(timeout).tcpNoDelay(true).build())
        .timeoutOptions(TimeoutOptions.enabled(timeout));
  }

  /**
   * Runs a task after roughly that delay. It costs no system call, so every command can have its
   * own timer; a timer of {@code CompletableFuture} wakes a thread twice.
   *
   * @param task short; it runs on the timer's thread
   * @return cancels the task
   */
  Runnable schedule(long delayMs, Runnable task) {
    try {
      Timeout timeout =
          resources.timer().newTimeout(_ -> task.run(), delayMs, TimeUnit.MILLISECONDS);
      return timeout::cancel;
    } catch (IllegalStateException _) { // closed: nothing waits any more
      task.run();
      return () -> {};
    }
  }

  /** Returns the timeout of a command. */
  Duration timeout() {
    return timeout;
  }

  /** Returns the URL that all clients connect to. */
  RedisUrl url() {
    return url;
  }

  /** Begins to end the threads; always returns true, for use in a stage. */
  boolean shutdown() {
    var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
    var _ = ioThreads.shutdown(0, 1, TimeUnit.SECONDS);
    return true;
  }
}
