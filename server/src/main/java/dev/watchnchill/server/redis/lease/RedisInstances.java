package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.ChannelListener;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.Instances;
import dev.watchnchill.server.runtime.ServerClock;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers that share a Redis, by lease. One of these for one {@link RedisLink}. */
public final class RedisInstances implements Instances {
  private static final Logger log = LoggerFactory.getLogger(RedisInstances.class);

  /** After its lease was lost, a server says its rooms again with so many renewals. */
  private static final int REASSERT_TURNS = 4;

  /** And every so often in any case. */
  private static final int REASSERT_EVERY = 30;

  /**
   * How long things take.
   *
   * @param leaseMs who has been silent for so long is dead
   * @param renewMs how often a server says that it is alive
   * @param claimMs how long one that takes over may be silent before another one does it
   */
  public record Times(long leaseMs, long renewMs, long claimMs) {
    /** What is right for servers. */
    public static final Times DEFAULT = new Times(2_000, 500, 5_000);
  }

  private final RedisLink redis;
  private final InstanceId self;
  private final ServerClock clock;
  private final LongSupplier nanos;
  private final Times times;
  private final RenewScript renewal;
  private final LeasedRooms rooms;
  private final FailureDetector sightings;
  private final InstanceTakeover takeOver;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("lease").unstarted(task));
  private final AtomicBoolean renewSoon = new AtomicBoolean();
  private volatile @Nullable DeathListener listener;
  private volatile boolean registered;
  private volatile boolean closed;

  // Only touched on the thread.
  private RedisLink.@Nullable Subscription subscription;
  private int reassertTurns;
  private int turns;

  /**
   * @param clock for when a dead one was last seen
   * @param nanos a counter that never runs backwards
   */
  public RedisInstances(
      RedisLink redis, InstanceId self, ServerClock clock, LongSupplier nanos, Times times) {
    this.redis = redis;
    this.self = self;
    this.clock = clock;
    this.nanos = nanos;
    this.times = times;
    renewal = new RenewScript(redis, self, times.leaseMs(), times.claimMs());
    rooms = new LeasedRooms(redis, self);
    sightings = new FailureDetector(times.leaseMs() * 1_000_000);
    takeOver = new InstanceTakeover(redis, self, nanos, times.claimMs());
  }

  /** Begins to renew, and returns at once. */
  public void start() {
    redis.watch(
        new RedisLink.Watcher() {
          @Override
          public void away() {
            lost();
          }

          @Override
          public void back() {
            soon();
          }
        });
    var _ =
        thread.scheduleWithFixedDelay(
            this::renewQuietly, 0, times.renewMs(), TimeUnit.MILLISECONDS);
  }

  @Override
  public InstanceId self() {
    return self;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public CompletableFuture<?> keep(RoomId id) {
    if (registered) {
      return rooms.keep(id);
    }
    try {
      return CompletableFuture.runAsync(this::renew, thread)
          .thenCompose(_ -> rooms.keep(id).thenApply(_ -> true));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new StoreUnavailableException("The lease has been given back", e));
    }
  }

  private static void waitFor(CompletableFuture<?> answer) {
    try {
      answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while waiting for Redis", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreUnavailableException away) {
        throw away;
      }
      throw new StoreUnavailableException("Redis did not take it", e);
    }
  }

  @Override
  public void release(RoomId id) {
    rooms.release(id);
  }

  @Override
  public Set<InstanceId> dead(Set<InstanceId> asked) {
    var others = new HashSet<>(asked);
    others.remove(self);
    return others.isEmpty() ? Set.of() : sightings.dead(others, nanos.getAsLong());
  }

  @Override
  public void onDeath(DeathListener told) {
    listener = told;
  }

  private void soon() {
    if (renewSoon.compareAndSet(false, true)) {
      try {
        thread.execute(this::renewQuietly);
      } catch (RejectedExecutionException _) {
        // closed
      }
    }
  }

  private void lost() {
    registered = false;
    sightings.lost();
  }

  private void renewQuietly() {
    renewSoon.set(false);
    try {
      renew();
      listen();
    } catch (StoreUnavailableException e) {
      log.debug("The lease could not be renewed: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("The lease could not be renewed", e);
    }
  }

  private void renew() {
    if (closed) {
      return;
    }
    DeathListener told = listener;
    RenewScript.Takes takes =
        told == null
            ? RenewScript.Takes.NONE
            : sightings.judges(nanos.getAsLong())
                ? RenewScript.Takes.ALL
                : RenewScript.Takes.GIVEN_BACK;
    RenewScript.Answer answer;
    try {
      answer = renewal.run(takes, takeOver.busyWith(), takeOver.avoided());
    } catch (RuntimeException e) {
      lost();
      throw e;
    }
    if (!answer.present()) {
      reassertTurns = REASSERT_TURNS;
    }
    sightings.renewed(nanos.getAsLong(), answer.present(), answer.alive(), answer.gone());
    registered = true;
    if (reassertTurns > 0 || ++turns % REASSERT_EVERY == 0) {
      reassert();
    }
    if (told != null) {
      for (RenewScript.Claim claim : answer.claimed()) {
        takeOver.begin(claim.who(), clock.nowMs() - claim.silentMs(), told);
      }
    }
  }

  private void reassert() {
    try {
      waitFor(rooms.reassert());
      reassertTurns = Math.max(0, reassertTurns - 1);
    } catch (StoreUnavailableException e) {
      reassertTurns = REASSERT_TURNS;
      throw e;
    }
  }

  private void listen() {
    if (subscription == null && !closed) {
      subscription =
          redis.await(
              redis.subscribe(
                  LeaseKeys.CHANNEL,
                  new ChannelListener() {
                    @Override
                    public void message(byte[] payload) {
                      soon();
                    }

                    @Override
                    public void away() {
                      // The next renewal finds out.
                    }

                    @Override
                    public void back() {
                      soon();
                    }
                  }));
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      waitFor(CompletableFuture.runAsync(this::leave, thread));
    } catch (StoreUnavailableException | RejectedExecutionException e) {
      log.warn("The lease could not be given back, so it runs out: {}", e.getMessage());
    }
    thread.shutdown();
  }

  private void leave() {
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
    LeaveScript.run(redis, self);
    byte[] word = RedisLink.bytes(self.value());
    redis.call(commands ->
        redis.sharded()
            ? commands.spublish(LeaseKeys.CHANNEL, word)
            : commands.publish(LeaseKeys.CHANNEL, word));
  }
}
