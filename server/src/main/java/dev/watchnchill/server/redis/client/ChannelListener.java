package dev.watchnchill.server.redis.client;

/** Hears one channel of Redis. Nothing here may block: the threads are those of the connection. */
public interface ChannelListener {
  /** Something was published; in the order of one publisher, at most once. */
  void message(byte[] payload);

  /** The channel, or the part of Redis that looks after it, cannot be reached now. */
  void away();

  /**
   * It can again: the subscription is confirmed and commands arrive. What was published meanwhile
   * is lost. May come without {@link #away}.
   */
  void back();
}
