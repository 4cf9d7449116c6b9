package dev.watchnchill.server.limit;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Limits what a client address holds at once: sockets (rules RL2, RL3), live rooms and away seats
 * (rule RL10). Each counted thing is a lease.
 */
public interface AddressLeases {
  /** One counted thing. Closing it twice has no further effect. */
  interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Requests one more lease for an address; empty when the address has its maximum. Called on an
   * event loop, so it does not wait: the answer may come later, soon, on any thread, and never
   * fails. The caller closes the lease, also when it is of no use any more.
   */
  CompletionStage<Optional<Lease>> request(ClientKey client);

  /** Returns the number of leases that this instance holds. */
  int open();
}
