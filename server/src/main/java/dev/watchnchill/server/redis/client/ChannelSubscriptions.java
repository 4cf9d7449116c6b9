package dev.watchnchill.server.redis.client;

import dev.watchnchill.server.redis.client.ChannelSubscription.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keeps every channel subscribed at the node that serves it, across lost connections and failovers,
 * and reports outages to its listener.
 *
 * <p>Lettuce's own resubscription is not used. In a cluster it resubscribes channels of several
 * slots with one command, which Redis rejects, and it does not report when a channel works again.
 */
final class ChannelSubscriptions implements AutoCloseable {
  private static final long RETRY_MS = 100;

  private final ConnectionExecutor executor;
  private final RedisConnection commands;
  private final Function<String, CompletionStage<?>> probe;
  private final Map<String, ChannelSubscription> channels = new ConcurrentHashMap<>();
  private final NodeConnection.Listener listener = new NodeListener();
  // Changed on the executor.
  private final Map<RedisConnection.Node, NodeConnection> nodes = new HashMap<>();
  private boolean sharded;
  private boolean retryScheduled;
  private volatile boolean closed;

  /**
   * @param probe runs any command on the node that serves a channel
   */
  ChannelSubscriptions(
      ConnectionExecutor executor,
      RedisConnection commands,
      Function<String, CompletionStage<?>> probe) {
    this.executor = executor;
    this.commands = commands;
    this.probe = probe;
  }

  /** Adds a channel; {@link ChannelSubscription#confirmed} completes when it is subscribed. */
  ChannelSubscription add(String name, ChannelListener listener) {
    var channel = new ChannelSubscription(name, listener);
    if (channels.putIfAbsent(name, channel) != null) {
      throw new IllegalStateException("This channel has a listener already: " + name);
    }
    executor.execute(() -> advance(channel));
    return channel;
  }

  /** Removes a channel; its listener receives nothing afterwards. */
  void remove(ChannelSubscription channel) {
    channel.closed = true;
    if (channels.remove(channel.name, channel)) {
      executor.execute(() -> unsubscribe(channel));
    }
  }

  private void unsubscribe(ChannelSubscription channel) {
    NodeConnection node = channel.node == null ? null : nodes.get(channel.node);
    if (node != null && channel.state != State.UNSUBSCRIBED) {
      node.unsubscribe(channel.name, channel.sharded);
    }
    channel.moveTo(State.UNSUBSCRIBED);
  }

  /** Probes the node that serves a channel, after a command to it has failed. */
  void recheck(String name) {
    executor.execute(() -> {
      ChannelSubscription channel = channels.get(name);
      if (channel != null && channel.state == State.ACTIVE) {
        channel.moveTo(State.UNVERIFIED);
        channel.listener.outageBegan();
        advance(channel);
      }
    });
  }

  /** Commands can be sent. Called on the executor. */
  void connected(boolean nowSharded) {
    sharded = nowSharded;
    commands.refreshTopology();
    RedisConnection.Node address = commands.nodeOf("");
    if (address != null && !closed) {
      connectionTo(address); // so that the first subscription need not wait for it
    }
    advanceAll();
  }

  /** Commands cannot be sent any more. Called on the executor. */
  void disconnected() {
    for (ChannelSubscription channel : channels.values()) {
      if (channel.state == State.ACTIVE) {
        channel.moveTo(State.UNVERIFIED);
        channel.listener.outageBegan();
      }
    }
  }

  /**
   * Moves channels to the nodes that serve them now, and closes unused connections. Called
   * periodically on the executor.
   */
  void rebalance(boolean nowSharded) {
    sharded = nowSharded;
    advanceAll();
    // The one for the next subscription is kept; it may be the connection of the commands.
    List<RedisConnection.Node> used =
        Stream.concat(
                Stream.ofNullable(commands.nodeOf("")),
                channels.values().stream().map(channel -> channel.node).filter(Objects::nonNull))
            .toList();
    nodes
        .entrySet()
        .removeIf(entry -> {
          boolean unused = !entry.getValue().isOpen() && !used.contains(entry.getKey());
          if (unused) {
            entry.getValue().close();
          }
          return unused;
        });
  }

  private void advanceAll() {
    channels.values().forEach(this::advance);
  }

