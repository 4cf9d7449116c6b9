package dev.watchnchill.server.redis.client;

import dev.watchnchill.server.redis.client.ChannelSubscription.State;
import io.lettuce.core.RedisClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps every channel subscribed at the node that looks after it, whatever becomes of connections
 * and nodes, and tells its listener when it was lost and when it is whole again.
 *
 * <p>Lettuce's own resubscription is not used: in a cluster it asks for channels of several slots
 * in one command, which Redis refuses, and nobody hears when a channel is whole again.
 */
final class ChannelSubscriptions implements AutoCloseable {
  private static final long RETRY_MS = 100;

  private final ConnectionExecutor loop;
  private final Function<RedisConnection.Node, PubSubNode> dialler;
  private final RedisConnection commands;
  private final Function<String, CompletionStage<?>> probe;
  private final Map<String, ChannelSubscription> channels = new ConcurrentHashMap<>();
  private final Map<RedisConnection.Node, PubSubNode> nodes = new HashMap<>(); // on the loop
  private boolean sharded;
  private boolean retryDue;
  private volatile boolean closed;

  /**
   * @param probe asks the node that looks after a channel for anything by way of the commands
   */
  ChannelSubscriptions(
      LettuceClientFactory driver,
      RedisClient client,
      ConnectionExecutor loop,
      RedisConnection commands,
      Function<String, CompletionStage<?>> probe) {
    this.loop = loop;
    this.commands = commands;
    this.probe = probe;
    var watcher = new NodeWatcher();
    this.dialler = at -> new PubSubNode(driver, client, loop, at, watcher);
  }

  /** Adds a channel; {@link ChannelSubscription#confirmed} says when it is there. */
  ChannelSubscription add(String name, ChannelListener listener) {
    var channel = new ChannelSubscription(name, listener);
    if (channels.putIfAbsent(name, channel) != null) {
      throw new IllegalStateException("This channel has a listener already: " + name);
    }
    loop.execute(() -> advance(channel));
    return channel;
  }

  /** Ends it: nothing is heard of it from now on. */
  void remove(ChannelSubscription channel) {
    channel.closed = true;
    if (channels.remove(channel.name, channel)) {
      loop.execute(() -> leave(channel));
    }
  }

  private void leave(ChannelSubscription channel) {
    PubSubNode node = channel.node == null ? null : nodes.get(channel.node);
    if (node != null && channel.state != State.LOST) {
      node.unsubscribe(channel.name, channel.sharded);
    }
    channel.become(State.LOST);
  }

  /** Asks anew whether commands arrive where that channel is looked after: one of them did not. */
  void suspect(String name) {
    loop.execute(() -> {
      ChannelSubscription channel = channels.get(name);
      if (channel != null && channel.state == State.GOOD) {
        channel.become(State.DOUBTED);
        channel.listener.away();
        advance(channel);
      }
    });
  }

  /** Commands can be given again, with channels of that kind. On the loop. */
  void up(boolean nowSharded) {
    sharded = nowSharded;
    commands.lookAgain();
    RedisConnection.Node place = commands.nodeOf("");
    if (place != null && !closed) {
      nodes.computeIfAbsent(place, dialler); // so that the first subscription need not wait for it
    }
    advanceAll();
  }

  /** They cannot any more. On the loop. */
  void down() {
    for (ChannelSubscription channel : channels.values()) {
      if (channel.state == State.GOOD) {
        channel.become(State.DOUBTED);
        channel.listener.away();
      }
    }
  }

  /** Moves those that are not where they should be; once in a while. On the loop. */
  void review(boolean nowSharded) {
    sharded = nowSharded;
    advanceAll();
    List<RedisConnection.Node> used =
        channels.values().stream().map(channel -> channel.node).filter(Objects::nonNull).toList();
    nodes
        .entrySet()
        .removeIf(entry -> {
          boolean unused = !entry.getValue().open() && !used.contains(entry.getKey());
          if (unused) {
            entry.getValue().close();
          }
          return unused;
        });
  }

  private void advanceAll() {
    channels.values().forEach(this::advance);
  }

  /** The next step towards a channel that is whole. */
  private void advance(ChannelSubscription channel) {
    if (channel.closed || commands.commands() == null) {
      return; // up() comes when there are commands again
    }
    RedisConnection.Node place = commands.nodeOf(channel.name);
    if (place == null) {
      retry();
      return;
    }
    if (channel.state != State.LOST
        && (!place.equals(channel.node) || channel.sharded != sharded)) {
      lose(channel);
    }
    switch (channel.state) {
      case LOST -> ask(channel, place);
      case DOUBTED -> probe(channel);
      case ASKED, PROBING, GOOD -> {}
    }
  }

  private void ask(ChannelSubscription channel, RedisConnection.Node place) {
    channel.node = place;
    channel.sharded = sharded;
    PubSubNode node = nodes.computeIfAbsent(place, dialler);
    if (!node.open()) {
      return; // its watcher says when
    }
    channel.become(State.ASKED);
    int turn = channel.turn;
    loop.when(
        node.subscribe(channel.name, sharded),
        (_, failure) -> {
          if (channel.turn != turn) {
            return;
          }
          if (failure != null) {
            channel.become(State.LOST);
            commands.lookAgain(); // the slot may have moved
            retry();
          } else if (channel.confirmed.complete(null)) {
            channel.become(State.GOOD);
          } else {
            probe(channel);
          }
        });
  }

  private void probe(ChannelSubscription channel) {
    channel.become(State.PROBING);
    int turn = channel.turn;
    loop.when(
        probe.apply(channel.name),
        (_, failure) -> {
          if (channel.turn != turn || channel.closed) {
            return;
          }
          if (failure != null) {
            channel.become(State.DOUBTED);
            retry();
          } else {
            channel.become(State.GOOD);
            channel.listener.back();
          }
        });
  }

  private void lose(ChannelSubscription channel) {
    boolean knownAsGood = channel.state == State.GOOD;
    leave(channel);
    if (knownAsGood && !channel.closed) {
      channel.listener.away();
    }
  }

  private void retry() {
    if (!retryDue) {
      retryDue = true;
      loop.later(
          RETRY_MS,
          () -> {
            retryDue = false;
            advanceAll();
          });
    }
  }

  /** What connections tell. */
  private final class NodeWatcher implements PubSubNode.Watcher {
    @Override
    public void up(PubSubNode node) {
      advanceAll();
    }

    @Override
    public void down(PubSubNode node) {
      commands.lookAgain();
      for (ChannelSubscription channel : channels.values()) {
        if (node.address.equals(channel.node)) {
          lose(channel);
        }
      }
      retry(); // another node may look after them by now
    }

    @Override
    public void message(String name, byte[] payload) {
      ChannelSubscription channel = channels.get(name);
      if (channel != null && !channel.closed) {
        channel.listener.message(payload);
      }
    }

    @Override
    public void gone(PubSubNode node, String name) {
      loop.execute(() -> {
        ChannelSubscription channel = channels.get(name);
        if (channel != null && isSubscribed(channel) && node.address.equals(channel.node)) {
          lose(channel);
          commands.lookAgain();
          retry();
        }
      });
    }

    private boolean isSubscribed(ChannelSubscription channel) {
      return channel.state != State.LOST && channel.state != State.ASKED;
    }
  }

  @Override
  public void close() {
    closed = true;
    channels.values().forEach(channel -> channel.closed = true);
    channels.clear();
    loop.execute(() -> {
      nodes.values().forEach(PubSubNode::close);
      nodes.clear();
    });
  }
}
