package dev.watchnchill.server.redis.client;

/**
 * Receives the messages and outages of one channel, on the threads of the connection: it must not
 * block.
 */
public interface ChannelListener {
  /** Receives a message, at most once; messages of one publisher arrive in order. */
  void message(byte[] payload);

  /** The channel, or the node that serves it, cannot be reached. */
  void outageBegan();

  /**
   * The outage is over: the subscription is confirmed and commands are answered. Messages published
   * meanwhile are lost. May be called without {@link #outageBegan} before it.
   */
  void outageEnded();
}
