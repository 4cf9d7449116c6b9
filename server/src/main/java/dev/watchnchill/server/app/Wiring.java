package dev.watchnchill.server.app;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.server.http.Assets;
import dev.watchnchill.server.http.ClientAddresses;
import dev.watchnchill.server.http.DirectoryRoute;
import dev.watchnchill.server.http.FilmRoute;
import dev.watchnchill.server.http.HttpRoutes;
import dev.watchnchill.server.http.MetricsRoute;
import dev.watchnchill.server.http.Networks;
import dev.watchnchill.server.http.OwnOrigins;
import dev.watchnchill.server.http.PublicUrl;
import dev.watchnchill.server.http.TransportLimits;
import dev.watchnchill.server.http.WindowLimit;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.media.FilmLinks;
import dev.watchnchill.server.metrics.Metrics;
import dev.watchnchill.server.password.PasswordGuard;
import dev.watchnchill.server.password.PasswordHasher;
import dev.watchnchill.server.runtime.DirectoryPages;
import dev.watchnchill.server.runtime.RoomService;
import dev.watchnchill.server.runtime.ServiceParts;
import dev.watchnchill.server.runtime.memory.RoomMemory;
import dev.watchnchill.server.runtime.port.FanOut;
import dev.watchnchill.server.runtime.port.FilmDescriptions;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.runtime.port.ServerClock;
import dev.watchnchill.server.runtime.session.EventLimits;
import dev.watchnchill.server.socket.SocketGateway;
import dev.watchnchill.server.wire.RequestDecoder;
import dev.watchnchill.socketio.BatchedEvent;
import dev.watchnchill.socketio.Broadcast;
import dev.watchnchill.socketio.Namespace;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoMetrics;
import dev.watchnchill.socketio.SocketIoServer;
import dev.watchnchill.socketio.http.CorsPolicy;
import dev.watchnchill.socketio.limit.ConnectionSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Builds a server from its parts, starts it and stops it. */
final class Wiring implements AutoCloseable {
  /**
   * A loop writes to this many connections within milliseconds, more often than chat messages
   * arrive.
   */
  private static final int CONNECTIONS_PER_LOOP = 1000;

  private static final String SOCKET_PATH = "/api/socket/io";
  private static final Duration GOODBYE = Duration.ofSeconds(4);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration LOOPS_END = Duration.ofMillis(500);

  private final SocketIoServer socketIo;
  private final Scheduler scheduler;
  private final RoomService rooms;
  private final @Nullable DirectoryPages directory;
  private final AddressLeases sockets;

  private final Config config;
  private final Backend backend;
  private final PasswordHasher hasher;
  private final FilmDescriptions filmDescriptions;
  private final MediaSettings.@Nullable OpenLibrary library;
  private final @Nullable FilmFiles filmFiles;
  private final Runnable shareLinkSecret;
  private final Metrics metrics = new Metrics();
  private volatile boolean leaving;
  // Whether all sockets are closed: later tasks belong to another instance.
  private volatile boolean gone;

  Wiring(Config config) {
    this(config, PasswordHasher.Settings.forProcessors(Runtime.getRuntime().availableProcessors()));
  }

