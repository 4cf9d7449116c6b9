package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Commands to one Redis. */
final class StandaloneConnection implements RedisConnection {
  private final Node node;
  private final NodeConnection<StatefulRedisConnection<String, byte[]>> connection;
  private volatile String version = "";

  StandaloneConnection(
      LettuceClientFactory driver, RedisClient client, ConnectionExecutor loop, Watcher watcher) {
    var eviction = new EvictionWarning(driver.url());
    RedisUrl.Host host = driver.url().hosts().getFirst();
    node = new Node(host.name(), host.port());
    connection =
        new NodeConnection<>(
            driver.url().toString(),
            loop,
            driver.timeout(),
            patience ->
                client.connectAsync(
                    LettuceClientFactory.CODEC,
                    driver.url().lettuce(host.name(), host.port(), patience)),
            new NodeConnection.Watcher<StatefulRedisConnection<String, byte[]>>() {
              @Override
              public CompletionStage<?> greet(StatefulRedisConnection<String, byte[]> fresh) {
                var _ = fresh.async().info("memory").thenAccept(eviction::read);
                return fresh
                    .async()
                    .info("server")
                    .thenAccept(info -> version = RedisVersion.of(info))
                    .thenCompose(_ -> check(fresh));
              }

              @Override
              public CompletionStage<?> check(StatefulRedisConnection<String, byte[]> open) {
                return WriteCheck.ask(open.async());
              }

              @Override
              public void up() {
                watcher.up();
              }

              @Override
              public void down() {
                watcher.down();
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
  public void lookAgain() {
    // There is but one.
  }

  @Override
  public CompletableFuture<Void> hangUp() {
    connection.close();
    return CompletableFuture.completedFuture(null); // its client waits for it
  }
}
