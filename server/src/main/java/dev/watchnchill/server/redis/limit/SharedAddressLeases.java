package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.port.Scheduler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what an address holds on all instances together: sockets (rules RL2, RL3), live rooms and
 * away seats (rule RL10).
 *
 * <p>Each instance reports its count to Redis under a lease, so the count of a crashed instance
 * disappears when its lease expires. When Redis does not answer in time, the instance counts its
 * own alone, and reports the count after the outage.
 */
public final class SharedAddressLeases implements AddressLeases, AutoCloseable {

  /**
   * The durations of the counts.
   *
   * @param timeoutMs how long a new socket may wait for Redis
   * @param leaseMs how long a reported count is valid
   * @param renewMs the interval between two reports
   */
  public record Times(long timeoutMs, long leaseMs, long renewMs) {
    /** The durations of production servers. */
    public static final Times DEFAULT = new Times(250, 60_000, 20_000);
  }

  private final RequestLeasesScript script;
  private final Scheduler scheduler;
  private final int max;
  private final Times times;
  private final Map<ClientKey, AddressLeaseCounter> addresses = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param prefix of the keys in Redis, one for each kind of thing that is counted
   * @param self this instance's name among those that share the store
   * @param max the maximum of one address on all instances
   * @param scheduler for renewals and timeouts
   */
  public SharedAddressLeases(
      RedisLink redis, String prefix, String self, int max, Times times, Scheduler scheduler) {
    this.script = new RequestLeasesScript(redis, prefix, self, max, times.leaseMs());
    this.max = max;
    this.times = times;
    this.scheduler = scheduler;
    redis.addListener(
        new RedisLink.AvailabilityListener() {
          @Override
          public void outageBegan() {
            // The next request notices.
          }

          @Override
          public void outageEnded() {
            renewNow(); // Redis may have lost everything, and has missed what happened meanwhile
          }
        });
    renewLater();
  }

  @Override
  public CompletionStage<Optional<Lease>> request(ClientKey key) {
    var answer = new CompletableFuture<Optional<Lease>>();
    AddressLeaseCounter counter;
    do {
      counter = addresses.computeIfAbsent(key, _ -> newCounter(key));
    } while (!counter.request(answer));
    if (!answer.isDone()) {
      AddressLeaseCounter requested = counter;
      Scheduler.Timer timer =
          scheduler.after(times.timeoutMs(), () -> requested.decideLocally(answer));
      var _ = answer.whenComplete((_, _) -> timer.cancel());
    }
    return answer.minimalCompletionStage();
  }

  private AddressLeaseCounter newCounter(ClientKey key) {
    return new AddressLeaseCounter((held, wanted) -> script.run(key, held, wanted), max);
  }

  private void renewLater() {
    var _ =
        scheduler.after(
            times.renewMs(),
            () -> {
              if (!closed) {
                renewNow();
                renewLater();
              }
            });
  }

  /** Reports all addresses to Redis, and removes those that hold nothing. */
  private void renewNow() {
    Thread.startVirtualThread(() ->
        addresses.forEach((key, counter) -> {
          counter.renew();
          if (counter.retire()) {
            addresses.remove(key, counter);
          }
        }));
  }

  @Override
  public int open() {
    return addresses.values().stream().mapToInt(AddressLeaseCounter::held).sum();
  }

  /** Returns the number of leases of an address that are held here. */
  public int open(ClientKey client) {
    AddressLeaseCounter counter = addresses.get(client);
    return counter == null ? 0 : counter.held();
  }

  /** Stops renewing; the counts in Redis disappear when their lease expires. */
  @Override
  public void close() {
    closed = true;
  }
}
