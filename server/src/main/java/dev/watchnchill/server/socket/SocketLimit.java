package dev.watchnchill.server.socket;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Counts the sockets of client addresses in this process's memory (rules RL2, RL3). */
public final class SocketLimit implements SocketLeases {
  private final int perAddressMax;
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /**
   * @param perAddressMax most sockets at once for one address
   */
  public SocketLimit(int perAddressMax) {
    this.perAddressMax = perAddressMax;
  }

  /** One socket, counted here. */
  public final class Lease implements SocketLeases.Lease {
    private final String address;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(String address) {
      this.address = address;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        open.computeIfPresent(address, (_, count) -> count > 1 ? (Integer) (count - 1) : null);
      }
    }
  }

  /** Counts one more socket of that address; null when it has as many as it may. */
  public @Nullable Lease acquire(String address) {
    var granted = new AtomicBoolean();
    open.compute(
        address,
        (_, count) -> {
          int now = count == null ? 0 : count;
          granted.set(now < perAddressMax);
          return granted.get() ? (Integer) (now + 1) : count;
        });
    return granted.get() ? new Lease(address) : null;
  }

  @Override
  public CompletionStage<Optional<SocketLeases.Lease>> request(String address) {
    return CompletableFuture.completedStage(Optional.ofNullable(acquire(address)));
  }

  /** How many sockets all addresses have. */
  @Override
  public int open() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many sockets that address has. */
  public int open(String address) {
    return open.getOrDefault(address, 0);
  }
}
