package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The pub/sub connection to one node. */
final class PubSubConnection implements AutoCloseable {

  /** Receives messages and the state of the connection. */
  interface Listener {
    /** The connection can be used; nothing is subscribed on it yet. Called on the executor. */
    void connected(PubSubConnection node);

    /** The connection is lost with all its subscriptions. Called on the executor. */
    void disconnected(PubSubConnection node);

    /** Receives a message, on a thread of the connection. */
    void message(String channel, byte[] payload);

    /** The node does not serve the channel any more, or was asked to unsubscribe it. */
    void unsubscribedByServer(PubSubConnection node, String channel);
  }

  final RedisConnection.Node address;
  private final NodeConnection<StatefulRedisPubSubConnection<String, byte[]>> connection;

  PubSubConnection(
      LettuceClientFactory clientFactory,
      RedisClient client,
      ConnectionExecutor executor,
      RedisConnection.Node at,
      Listener listener) {
    address = at;
    connection =
        new NodeConnection<>(
            "events of " + new RedisUrl.Host(at.host(), at.port()),
            executor,
            clientFactory.timeout(),
            timeout ->
                client.connectPubSubAsync(
                    LettuceClientFactory.CODEC,
                    clientFactory.url().toLettuce(at.host(), at.port(), timeout)),
            new NodeConnection.Listener<StatefulRedisPubSubConnection<String, byte[]>>() {
              @Override
              public CompletionStage<?> prepare(
                  StatefulRedisPubSubConnection<String, byte[]> fresh) {
                fresh.addListener(listener(listener));
                return CompletableFuture.completedStage(null);
              }

              @Override
              public void connected() {
                listener.connected(PubSubConnection.this);
              }

              @Override
              public void disconnected() {
                listener.disconnected(PubSubConnection.this);
              }
            });
    connection.start();
  }

  private RedisPubSubAdapter<String, byte[]> listener(Listener listener) {
    return new RedisPubSubAdapter<>() {
      @Override
      public void message(String channel, byte[] message) {
        listener.message(channel, message);
      }

      @Override
      public void smessage(String shardChannel, byte[] message) {
        listener.message(shardChannel, message);
      }

      @Override
      public void sunsubscribed(String shardChannel, long count) {
        listener.unsubscribedByServer(PubSubConnection.this, shardChannel);
      }
    };
  }

  /** Returns whether it is connected. */
  boolean open() {
    return connection.current() != null;
  }

  /** Subscribes to a channel; completes when Redis has confirmed it. */
  CompletionStage<Void> subscribe(String channel, boolean sharded) {
    StatefulRedisPubSubConnection<String, byte[]> now = connection.current();
    if (now == null) {
      return CompletableFuture.failedStage(RedisFailures.notConnected());
    }
    RedisPubSubAsyncCommands<String, byte[]> commands = now.async();
    return sharded ? commands.ssubscribe(channel) : commands.subscribe(channel);
  }

  /** Unsubscribes from a channel. */
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
