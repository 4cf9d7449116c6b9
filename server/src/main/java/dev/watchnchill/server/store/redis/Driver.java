package dev.watchnchill.server.store.redis;

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
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How Lettuce is set up: its threads, its times, and that it never queues for an absent Redis. */
final class Driver {
  /** Keys and channels are text, values bytes. */
  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private static final Duration RECONNECT_MIN = Duration.ofMillis(50);
  private static final Duration RECONNECT_MAX = Duration.ofMillis(500);
  private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(5);
  private static final Duration TOPOLOGY_REFRESH_AT_MOST = Duration.ofMillis(500);

  private final ClientResources resources;
  private final Duration timeout;
  private final RedisUrl url;

  Driver(RedisUrl url, Duration timeout) {
    this.url = url;
    this.timeout = timeout;
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .reconnectDelay(
                () -> Delay.exponential(RECONNECT_MIN, RECONNECT_MAX, 2, TimeUnit.MILLISECONDS))
            .build();
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
    return true;
  }
}
