package dev.watchnchill.server.app;

import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.http.WindowLimit;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.limit.GuessLimit;
import dev.watchnchill.server.metrics.Metrics;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.port.Instances;
import dev.watchnchill.server.runtime.port.RenewedLinks;
import dev.watchnchill.server.runtime.port.RoomDirectory;
import dev.watchnchill.server.runtime.port.RoomListings;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.runtime.port.ServerClock;
import dev.watchnchill.server.store.RoomStore;
import io.netty.channel.EventLoopGroup;
import java.util.function.Consumer;

/** The store of a server, with the clock and the limits that its instances share through it. */
interface Backend extends AutoCloseable {

  /** Opens the chosen store. Does not wait for a network. */
  static Backend open(Config config) {
    return switch (config.store()) {
      case StoreChoice.Memory _ -> LocalBackend.inMemory(config);
      case StoreChoice.Directory directory -> LocalBackend.in(directory, config);
      case StoreChoice.Redis redis -> new RedisBackend(redis.url(), config);
    };
  }

  /** Returns the clock that all its instances share. */
  ServerClock clock();

  RoomStore store();

  Instances instances();

  /**
   * Returns the limit of HTTP requests over all instances.
   *
   * @param alone the limit to use when nothing is shared
   */
  RequestLimit requests(WindowLimit alone);

  /**
   * Returns the limit of CONNECT packets of an address over all instances (rule RL8).
   *
   * @param alone the limit to use when nothing is shared
   */
  RequestLimit connects(WindowLimit alone);

  /** Returns the limits of an address for rooms, over all instances (rules RL8 to RL10). */
  AddressLimits addressLimits(Scheduler scheduler);

  /** Returns the limit of wrong passwords over all instances (rule EN3). */
  GuessLimit guesses();

  /** Returns the limit of sockets over all instances. */
  AddressLeases sockets(Scheduler scheduler);

  /**
   * Returns the directory of listed rooms over all instances (rule EN12).
   *
   * @param own the listed rooms of this instance
   */
  RoomDirectory directory(RoomListings own, Scheduler scheduler);

  /**
   * Starts for a room service, before clients are accepted. May wait some seconds.
   *
   * @param loops event loops for its own connections; they end after it is closed
   */
  void begin(RoomService rooms, Scheduler scheduler, EventLoopGroup loops);

  /**
   * Shares a secret over all instances, and over restarts on a data directory. Waits for no
   * network.
   *
   * @param own random bytes, in case that there is none yet
   * @param use called with another secret that counts from now on
   */
  void shareLinkSecret(byte[] own, Consumer<byte[]> use);

  /** Returns the links to films that instances have renewed (rule LB11). */
  RenewedLinks renewedLinks();

  /** Registers its metrics. */
  void watchedBy(Metrics metrics);

  /** Returns a text for the operator: where rooms are kept and for how long. */
  String description();

  /** Releases everything but the store and the lease, which {@link RoomService} closes. */
  @Override
  void close();
}
