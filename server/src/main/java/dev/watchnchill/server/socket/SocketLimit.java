package dev.watchnchill.server.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How many sockets a client address may have at once, counted by lease (rules RL2, RL3). */
public final class SocketLimit {
  private final int perAddressMax;
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /**
   * @param perAddressMax most sockets at once for one address
   */
  public SocketLimit(int perAddressMax) {
    this.perAddressMax = perAddressMax;
  }

  /** One counted socket. Closing it twice counts once. */
  public final class Lease implements AutoCloseable {
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

  /** How many sockets all addresses have. */
  public int open() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many sockets that address has. */
  public int open(String address) {
    return open.getOrDefault(address, 0);
  }
}
