package dev.watchnchill.server.redis.client;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The connection, or in a cluster the connections, that commands go by. */
interface RedisConnection {

  /** Hears on the loop what becomes of it. */
  interface Watcher {
    /** Commands can be given. */
    void up();

    /** They cannot any more. */
    void down();
  }

  /**
   * One node of Redis.
   *
   * @param host name or address
   * @param port its port
   */
  record Node(String host, int port) {}

  /** Begins to connect, and keeps at it. */
  void start();

  /** What gives commands, or null while nothing is connected. */
  @Nullable RedisClusterAsyncCommands<String, byte[]> commands();

  /** Whether all of Redis answered when last asked, and takes changes. */
  boolean available();

  /** The oldest version among the servers, such as {@code 7.0.15}, or empty while not known. */
  String version();

  /** The node that looks after that key or channel, or null while not known. */
  @Nullable Node nodeOf(String key);

  /** Checks soon whether Redis takes changes: it has just refused one. */
  void checkSoon();

  /** Looks again who looks after what, soon. */
  void lookAgain();

  /** Ends all connections for good; done when they have ended. */
  CompletableFuture<Void> hangUp();
}
