package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Subscriptions at one node. */
final class PubSubNode implements AutoCloseable {

  /** Hears what comes in. */
  interface Watcher {
    /** The connection is of use; nothing is subscribed on it. On the loop. */
    void up(PubSubNode node);

    /** It was of use and is lost with all that was subscribed. On the loop. */
    void down(PubSubNode node);

    /** A message; on a thread of the connection. */
    void message(String channel, byte[] payload);

    /** The node does not look after that channel any more, or was asked to forget it. */
    void gone(PubSubNode node, String channel);
  }

  final RedisConnection.Node address;
  private final NodeConnection<StatefulRedisPubSubConnection<String, byte[]>> connection;

  PubSubNode(
      LettuceClientFactory driver,
      RedisClient client,
      ConnectionExecutor loop,
      RedisConnection.Node at,
      Watcher watcher) {
    address = at;
    connection =
        new NodeConnection<>(
            "events of " + new RedisUrl.Host(at.host(), at.port()),
            loop,
            driver.timeout(),
            patience ->
                client.connectPubSubAsync(
                    LettuceClientFactory.CODEC,
                    driver.url().lettuce(at.host(), at.port(), patience)),
            new NodeConnection.Watcher<StatefulRedisPubSubConnection<String, byte[]>>() {
              @Override
              public CompletionStage<?> greet(StatefulRedisPubSubConnection<String, byte[]> fresh) {
                fresh.addListener(listener(watcher));
                return CompletableFuture.completedStage(null);
              }

              @Override
              public void up() {
                watcher.up(PubSubNode.this);
              }

              @Override
              public void down() {
                watcher.down(PubSubNode.this);
              }
            });
    connection.start();
  }

  private RedisPubSubAdapter<String, byte[]> listener(Watcher watcher) {
    return new RedisPubSubAdapter<>() {
      @Override
      public void message(String channel, byte[] message) {
        watcher.message(channel, message);
      }

      @Override
      public void smessage(String shardChannel, byte[] message) {
        watcher.message(shardChannel, message);
      }

      @Override
      public void sunsubscribed(String shardChannel, long count) {
        watcher.gone(PubSubNode.this, shardChannel);
      }
    };
  }

  /** Whether it is connected. */
  boolean open() {
    return connection.current() != null;
  }

  /** Asks for a channel; done when Redis has confirmed it. */
  CompletionStage<Void> subscribe(String channel, boolean sharded) {
    StatefulRedisPubSubConnection<String, byte[]> now = connection.current();
    if (now == null) {
      return CompletableFuture.failedStage(RedisFailures.down());
    }
    RedisPubSubAsyncCommands<String, byte[]> commands = now.async();
    return sharded ? commands.ssubscribe(channel) : commands.subscribe(channel);
  }

  /** Gives a channel up. */
  void unsubscribe(String channel, boolean sharded) {
    StatefulRedisPubSubConnection<String, byte[]> now = connection.current();
    if (now != null) {
      RedisPubSubAsyncCommands<String, byte[]> commands = now.async();
      CompletionStage<Void> done =
          sharded ? commands.sunsubscribe(channel) : commands.unsubscribe(channel);
      done.exceptionally(_ -> null);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
