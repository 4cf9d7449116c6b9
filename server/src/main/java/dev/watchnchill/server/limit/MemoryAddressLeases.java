package dev.watchnchill.server.limit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Counts what client addresses hold at once in this process's memory (rules RL2, RL3, RL10). */
public final class MemoryAddressLeases implements AddressLeases {
  private final int perAddressMax;
  private final Map<ClientKey, Integer> open = new ConcurrentHashMap<>();

  /**
   * @param perAddressMax most at once for one address
   */
  public MemoryAddressLeases(int perAddressMax) {
    this.perAddressMax = perAddressMax;
  }

  /** A lease of this process. */
  public final class Lease implements AddressLeases.Lease {
    private final ClientKey client;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(ClientKey client) {
      this.client = client;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        open.computeIfPresent(client, (_, count) -> count > 1 ? (Integer) (count - 1) : null);
      }
    }
  }

  /** Counts one more lease of an address; null when the address has its maximum. */
  public @Nullable Lease acquire(ClientKey client) {
    var granted = new AtomicBoolean();
    open.compute(
        client,
        (_, count) -> {
          int now = count == null ? 0 : count;
          granted.set(now < perAddressMax);
          return granted.get() ? (Integer) (now + 1) : count;
        });
    return granted.get() ? new Lease(client) : null;
  }

  @Override
  public CompletionStage<Optional<AddressLeases.Lease>> request(ClientKey client) {
    return CompletableFuture.completedStage(Optional.ofNullable(acquire(client)));
  }

  /** Returns the number of leases of all addresses. */
  @Override
  public int open() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns the number of leases of an address. */
  public int open(ClientKey client) {
    return open.getOrDefault(client, 0);
  }
}
