package dev.watchnchill.server.socket;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Counts the sockets that a client address has at once, by lease (rules RL2, RL3). */
public interface SocketLeases {
  /** One counted socket. Closing it twice counts once. */
  interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Asks for one more socket of that address; empty when it has as many as it may. Called on an
   * event loop, so it does not wait: the answer may come later, soon, on any thread, and never
   * fails. Whoever gets a lease closes it, also when the socket has gone away meanwhile.
   */
  CompletionStage<Optional<Lease>> request(String address);

  /** How many sockets of this server are counted now. */
  int open();
}