  /** Builds a server whose passwords cost that much. */
  Wiring(Config config, PasswordHasher.Settings passwords) {
    this.config = config;
    backend = Backend.open(config);
    ServerClock clock = backend.clock();
    var addresses = new ClientAddresses(config.trustedProxies(), config.proxy().header());
    var origins = new OwnOrigins(config.trustedProxies(), config.proxy().publicUrl());
    var routes =
        new HttpRoutes(
            Assets.load(config.proxy().basePath()),
            origins,
            addresses,
            RequestWindows.ofPages(config, backend, clock),
            RequestWindows.ofFiles(config, clock),
            () -> !leaving && backend.store().available(),
            new MetricsRoute(
                config.metricsAllowed(), addresses, this::metricsText, Thread::startVirtualThread),
            config.directory() ? DirectoryRoute.of(this::directoryPage) : DirectoryRoute.OFF,
            config.media().directories().isEmpty()
                ? null
                : new FilmRoute(this::openFilm, RequestWindows.ofFiles(config, clock)));
    socketIo = SocketIoServer.create(socketIoConfig(config, routes, addresses, origins, clock));
    scheduler = scheduler(socketIo.eventLoops());
    Namespace namespace = socketIo.namespace("/");
    var ids = new SecureIds();
    hasher = new PasswordHasher(passwords, ids::secretBytes);
    filmDescriptions = config.metadata().open(clock::nowMs);
    byte[] linkSecret = ids.secretBytes();
    var filmLinks = new FilmLinks(linkSecret);
    library = config.media().open(clock::nowMs, filmLinks, config.proxy().basePath().value());
    var memory = new RoomMemory(config.abuse().roomsBytesMax());
    rooms =
        new RoomService(
            new RoomRules(config.limits()),
            backend.store(),
            backend.instances(),
            clock,
            ids,
            scheduler,
            fanOut(namespace),
            config.roomsMax(),
            metrics,
            new ServiceParts(
                backend.addressLimits(scheduler),
                memory,
                new GuardedPasswords(
                    new PasswordGuard(hasher, backend.guesses(), metrics.passwords()::count)),
                filmDescriptions,
                library == null ? FilmLibrary.NONE : library.library(),
                config.ice().open(clock::nowMs, ids::secretBytes),
                pagesUrl(config.proxy())));
    filmFiles =
        library == null
            ? null
            : new FilmFiles(library.library(), filmLinks, rooms::membership, clock::nowMs);
    directory =
        config.directory()
            ? new DirectoryPages(backend.directory(rooms.listings(), scheduler), clock::nowMs)
            : null;
    sockets = backend.sockets(scheduler);
    var gateway =
        new SocketGateway(
            rooms,
            new RequestDecoder(config.limits().messageLengthMax()),
            clock,
            sockets,
            backend.connects(
                new WindowLimit(config.abuse().connectsMax(), AbuseLimits.MINUTE_MS, clock::nowMs)),
            addresses,
            new EventLimits(config.eventRateScale(), config.abuse().eventsPerAddressFactor()),
            metrics.events(),
            metrics.closes());
    metrics.watchRoomMemory(memory::bytes, memory::bytesMax);
    metrics.watchLoad(rooms::liveRooms, sockets::open);
    metrics.watchTransport(socketIo::metrics);
    if (library != null && filmFiles != null) {
      library.watchedBy(metrics, filmFiles);
    }
    backend.watchedBy(metrics);
    shareLinkSecret =
        library == null ? () -> {} : () -> backend.shareLinkSecret(linkSecret, filmLinks::use);
    namespace.onConnection(gateway::connected);
  }

  /**
   * Begins to listen; returns the port. Without success it leaves nothing behind on a disk; its
   * threads end with the process.
   *
   * @throws IOException when the address cannot be listened on
   */
  int start() throws IOException {
    try {
      return listen();
    } catch (IOException | RuntimeException e) {
      closeFilms();
      throw e;
    }
  }

  private int listen() throws IOException {
    backend.begin(rooms, scheduler, socketIo.eventLoops());
    shareLinkSecret.run();
    shareFilms();
    // The JVM's own wildcard takes IPv6 and IPv4 where the machine has both: browsers try either
    // for "localhost".
    String everywhere = new InetSocketAddress(0).getAddress().getHostAddress();
    return socketIo.start(config.host().isEmpty() ? everywhere : config.host(), config.port());
  }

  /** Shares films and links with other instances (rules LB11, LB15). */
  private void shareFilms() {
    if (library == null) {
      backend.instances().publishFilms(Set.of());
    } else {
      library.library().onScan(backend.instances()::publishFilms);
      library.library().details().renewals().shareWith(backend.renewedLinks());
    }
  }

  /** Returns the numbers of what the server holds now. */
  Load load() {
    SocketIoMetrics transport = socketIo.metrics();
    return new Load(
        transport.sessions(),
        rooms.liveRooms(),
        sockets.open(),
        transport.connections().connections());
  }

  /**
   * The numbers of what a server holds.
   *
   * @param sessions open transport sessions
   * @param rooms live rooms
   * @param leases sockets counted for their addresses
   * @param connections open TCP connections
   */
  record Load(int sessions, int rooms, int leases, int connections) {}

  /** Returns the source of titles, posters and durations (rule MD11). */
  FilmDescriptions filmDescriptions() {
    return filmDescriptions;
  }

  /** Returns a text for the operator: where rooms are kept and for how long. */
  String storeDescription() {
    return backend.description();
  }

