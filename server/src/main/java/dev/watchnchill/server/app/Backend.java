package dev.watchnchill.server.app;

import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.http.WindowLimit;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.AddressLimits;
import dev.watchnchill.server.metrics.Metrics;
import dev.watchnchill.server.runtime.Instances;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.Scheduler;
import dev.watchnchill.server.runtime.ServerClock;
import dev.watchnchill.server.store.RoomStore;
import io.netty.channel.EventLoopGroup;

/** What a server keeps its rooms in, and what else it shares with others by it. */
interface Backend extends AutoCloseable {

  /** Opens what was chosen. Does not wait for a network. */
  static Backend open(Config config) {
    return switch (config.store()) {
      case StoreChoice.Memory _ -> LocalBackend.inMemory(config);
      case StoreChoice.Directory directory -> LocalBackend.in(directory, config);
      case StoreChoice.Redis redis -> new RedisBackend(redis.url(), config);
    };
  }

  /** The time that all servers on it show. */
  ServerClock clock();

  RoomStore store();

  Instances instances();

  /**
   * Limits HTTP requests over all servers.
   *
   * @param alone counts when nothing is shared
   */
  RequestLimit requests(WindowLimit alone);

  /**
   * Limits the CONNECT packets of an address over all servers (rule RL8).
   *
   * @param alone counts when nothing is shared
   */
  RequestLimit connects(WindowLimit alone);

  /** Limits what an address does with rooms, over all servers (rules RL8 to RL10). */
  AddressLimits addressLimits(Scheduler scheduler);

  /** Counts sockets over all servers. */
  AddressLeases sockets(Scheduler scheduler);

  /**
   * Begins to work for these rooms; clients come in afterwards. May wait some seconds.
   *
   * @param loops where connections of its own may be; they end after it is closed
   */
  void begin(RoomService rooms, Scheduler scheduler, EventLoopGroup loops);

  /** Tells the metrics about itself. */
  void watchedBy(Metrics metrics);

  /** Where rooms are and how long they last, for a person. */
  String description();

  /** Lets go of everything but the store and the lease, which {@link RoomService} closes. */
  @Override
  void close();
}
