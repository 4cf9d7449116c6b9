package dev.watchnchill.server.app;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.http.WindowLimit;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.limit.GuessLimit;
import dev.watchnchill.server.limit.MemoryAddressLeases;
import dev.watchnchill.server.limit.MemoryEntryLimit;
import dev.watchnchill.server.limit.MemoryGuessLimit;
import dev.watchnchill.server.metrics.Metrics;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.port.Instances;
import dev.watchnchill.server.runtime.port.LocalInstances;
import dev.watchnchill.server.runtime.port.LocalRoomDirectory;
import dev.watchnchill.server.runtime.port.RenewedLinks;
import dev.watchnchill.server.runtime.port.RoomDirectory;
import dev.watchnchill.server.runtime.port.RoomListings;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.runtime.port.ServerClock;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.file.FileRoomStore;
import dev.watchnchill.server.store.memory.MemoryRoomStore;
import io.netty.channel.EventLoopGroup;
import java.util.UUID;
import java.util.function.Consumer;

/** The backend of a single instance: memory or a data directory. */
final class LocalBackend implements Backend {
  private final ServerClock clock;
  private final RoomStore store;
  private final MemoryAddressLeases sockets;
  private final AddressLimits addressLimits;
  private final String description;
  private final Instances instances =
      new LocalInstances(new InstanceId(UUID.randomUUID().toString()));

  private LocalBackend(Config config, ServerClock clock, RoomStore store, String description) {
    this.clock = clock;
    this.store = store;
    this.sockets = new MemoryAddressLeases(config.socketsPerAddressMax());
    AbuseLimits abuse = config.abuse();
    this.addressLimits =
        new AddressLimits(
            new MemoryEntryLimit(abuse.entryRates(), clock::nowMs),
            new MemoryAddressLeases(abuse.roomsPerAddressMax()),
            new MemoryAddressLeases(abuse.awaySeatsMax()));
    this.description = description;
  }

  static LocalBackend inMemory(Config config) {
    var clock = new SystemClock();
    return new LocalBackend(
        config,
        clock,
        new MemoryRoomStore(clock::nowMs, config.limits().roomLifeMs()),
        "rooms in memory: they last as long as this process");
  }

  static LocalBackend in(StoreChoice.Directory directory, Config config) {
    var clock = new SystemClock();
    return new LocalBackend(
        config,
        clock,
        FileRoomStore.open(
            directory.path(),
            clock::nowMs,
            config.limits().roomLifeMs(),
            config.storeTimeoutMs(),
            directory.repair()),
        "rooms in " + directory.path() + ": they outlast this process");
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
    return alone;
  }

  @Override
  public RequestLimit connects(WindowLimit alone) {
    return alone;
  }

  @Override
  public AddressLimits addressLimits(Scheduler scheduler) {
    return addressLimits;
  }

  @Override
  public GuessLimit guesses() {
    return new MemoryGuessLimit(GuessLimit.DEFAULT, clock::nowMs);
  }

  @Override
  public AddressLeases sockets(Scheduler scheduler) {
    return sockets;
  }

  @Override
  public RoomDirectory directory(RoomListings own, Scheduler scheduler) {
    return new LocalRoomDirectory(own);
  }

  @Override
  public void begin(RoomService rooms, Scheduler scheduler, EventLoopGroup loops) {
    if (store instanceof FileRoomStore file) {
      rooms.recover(file.lastSeenMs()).join();
    }
  }

  @Override
  public void shareLinkSecret(byte[] own, Consumer<byte[]> use) {
    if (store instanceof FileRoomStore file) {
      use.accept(file.secret(own));
    }
  }

  @Override
  public RenewedLinks renewedLinks() {
    return RenewedLinks.NONE;
  }

  @Override
  public void watchedBy(Metrics metrics) {
    metrics.watchStore(store::available);
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void close() {}
}
