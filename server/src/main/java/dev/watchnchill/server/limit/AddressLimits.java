package dev.watchnchill.server.limit;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The limits of a client address for rooms.
 *
 * @param entries how often it enters rooms and names unknown ones (rules RL8, RL9)
 * @param rooms the live rooms that it has created (rule RL10)
 * @param awaySeats the seats that it holds without a socket (rule RL10)
 */
public record AddressLimits(EntryLimit entries, AddressLeases rooms, AddressLeases awaySeats) {
  /** Returns limits that allow everything. */
  public static final AddressLimits UNLIMITED =
      new AddressLimits(EntryLimit.UNLIMITED, new Unlimited(), new Unlimited());

  private static final class Unlimited implements AddressLeases {
    @Override
    public CompletionStage<Optional<Lease>> request(ClientKey client) {
      return CompletableFuture.completedStage(Optional.of(() -> {}));
    }

    @Override
    public int open() {
      return 0;
    }
  }
}
