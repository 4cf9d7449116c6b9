package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends commands to one Redis that is not a cluster. */
final class StandaloneConnection implements RedisConnection {
  private final Node node;
  private final NodeConnection<StatefulRedisConnection<String, byte[]>> connection;
  private volatile String version = "";

  StandaloneConnection(
      LettuceClientFactory clientFactory,
      RedisClient client,
      ConnectionExecutor executor,
      Listener listener) {
    var eviction = new EvictionWarning(clientFactory.url());
    RedisUrl.Host host = clientFactory.url().hosts().getFirst();
    node = new Node(host.name(), host.port());
    connection =
        new NodeConnection<>(
            clientFactory.url().toString(),
            executor,
            clientFactory.timeout(),
            timeout ->
                client.connectAsync(
                    LettuceClientFactory.CODEC,
                    clientFactory.url().toLettuce(host.name(), host.port(), timeout)),
            new NodeConnection.Listener<StatefulRedisConnection<String, byte[]>>() {
              @Override
              public CompletionStage<?> prepare(StatefulRedisConnection<String, byte[]> fresh) {
                var _ = fresh.async().info("memory").thenAccept(eviction::read);
                return fresh
                    .async()
                    .info("server")
                    .thenAccept(info -> version = RedisVersion.of(info))
                    .thenCompose(_ -> check(fresh));
              }

              @Override
              public CompletionStage<?> check(StatefulRedisConnection<String, byte[]> open) {
                return WriteCheck.check(open.async());
              }

              @Override
              public void connected() {
                listener.connected();
              }

              @Override
              public void disconnected() {
                listener.disconnected();
              }
            });
  }

  @Override
  public void start() {
    connection.start();
  }

  @Override
  public @Nullable RedisClusterAsyncCommands<String, byte[]> commands() {
    StatefulRedisConnection<String, byte[]> now = connection.current();
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
