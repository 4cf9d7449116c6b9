package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.Scheduler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what an address holds at all servers together: sockets (rules RL2, RL3), live rooms and
 * away seats (rule RL10).
 *
 * <p>Each server says in Redis how many it has, for as long as a lease; so what a server had that
 * crashed counts no longer when its lease has run out. When Redis does not say in time, this server
 * counts its own alone, and tells Redis when it is back. {@code AddressSockets} does it.
 */
public final class SharedAddressLeases implements AddressLeases, AutoCloseable {

  /**
   * How long things take.
   *
   * @param patienceMs how long a new socket may wait for Redis
   * @param leaseMs how long this server's word in Redis counts
   * @param renewMs how often it is renewed
   */
  public record Times(long patienceMs, long leaseMs, long renewMs) {
    /** What is right for servers. */
    public static final Times DEFAULT = new Times(250, 60_000, 20_000);
  }

  private final SocketsScript script;
  private final Scheduler scheduler;
  private final int max;
  private final Times times;
  private final Map<ClientKey, AddressSockets> addresses = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param prefix of the keys in Redis, one for each kind of thing that is counted
   * @param self this server's name among those that share the store
   * @param max most at once for one address
   * @param scheduler for renewals and for those who have waited long enough
   */
  public SharedAddressLeases(
      RedisLink redis, String prefix, String self, int max, Times times, Scheduler scheduler) {
    this.script = new SocketsScript(redis, prefix, self, max, times.leaseMs());
    this.max = max;
    this.times = times;
    this.scheduler = scheduler;
    redis.watch(
        new RedisLink.Watcher() {
          @Override
          public void away() {
            // Whoever asks finds out.
          }

          @Override
          public void back() {
            renewNow(); // it may have lost everything, and does not know what happened meanwhile
          }
        });
    renewLater();
  }

  @Override
  public CompletionStage<Optional<Lease>> request(ClientKey key) {
    var answer = new CompletableFuture<Optional<Lease>>();
    AddressSockets sockets;
    do {
      sockets = addresses.computeIfAbsent(key, _ -> fresh(key));
    } while (!sockets.request(answer));
    if (!answer.isDone()) {
      AddressSockets asked = sockets;
      Scheduler.Timer timer = scheduler.after(times.patienceMs(), () -> asked.decideAlone(answer));
      var _ = answer.whenComplete((_, _) -> timer.cancel());
    }
    return answer.minimalCompletionStage();
  }

  private AddressSockets fresh(ClientKey key) {
    return new AddressSockets((has, wants) -> script.say(key, has, wants), max);
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

  /** Says to Redis what every address has, in one go, and forgets those that have nothing. */
  private void renewNow() {
    Thread.startVirtualThread(() ->
        addresses.forEach((key, sockets) -> {
          sockets.renew();
          if (sockets.retire()) {
            addresses.remove(key, sockets);
          }
        }));
  }

  @Override
  public int open() {
    return addresses.values().stream().mapToInt(AddressSockets::held).sum();
  }

  /** Returns the number of leases of an address that are counted here. */
  public int open(ClientKey client) {
    AddressSockets sockets = addresses.get(client);
    return sockets == null ? 0 : sockets.held();
  }

  /** Renews no more; what is still counted in Redis goes when its lease has run out. */
  @Override
  public void close() {
    closed = true;
  }
}