  /** Starts the next transition towards {@link State#ACTIVE}. */
  private void advance(ChannelSubscription channel) {
    if (channel.closed || commands.commands() == null) {
      return; // connected() is called when there are commands again
    }
    RedisConnection.Node address = commands.nodeOf(channel.name);
    if (address == null) {
      scheduleRetry();
      return;
    }
    if (channel.state != State.UNSUBSCRIBED
        && (!address.equals(channel.node) || channel.sharded != sharded)) {
      drop(channel);
    }
    switch (channel.state) {
      case UNSUBSCRIBED -> subscribe(channel, address);
      case UNVERIFIED -> probe(channel);
      case SUBSCRIBING, PROBING, ACTIVE -> {}
    }
  }

  private NodeConnection connectionTo(RedisConnection.Node address) {
    return nodes.computeIfAbsent(
        address,
        node -> {
          NodeConnection connection = commands.channelConnection(node);
          connection.addListener(listener);
          return connection;
        });
  }

  private void subscribe(ChannelSubscription channel, RedisConnection.Node address) {
    channel.node = address;
    channel.sharded = sharded;
    NodeConnection node = connectionTo(address);
    if (!node.isOpen()) {
      return; // its listener continues when it is connected
    }
    channel.moveTo(State.SUBSCRIBING);
    int transition = channel.transition;
    executor.onCompletion(
        node.subscribe(channel.name, sharded),
        (_, failure) -> {
          if (channel.transition != transition) {
            return;
          }
          if (failure != null) {
            channel.moveTo(State.UNSUBSCRIBED);
            commands.refreshTopology(); // the slot may have moved
            scheduleRetry();
          } else if (channel.confirmed.complete(null)) {
            channel.moveTo(State.ACTIVE);
          } else {
            probe(channel);
          }
        });
  }

  private void probe(ChannelSubscription channel) {
    channel.moveTo(State.PROBING);
    int transition = channel.transition;
    executor.onCompletion(
        probe.apply(channel.name),
        (_, failure) -> {
          if (channel.transition != transition || channel.closed) {
            return;
          }
          if (failure != null) {
            channel.moveTo(State.UNVERIFIED);
            scheduleRetry();
          } else {
            channel.moveTo(State.ACTIVE);
            channel.listener.outageEnded();
          }
        });
  }

  private void drop(ChannelSubscription channel) {
    boolean wasActive = channel.state == State.ACTIVE;
    unsubscribe(channel);
    if (wasActive && !channel.closed) {
      channel.listener.outageBegan();
    }
  }

  private void scheduleRetry() {
    if (!retryScheduled) {
      retryScheduled = true;
      executor.schedule(
          RETRY_MS,
          () -> {
            retryScheduled = false;
            advanceAll();
          });
    }
  }

  /** Receives the messages and states of the connections. */
  private final class NodeListener implements NodeConnection.Listener {
    @Override
    public void connected(NodeConnection node) {
      advanceAll();
    }

    @Override
    public void disconnected(NodeConnection node) {
      commands.refreshTopology();
      for (ChannelSubscription channel : channels.values()) {
        if (node.address().equals(channel.node)) {
          drop(channel);
        }
      }
      scheduleRetry(); // another node may serve them by now
    }

    @Override
    public void message(String name, byte[] payload) {
      ChannelSubscription channel = channels.get(name);
      if (channel != null && !channel.closed) {
        channel.listener.message(payload);
      }
    }

    @Override
    public void unsubscribedByServer(NodeConnection node, String name) {
      executor.execute(() -> {
        ChannelSubscription channel = channels.get(name);
        if (channel != null && isSubscribed(channel) && node.address().equals(channel.node)) {
          drop(channel);
          commands.refreshTopology();
          scheduleRetry();
        }
      });
    }

    private boolean isSubscribed(ChannelSubscription channel) {
      return channel.state != State.UNSUBSCRIBED && channel.state != State.SUBSCRIBING;
    }
  }

  @Override
  public void close() {
    closed = true;
    channels.values().forEach(channel -> channel.closed = true);
    channels.clear();
    executor.execute(() -> {
      nodes.values().forEach(NodeConnection::close);
      nodes.clear();
    });
  }
}
