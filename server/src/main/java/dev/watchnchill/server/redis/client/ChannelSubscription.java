package dev.watchnchill.server.redis.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One subscription, from the first word to the last. Its state changes on the loop alone. */
final class ChannelSubscription {
  /** How far it is. */
  enum State {
    /** Not subscribed. */
    LOST,
    /** The node was asked to subscribe it. */
    ASKED,
    /** Subscribed; whether commands arrive there is to be found out. */
    DOUBTED,
    /** Subscribed; whether commands arrive there is being found out. */
    PROBING,
    /** Subscribed, and the listener knows that all is well. */
    GOOD
  }

  final String name;
  final ChannelListener listener;
  final CompletableFuture<Void> confirmed = new CompletableFuture<>();
  volatile boolean closed;
  State state = State.LOST;
  boolean sharded;
  RedisConnection.@Nullable Node node;
  // Counts the turns of fate, so that a late answer to an early question is not believed.
  int turn;

  ChannelSubscription(String name, ChannelListener listener) {
    this.name = name;
    this.listener = listener;
  }

  /** Goes to that state. */
  void become(State next) {
    state = next;
    turn++;
  }
}