  /**
   * Accepts no more clients, handles the received events, closes the sockets without giving up
   * their seats, and stops (rule IN9); within 10 s.
   */
  @Override
  public void close() {
    leaving = true;
    rooms.leave();
    var _ = rooms.awaitQuiet(QUIET);
    awaitAnswers();
    socketIo.closeSockets(GOODBYE);
    // Handles what arrived while the sockets were being closed.
    var _ = rooms.awaitQuiet(QUIET);
    gone = true;
    hasher.close();
    filmDescriptions.close();
    closeFilms();
    rooms.close();
    backend.close();
    socketIo.close(LOOPS_END);
    metrics.close();
  }

  private void closeFilms() {
    if (library != null && filmFiles != null) {
      filmFiles.close();
      library.close();
    }
  }

  /**
   * Waits until the event loops have sent the answers to handled events, before sockets are closed.
   */
  private void awaitAnswers() {
    for (EventExecutor loop : socketIo.eventLoops()) {
      var _ = loop.submit(() -> {}).awaitUninterruptibly(QUIET.toMillis());
    }
  }

  private MetricsRoute.Text metricsText(@Nullable String accept) {
    String contentType = Metrics.contentType(accept);
    return new MetricsRoute.Text(contentType, metrics.scrape(contentType));
  }

  private CompletableFuture<byte[]> directoryPage(@Nullable String after, int limit) {
    return Objects.requireNonNull(directory).page(after == null ? null : new RoomId(after), limit);
  }

  private CompletableFuture<FilmRoute.Opening> openFilm(String path) {
    return Objects.requireNonNull(filmFiles).open(path);
  }

  private static SocketIoConfig socketIoConfig(
      Config config,
      HttpRoutes routes,
      ClientAddresses addresses,
      OwnOrigins origins,
      ServerClock clock) {
    SocketIoConfig.Builder builder =
        SocketIoConfig.builder()
            .path(SOCKET_PATH)
            .pathPrefix(config.proxy().basePath().value())
            .originCheck(origins)
            // So that clients reconnect by themselves, to the next process or to another instance.
            .disconnectPacketOnClose(false)
            .cors(CorsPolicy.of(Set.copyOf(config.allowedOrigins()), true))
            .clientKey(request -> addresses.of(request.remoteAddress(), request.headers()))
            .connections(
                ConnectionSettings.DEFAULT
                    .withTrustedPeers(
                        new Networks(config.trustedProxies())::contain, config.proxyProtocol())
                    .withConnections(config.connectionsPerAddressMax(), 0))
            .httpHandler(routes);
    InboundRules.apply(builder, config.socketsPerAddressMax(), config.eventRateScale());
    if (config.eventLoops() > 0) {
      builder.eventLoops(config.eventLoops());
    } else {
      // A configured number is used whole; else a small server does not wake all loops.
      builder.connectionsPerLoop(CONNECTIONS_PER_LOOP);
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

  /** Returns what stands before {@code /room/} in links (rule EN6). */
  private static String pagesUrl(ProxySettings proxy) {
    PublicUrl address = proxy.publicUrl();
    return (address == null ? "" : address.origin().toString()) + proxy.basePath().value();
  }

  private static FanOut fanOut(Namespace sockets) {
    return (room, messages) -> {
      Broadcast everybody = sockets.to(room.value());
      var events = new ArrayList<BatchedEvent>(messages.size());
      for (FanOut.Send each : messages) {
        Broadcast to = everybody;
        if (!each.except().isEmpty()) {
          to = to.except(each.except());
        }
        if (each.droppable()) {
          to = to.volatile_();
        }
        if (each.gapMicros() > 0) {
          to = to.throttled(Duration.of(each.gapMicros(), ChronoUnit.MICROS));
        }
        events.add(BatchedEvent.of(to, each.message().eventName(), each.message()));
      }
      sockets.emitBatch(events);
    };
  }

  /** Returns the loop that the caller is on, which need not be woken, or any other one. */
  private static EventExecutor callersLoop(EventLoopGroup loops) {
    for (EventExecutor loop : loops) {
      if (loop.inEventLoop()) {
        return loop;
      }
    }
    return loops.next();
  }

  private Scheduler scheduler(EventLoopGroup loops) {
    return (delayMs, task) -> {
      try {
        var future =
            callersLoop(loops)
                .schedule(
                    () -> {
                      if (!gone) {
                        task.run();
                      }
                    },
                    delayMs,
                    TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
      } catch (RejectedExecutionException _) {
        return () -> {}; // later tasks belong to another instance
      }
    };
  }
}
