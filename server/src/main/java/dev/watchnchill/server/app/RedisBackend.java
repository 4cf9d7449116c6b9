package dev.watchnchill.server.app;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.http.WindowLimit;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.limit.GuessLimit;
import dev.watchnchill.server.limit.MemoryEntryLimit;
import dev.watchnchill.server.limit.MemoryGuessLimit;
import dev.watchnchill.server.metrics.Metrics;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisUrl;
import dev.watchnchill.server.redis.clock.ClockPoller;
import dev.watchnchill.server.redis.clock.SharedClock;
import dev.watchnchill.server.redis.directory.RedisRoomDirectory;
import dev.watchnchill.server.redis.lease.RedisInstances;
import dev.watchnchill.server.redis.limit.SharedAddressLeases;
import dev.watchnchill.server.redis.limit.SharedEntryLimit;
import dev.watchnchill.server.redis.limit.SharedGuessLimit;
import dev.watchnchill.server.redis.limit.SharedRequestLimit;
import dev.watchnchill.server.redis.room.RedisRoomStore;
import dev.watchnchill.server.redis.secret.SharedRenewals;
import dev.watchnchill.server.redis.secret.SharedSecret;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.port.Instances;
import dev.watchnchill.server.runtime.port.RenewedLinks;
import dev.watchnchill.server.runtime.port.RoomDirectory;
import dev.watchnchill.server.runtime.port.RoomListings;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.runtime.port.ServerClock;
import dev.watchnchill.server.store.RoomStore;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backend of equal instances on one Redis, or one Redis Cluster. */
final class RedisBackend implements Backend {
  private static final Logger log = LoggerFactory.getLogger(RedisBackend.class);

  /**
   * Opens the backend. A server whose Redis is not reachable yet starts nevertheless, and logs
   * that.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long REQUEST_PATIENCE_MS = 250;

  /** The key of links to films (rule LB8). */
  private static final String LINK_SECRET = "film-links";

  private final RedisUrl url;
  private final Config config;
  private final RedisLink link;
  private final SharedClock clock = new SharedClock(System::nanoTime, System::currentTimeMillis);
  private final InstanceId self = new InstanceId(UUID.randomUUID().toString());
  private final RedisInstances instances;
  private final RoomStore store;
  private @Nullable ClockPoller poller;
  private @Nullable RedisRoomDirectory directory;
  private final List<SharedAddressLeases> leases = new ArrayList<>();

  RedisBackend(RedisUrl url, Config config) {
    this.url = url;
    this.config = config;
    link = RedisLink.unopened(url, new RedisLink.Settings(config.storeTimeoutMs(), true));
    store = new RedisRoomStore(link, self.value(), clock::nowMs, config.limits().roomLifeMs());
    instances =
        new RedisInstances(link, self, clock, System::nanoTime, RedisInstances.Times.DEFAULT);
  }

  @Override
  public ServerClock clock() {
    return clock;
  }

  @Override
  public RoomStore store() {
    return store;
  }

  @Override
  public Instances instances() {
    return instances;
  }

  @Override
  public RequestLimit requests(WindowLimit alone) {
    return new SharedRequestLimit(
        link,
        "rate-limit:",
        config.httpRequestsMax(),
        config.httpWindowMs(),
        REQUEST_PATIENCE_MS,
        alone);
  }

  @Override
  public RequestLimit connects(WindowLimit alone) {
    return new SharedRequestLimit(
        link,
        "connects:",
        config.abuse().connectsMax(),
        AbuseLimits.MINUTE_MS,
        REQUEST_PATIENCE_MS,
        alone);
  }

  @Override
  public AddressLimits addressLimits(Scheduler scheduler) {
    AbuseLimits abuse = config.abuse();
    return new AddressLimits(
        new SharedEntryLimit(
            link,
            abuse.entryRates(),
            REQUEST_PATIENCE_MS,
            new MemoryEntryLimit(abuse.entryRates(), clock::nowMs)),
        leases("rooms-made:", abuse.roomsPerAddressMax(), scheduler),
        leases("away-seats:", abuse.awaySeatsMax(), scheduler));
  }

  @Override
  public GuessLimit guesses() {
    return new SharedGuessLimit(
        link,
        GuessLimit.DEFAULT,
        REQUEST_PATIENCE_MS,
        new MemoryGuessLimit(GuessLimit.DEFAULT, clock::nowMs));
  }

  @Override
  public AddressLeases sockets(Scheduler scheduler) {
    return leases("sockets:", config.socketsPerAddressMax(), scheduler);
  }

  private AddressLeases leases(String prefix, int max, Scheduler scheduler) {
    var shared =
        new SharedAddressLeases(
            link, prefix, self.value(), max, SharedAddressLeases.Times.DEFAULT, scheduler);
    leases.add(shared);
    return shared;
  }

  @Override
  public RoomDirectory directory(RoomListings own, Scheduler scheduler) {
    var shared =
        new RedisRoomDirectory(
            link, self, instances::alive, own, RedisRoomDirectory.Times.DEFAULT, scheduler);
    directory = shared;
    return shared;
  }

  @Override
  public void begin(RoomService rooms, Scheduler scheduler, EventLoopGroup loops) {
    link.startOn(loops);
    poller = new ClockPoller(clock, link, scheduler);
    if (!link.awaitUp(PATIENCE)) {
      log.warn("{} does not answer yet; rooms can be made as soon as it does", url);
    }
    try {
      // Before the first use of the clock: timelines are anchored on it.
      var _ = poller.start().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.warn("The time of {} is not known yet; until then this machine's counts", url);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    instances.start();
  }

  @Override
  public void shareLinkSecret(byte[] own, Consumer<byte[]> use) {
    var secret = new SharedSecret(link, LINK_SECRET, own, use);
    link.addListener(
        new RedisLink.AvailabilityListener() {
          @Override
          public void outageBegan() {
            // Links are checked with the secret that is known.
          }

          @Override
          public void outageEnded() {
            secret.share();
          }
        });
    secret.share();
  }

  @Override
  public RenewedLinks renewedLinks() {
    return new SharedRenewals(link, REQUEST_PATIENCE_MS);
  }

  @Override
  public void watchedBy(Metrics metrics) {
    metrics.watchStore(store::available);
    metrics.watchSharedClock(clock::aheadOfWallMs, clock::roundTripMs);
  }

  @Override
  public String description() {
    return "rooms in " + url + ", shared with every server on it";
  }

  @Override
  public void close() {
    if (poller != null) {
      poller.close();
    }
    leases.forEach(SharedAddressLeases::close);
    if (directory != null) {
      directory.close();
    }
    link.close();
  }
}
