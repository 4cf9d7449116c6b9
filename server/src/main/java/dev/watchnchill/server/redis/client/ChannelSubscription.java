package dev.watchnchill.server.redis.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The state of one channel's subscription. It is changed on the {@link ConnectionExecutor} only.
 */
final class ChannelSubscription {
  /** The states of a subscription. */
  enum State {
    /** Not subscribed. */
    UNSUBSCRIBED,
    /** SUBSCRIBE was sent and is not confirmed yet. */
    SUBSCRIBING,
    /** Subscribed; the node has still to be probed for answering commands. */
    UNVERIFIED,
    /** Subscribed; the probe command has been sent. */
    PROBING,
    /** Subscribed and answering; the listener was notified. */
    ACTIVE
  }

  final String name;
  final ChannelListener listener;
  final CompletableFuture<Void> confirmed = new CompletableFuture<>();
  volatile boolean closed;
  State state = State.UNSUBSCRIBED;
  boolean sharded;
  RedisConnection.@Nullable Node node;
  // Counts the changes of state, so that the answer to an outdated request is ignored.
  int transition;

  ChannelSubscription(String name, ChannelListener listener) {
    this.name = name;
    this.listener = listener;
  }

  /** Changes the state. */
  void moveTo(State next) {
    state = next;
    transition++;
  }
}
