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

/** How Lettuce is set up: its threads, its times, and that it never queues for an absent Redis. */
final class LettuceClientFactory {
  /** Keys and channels are text, values bytes. */
  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private static final Duration RECONNECT_MIN = Duration.ofMillis(50);
  private static final Duration RECONNECT_MAX = Duration.ofMillis(500);
  private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(5);
  private static final Duration TOPOLOGY_REFRESH_AT_MOST = Duration.ofMillis(500);

  /** One thread for all connections: what comes in at the same time wakes it once. */
  private static final int IO_THREADS = 1;

  private final IoThreads loops = new IoThreads();
  private final ClientResources resources;
  private final Duration timeout;
  private final RedisUrl url;

  LettuceClientFactory(RedisUrl url, Duration timeout) {
    this.url = url;
    this.timeout = timeout;
    this.resources =
        DefaultClientResources.builder()
            .eventLoopGroupProvider(loops) // a number of threads below 2 would not be taken
            .computationThreadPoolSize(2)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .reconnectDelay(
                () -> Delay.exponential(RECONNECT_MIN, RECONNECT_MAX, 2, TimeUnit.MILLISECONDS))
            .build();
  }

  /** From now on everything is read and written on these loops, which stay the caller's to end. */
  void use(EventLoopGroup shared) {
    loops.shared = shared;
  }

  /** Threads of its own, or the ones that it was given. */
  private static final class IoThreads implements EventLoopGroupProvider {
    private final EventLoopGroupProvider own = new DefaultEventLoopGroupProvider(IO_THREADS);
    private volatile @Nullable EventLoopGroup shared;

    @Override
    @SuppressWarnings("unchecked") // asked for by its old name; any group with the same IO will do
    public <T extends EventLoopGroup> T allocate(Class<T> type) {
      EventLoopGroup given = shared;
      return given == null ? own.allocate(type) : (T) given;
    }

    @Override
    public int threadPoolSize() {
      return IO_THREADS;
    }

    @Override
    public Future<Boolean> release(
        EventExecutorGroup group, long quietPeriod, long timeout, TimeUnit unit) {
      return group.equals(shared)
          ? ImmediateEventExecutor.INSTANCE.newSucceededFuture(true)
          : own.release(group, quietPeriod, timeout, unit);
    }

    @Override
    public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit unit) {
      return own.shutdown(quietPeriod, timeout, unit);
    }
  }

  /** Makes connections to single nodes; each is dead once it is lost. */
  RedisClient nodes() {
    RedisClient client = RedisClient.create(resources);
    client.setOptions(
        common(ClientOptions.builder())
            .autoReconnect(false)
            .timeoutOptions(TimeoutOptions.enabled()) // as the connection says
            .build());
    return client;
  }

  /** Knows a cluster's nodes and finds the right one for each command. */
  RedisClusterClient cluster() {
    RedisClusterClient client = RedisClusterClient.create(resources, url.lettuce(timeout));
    ClusterClientOptions.Builder options = ClusterClientOptions.builder();
    common(options);
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

  private ClientOptions.Builder common(ClientOptions.Builder options) {
    return options
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(SocketOptions.builder().connectTimeout(timeout).tcpNoDelay(true).build())
        .timeoutOptions(TimeoutOptions.enabled(timeout));
  }

  /**
   * Does that after so many ms, roughly; what is given takes it back. It costs no system call, so
   * every command may have its own: a timer of {@code CompletableFuture} wakes a thread twice.
   *
   * @param task short, on a thread of the timer
   */
  Runnable after(long delayMs, Runnable task) {
    try {
      Timeout timeout =
          resources.timer().newTimeout(_ -> task.run(), delayMs, TimeUnit.MILLISECONDS);
      return timeout::cancel;
    } catch (IllegalStateException _) { // closed: nothing is waited for any more
      task.run();
      return () -> {};
    }
  }

  /** How long a command may take. */
  Duration timeout() {
    return timeout;
  }

  /** Where everything goes. */
  RedisUrl url() {
    return url;
  }

  /** Ends the threads soon; true for those who go on from here. */
  boolean hangUp() {
    var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
    var _ = loops.shutdown(0, 1, TimeUnit.SECONDS);
    return true;
  }
}
