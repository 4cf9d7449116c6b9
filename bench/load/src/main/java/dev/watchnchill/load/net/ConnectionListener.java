package dev.watchnchill.load.net;

import dev.watchnchill.load.measure.LoopCounters;

/**
 * Receives the events of a connection on its event loop. The bytes are valid only during the call.
 */
public interface ConnectionListener {
  /** A listener that ignores everything. */
  ConnectionListener NONE = new ConnectionListener() {};

  /** Receives an event; the bytes are those of its packet behind the name. */
  default void event(EventName name, byte[] in, int from, int to, LoopCounters counters) {}

  /** Receives an acknowledgement; the bytes are the array of its arguments. */
  default void ack(long number, byte[] in, int from, int to, LoopCounters counters) {}

  /** Called after a ping of the server was answered. */
  default void heartbeat(LoopCounters counters) {}

  /** Called when the connection has ended unexpectedly. */
  default void lost() {}
}
