package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends commands to one Redis that is not a cluster, on the connection of its channels. */
final class StandaloneConnection implements RedisConnection {
  private final Node node;
  private final NodeConnection connection;
  private volatile String version = "";

  StandaloneConnection(
      LettuceClientFactory clientFactory,
      RedisClient client,
      ConnectionExecutor executor,
      Listener listener) {
    RedisUrl.Host host = clientFactory.url().hosts().getFirst();
    node = new Node(host.name(), host.port());
    String name = clientFactory.url().toString();
    var check = new Writable(new EvictionWarning(clientFactory.url()));
    connection = new NodeConnection(name, clientFactory, client, executor, node, check);
    connection.addListener(
        new NodeConnection.Listener() {
          @Override
          public void connected(NodeConnection open) {
            listener.connected();
          }

          @Override
          public void disconnected(NodeConnection lost) {
            listener.disconnected();
          }
        });
  }

  /** Reads the version of Redis at first, and checks whether it accepts writes. */
  private final class Writable implements NodeConnection.Check {
    private final EvictionWarning eviction;

    Writable(EvictionWarning eviction) {
      this.eviction = eviction;
    }

    @Override
    public CompletionStage<?> prepare(StatefulRedisPubSubConnection<String, byte[]> fresh) {
      var _ = fresh.async().info("memory").thenAccept(eviction::read);
      return fresh
          .async()
          .info("server")
          .thenAccept(info -> version = RedisVersion.of(info))
          .thenCompose(_ -> check(fresh));
    }

    @Override
    public CompletionStage<?> check(StatefulRedisPubSubConnection<String, byte[]> open) {
      return WriteCheck.check(open.async());
    }
  }

  @Override
  public void start() {
    connection.start();
  }

  @Override
  public @Nullable RedisClusterAsyncCommands<String, byte[]> commands() {
    StatefulRedisPubSubConnection<String, byte[]> now = connection.current();
    return now == null ? null : now.async();
  }

  @Override
  public boolean available() {
    return connection.current() != null;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Node nodeOf(String key) {
    return node;
  }

  @Override
  public NodeConnection channelConnection(Node address) {
    return connection;
  }

  @Override
  public void checkSoon() {
    connection.checkSoon();
  }

  @Override
  public void refreshTopology() {
    // There is one node only.
  }

  @Override
  public CompletableFuture<Void> closeAsync() {
    connection.close();
    return CompletableFuture.completedFuture(null); // its client waits for it
  }
}
