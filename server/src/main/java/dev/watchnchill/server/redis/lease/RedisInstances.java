package dev.watchnchill.server.redis.lease;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.ChannelListener;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.port.Instances;
import dev.watchnchill.server.runtime.port.ServerClock;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
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

/** The instances that share a Redis, each with a lease. One object per {@link RedisLink}. */
public final class RedisInstances implements Instances {
  private static final Logger log = LoggerFactory.getLogger(RedisInstances.class);

  /** The number of renewals that resend this instance's rooms after its lease was lost. */
  private static final int RESEND_RENEWALS = 4;

  /** The number of renewals between two resends in any case. */
  private static final int RESEND_INTERVAL_RENEWALS = 30;

  /**
   * The durations of leases.
   *
   * @param leaseMs after how long without a renewal an instance is dead
   * @param renewMs the interval between two renewals
   * @param claimMs after how long without a renewal a claim expires
   */
  public record Times(long leaseMs, long renewMs, long claimMs) {
    /** The durations of production servers. */
    public static final Times DEFAULT = new Times(2_000, 500, 5_000);
  }

  private final RedisLink redis;
  private final InstanceId self;
  private final ServerClock clock;
  private final LongSupplier nanos;
  private final Times times;
  private final RenewLeaseScript renewScript;
  private final InstanceRoomSet rooms;
  private final InstanceFilmSet films;
  private final FailureDetector failureDetector;
  private final DeadInstanceTakeover takeover;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("lease").unstarted(task));
  private final AtomicBoolean renewalQueued = new AtomicBoolean();
  private volatile @Nullable DeathListener listener;
  private volatile boolean registered;
  private volatile boolean closed;

  // Only touched on the thread.
  private RedisLink.@Nullable Subscription subscription;
  private int resendsLeft;
  private int renewals;

  /**
   * @param clock for when a dead instance was last seen
   * @param nanos a counter that never runs backwards
   */
  public RedisInstances(
      RedisLink redis, InstanceId self, ServerClock clock, LongSupplier nanos, Times times) {
    this.redis = redis;
    this.self = self;
    this.clock = clock;
    this.nanos = nanos;
    this.times = times;
    renewScript = new RenewLeaseScript(redis, self, times.leaseMs(), times.claimMs());
    rooms = new InstanceRoomSet(redis, self);
    films = new InstanceFilmSet(redis, self, times.renewMs());
    failureDetector = new FailureDetector(times.leaseMs() * 1_000_000);
    takeover = new DeadInstanceTakeover(redis, self, nanos, times.claimMs());
  }

  /** Begins to renew the lease, and returns at once. */
  public void start() {
    redis.addListener(
        new RedisLink.AvailabilityListener() {
          @Override
          public void outageBegan() {
            renewalFailed();
          }

          @Override
          public void outageEnded() {
            films.forget();
            renewSoon();
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
      return rooms.add(id);
    }
    try {
      return CompletableFuture.runAsync(this::register, thread)
          .thenCompose(_ -> rooms.add(id).thenApply(_ -> true));
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
      if (e.getCause() instanceof StoreUnavailableException unavailable) {
        throw unavailable;
      }
      throw new StoreUnavailableException("Redis did not take it", e);
    }
  }

  @Override
  public void release(RoomId id) {
    rooms.remove(id);
  }

  @Override
  public Set<InstanceId> dead(Set<InstanceId> asked) {
    var others = new HashSet<>(asked);
    others.remove(self);
    return others.isEmpty() ? Set.of() : failureDetector.dead(others, nanos.getAsLong());
  }

  @Override
  public CompletableFuture<@Nullable Set<InstanceId>> absent(RoomId id, Set<InstanceId> asked) {
    if (!failureDetector.canJudge(nanos.getAsLong())) {
      // A Redis that has lost the sets of rooms gets them back at the instances' next renewals.
      return CompletableFuture.completedFuture(null);
    }
    var alive = new HashSet<>(alive());
    alive.retainAll(asked);
    return rooms.absent(id, alive);
  }

  /** Returns the other instances that are alive; none while that is not known. */
  public Set<InstanceId> alive() {
    return failureDetector.alive(nanos.getAsLong());
  }

  @Override
  public void publishFilms(Set<String> mediaIds) {
    films.publish(mediaIds);
  }

  @Override
  public CompletableFuture<Map<InstanceId, Set<String>>> lackingFilms(
      Set<InstanceId> asked, Collection<String> mediaIds) {
    var living = new HashSet<>(asked);
    living.removeAll(dead(asked));
    return films.lacking(living, mediaIds);
  }

  @Override
  public void onDeath(DeathListener deathListener) {
    listener = deathListener;
  }

  private void renewSoon() {
    if (renewalQueued.compareAndSet(false, true)) {
      try {
        thread.execute(this::renewQuietly);
      } catch (RejectedExecutionException _) {
        // closed
      }
    }
  }

  private void renewalFailed() {
    registered = false;
    failureDetector.renewalFailed();
  }

  private void renewQuietly() {
    renewalQueued.set(false);
    try {
      renew();
      subscribe();
    } catch (StoreUnavailableException e) {
      log.debug("The lease could not be renewed: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("The lease could not be renewed", e);
    }
  }

  private void register() {
    if (!registered) {
      renew();
    }
  }

  private void renew() {
    if (closed) {
      return;
    }
    DeathListener deathListener = listener;
    RenewLeaseScript.TakeoverScope scope =
        deathListener == null
            ? RenewLeaseScript.TakeoverScope.NONE
            : failureDetector.canJudgeAfterRenewal(nanos.getAsLong())
                ? RenewLeaseScript.TakeoverScope.ALL
                : RenewLeaseScript.TakeoverScope.GIVEN_BACK;
    RenewLeaseScript.Renewal renewal;
    try {
      renewal = renewScript.run(scope, takeover.inProgress(), takeover.recentlyFailed());
    } catch (RuntimeException e) {
      renewalFailed();
      throw e;
    }
    if (!renewal.present()) {
      resendsLeft = RESEND_RENEWALS;
      films.forget();
    }
    failureDetector.renewalSucceeded(
        nanos.getAsLong(), renewal.present(), renewal.alive(), renewal.dead());
    registered = true;
    films.renew();
    if (resendsLeft > 0 || ++renewals % RESEND_INTERVAL_RENEWALS == 0) {
      resendRooms();
    }
    if (deathListener != null) {
      for (RenewLeaseScript.Claim claim : renewal.claimed()) {
        takeover.start(claim.instance(), clock.nowMs() - claim.silentMs(), deathListener);
      }
    }
  }

  private void resendRooms() {
    try {
      waitFor(rooms.resend());
      resendsLeft = Math.max(0, resendsLeft - 1);
    } catch (StoreUnavailableException e) {
      resendsLeft = RESEND_RENEWALS;
      throw e;
    }
  }

  private void subscribe() {
    if (subscription == null && !closed) {
      subscription =
          redis.await(
              redis.subscribe(
                  LeaseKeys.CHANNEL,
                  new ChannelListener() {
                    @Override
                    public void message(byte[] payload) {
                      renewSoon();
                    }

                    @Override
                    public void outageBegan() {
                      // The next renewal notices.
                    }

                    @Override
                    public void outageEnded() {
                      renewSoon();
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
      waitFor(CompletableFuture.runAsync(this::releaseLease, thread));
    } catch (StoreUnavailableException | RejectedExecutionException e) {
      log.warn("The lease could not be given back, so it runs out: {}", e.getMessage());
    }
    thread.shutdown();
  }

  private void releaseLease() {
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
    films.close();
    ReleaseLeaseScript.run(redis, self);
    byte[] name = RedisLink.bytes(self.value());
    redis.call(commands ->
        redis.sharded()
            ? commands.spublish(LeaseKeys.CHANNEL, name)
            : commands.publish(LeaseKeys.CHANNEL, name));
  }
}
