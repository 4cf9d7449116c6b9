package dev.watchnchill.server.redis.client;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The connection that commands are sent on; in a cluster, one per node. */
interface RedisConnection {

  /** Receives the state of the connection, on the executor. */
  interface Listener {
    /** Commands can be sent. */
    void connected();

    /** Commands cannot be sent any more. */
    void disconnected();
  }

  /**
   * The address of one node.
   *
   * @param host its name or address
   * @param port its port
   */
  record Node(String host, int port) {}

  /** Begins to connect, and retries for ever. */
  void start();

  /** Returns the commands, or null while not connected. */
  @Nullable RedisClusterAsyncCommands<String, byte[]> commands();

  /** Returns whether all of Redis answered the last check and accepts writes. */
  boolean available();

  /**
   * Returns the oldest version among the nodes, such as {@code 7.0.15}, or empty while not known.
   */
  String version();

  /** Returns the node that serves a key or channel, or null while not known. */
  @Nullable Node nodeOf(String key);

  /**
   * Returns the connection for the channels of a node: that of the commands, or a new one, which
   * begins to connect and which the caller closes. Called on the executor.
   */
  NodeConnection channelConnection(Node address);

  /** Checks soon whether Redis accepts writes, after it has rejected one. */
  void checkSoon();

  /** Begins to refresh the assignment of slots to nodes. */
  void refreshTopology();

  /** Closes all connections for good; completes when they are closed. */
  CompletableFuture<Void> closeAsync();
}
