package dev.watchnchill.server.app;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.server.http.Assets;
import dev.watchnchill.server.http.ClientAddresses;
import dev.watchnchill.server.http.HttpRoutes;
import dev.watchnchill.server.http.MetricsRoute;
import dev.watchnchill.server.http.TransportLimits;
import dev.watchnchill.server.http.WindowLimit;
import dev.watchnchill.server.metrics.Metrics;
import dev.watchnchill.server.runtime.FanOut;
import dev.watchnchill.server.runtime.LocalInstances;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.Scheduler;
import dev.watchnchill.server.runtime.ServerClock;
import dev.watchnchill.server.socket.SocketGateway;
import dev.watchnchill.server.socket.SocketLimit;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.memory.MemoryRoomStore;
import dev.watchnchill.server.wire.Decoder;
import dev.watchnchill.socketio.Broadcast;
import dev.watchnchill.socketio.CorsPolicy;
import dev.watchnchill.socketio.Namespace;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoServer;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A whole server, built by hand: every part and what it is given, on one screen. */
final class Wiring implements AutoCloseable {
  private static final String SOCKET_PATH = "/api/socket/io";
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final SocketIoServer socketIo;
  private final RoomService rooms;
  private final SocketLimit socketLimit;
  private final Config config;
  private final Metrics metrics = new Metrics();

  Wiring(Config config) {
    this.config = config;
    ServerClock clock = new SystemClock();
    RoomStore store = new MemoryRoomStore(clock::nowMs, config.limits().roomLifeMs());
    var addresses = new ClientAddresses(config.trustedProxies());

    var routes =
        new HttpRoutes(
            Assets.load(),
            addresses,
            config.production()
                ? new WindowLimit(config.httpRequestsMax(), config.httpWindowMs(), clock::nowMs)
                : null,
            store::available,
            new MetricsRoute(
                config.metricsAllowed(), addresses, this::metricsText, Thread::startVirtualThread));
    socketIo = SocketIoServer.create(socketIoConfig(config, routes, addresses, clock));
    Namespace sockets = socketIo.namespace("/");
    rooms =
        new RoomService(
            new RoomRules(config.limits()),
            store,
            new LocalInstances(new InstanceId(UUID.randomUUID().toString())),
            clock,
            new SecureIds(),
            scheduler(socketIo.eventLoops()),
            fanOut(sockets),
            config.roomsMax(),
            metrics);
    socketLimit = new SocketLimit(config.socketsPerAddressMax());
    var gateway =
        new SocketGateway(
            rooms,
            new Decoder(config.limits().messageLengthMax()),
            clock,
            socketLimit,
            addresses,
            config.eventRateScale(),
            metrics.events());
    metrics.watchLoad(rooms::liveRooms, socketLimit::open);
    metrics.watchTransport(socketIo::metrics);
    sockets.onConnection(gateway::connected);
  }

  /**
   * Begins to listen; gives the port.
   *
   * @throws IOException when the address cannot be listened on
   */
  int start() throws IOException {
    // The JVM's own wildcard takes IPv6 and IPv4 where the machine has both: browsers try either
    // for "localhost".
    String everywhere = new InetSocketAddress(0).getAddress().getHostAddress();
    return socketIo.start(config.host().isEmpty() ? everywhere : config.host(), config.port());
  }

  /** What the server holds now: sessions, live rooms and counted sockets. */
  Load load() {
    return new Load(socketIo.metrics().sessions(), rooms.liveRooms(), socketLimit.open());
  }

  /**
   * What a server holds.
   *
   * @param sessions open transport sessions
   * @param rooms live rooms
   * @param leases sockets counted for their addresses
   */
  record Load(int sessions, int rooms, int leases) {}

  /** Tells every socket, then stops. */
  @Override
  public void close() {
    socketIo.close(GOODBYE);
    rooms.close();
    metrics.close();
  }

  private MetricsRoute.Text metricsText(@Nullable String accept) {
    String contentType = Metrics.contentType(accept);
    return new MetricsRoute.Text(contentType, metrics.scrape(contentType));
  }

  private static SocketIoConfig socketIoConfig(
      Config config, HttpRoutes routes, ClientAddresses addresses, ServerClock clock) {
    SocketIoConfig.Builder builder =
        SocketIoConfig.builder()
            .path(SOCKET_PATH)
            // So that clients come back by themselves, to the next process or to another instance.
            .disconnectPacketOnClose(false)
            .cors(CorsPolicy.of(Set.copyOf(config.allowedOrigins()), true))
            .httpHandler(routes);
    if (config.eventLoops() > 0) {
      builder.eventLoops(config.eventLoops());
    }
    if (config.production()) {
      int handshakesMax = Math.max(120, 12 * config.socketsPerAddressMax());
      int pollsMax = 100 * config.socketsPerAddressMax();
      builder.gate(
          new TransportLimits(
              addresses,
              new WindowLimit(handshakesMax, config.httpWindowMs(), clock::nowMs),
              new WindowLimit(pollsMax, config.httpWindowMs(), clock::nowMs)));
    }
    return builder.build();
  }

  private static FanOut fanOut(Namespace sockets) {
    return (room, event, exceptConnectionId) -> {
      Broadcast broadcast = sockets.to(room.value());
      if (exceptConnectionId != null) {
        broadcast = broadcast.except(exceptConnectionId);
      }
      if (event.droppable()) {
        broadcast = broadcast.volatile_();
      }
      broadcast.emit(event.name(), event.payload());
    };
  }

  private static Scheduler scheduler(EventLoopGroup loops) {
    return (delayMs, task) -> {
      var future = loops.next().schedule(task, delayMs, TimeUnit.MILLISECONDS);
      return () -> future.cancel(false);
    };
  }
}
