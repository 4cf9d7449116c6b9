package dev.watchnchill.server.limit;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Counts what a client address holds at once, by lease: sockets (rules RL2, RL3), live rooms and
 * away seats (rule RL10).
 */
public interface AddressLeases {
  /** One counted thing. Closing it twice counts once. */
  interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Asks for one more of that address; empty when it has as many as it may. Called on an event
   * loop, so it does not wait: the answer may come later, soon, on any thread, and never fails. The
   * caller closes the lease, also when it is of no use any more.
   */
  CompletionStage<Optional<Lease>> request(ClientKey client);

  /** Returns the number of leases that this instance holds. */
  int open();
}
