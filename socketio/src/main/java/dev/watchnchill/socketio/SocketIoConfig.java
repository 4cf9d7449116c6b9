package dev.watchnchill.socketio;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything a {@link SocketIoServer} can be told. Built by {@link #builder}; every value has a
 * default and a checked range.
 *
 * @param path the path of the Socket.IO endpoint, without a trailing slash (clients may add one)
 * @param pathPrefix a path in front of it with which the endpoint is reached as well, behind a
 *     proxy that does not strip it; empty for none
 * @param pingInterval how long after a pong the next ping is sent
 * @param pingTimeout how long a client has for its pong
 * @param maxPayloadBytes the largest polling request body, websocket frame and message
 * @param connectTimeout how long a session may exist without having entered a namespace
 * @param upgradeTimeout how long an upgrade to websocket may take
 * @param httpIdleTimeout how long a TCP connection may take over its next complete request
 * @param cors which foreign pages may connect
 * @param originCheck decides which other pages count as the server's own; null for none
 * @param transports the transports offered
 * @param eventLoops how many threads serve connections
 * @param connectionsPerLoop how many connections a thread takes before the next one is used; when
 *     all have so many they are spread evenly
 * @param outboxBytesMax how much output may wait for one client before it is closed as a slow
 *     consumer
 * @param attachmentsMax binary attachments per packet
 * @param namespacesMax namespaces per session
 * @param jsonDepthMax nesting depth of a packet's JSON
 * @param inbound limits of what clients send
 * @param recoveryMaxDisconnection how long the state of a dropped socket is kept for connection
 *     state recovery; null switches recovery off
 * @param recoveryPacketsMax how many packets per namespace are kept for recovery
 * @param disconnectPacketOnClose whether a closing server sends DISCONNECT before it ends the
 *     transports. Stock clients then stay away until told to come back; without it connections end
 *     as if the network had failed, and they reconnect by themselves
 * @param httpHandler answers requests outside of the path; null answers them 404
 * @param gate judges requests on the path; null lets all pass
 * @param clientKey names the client of the request that opens a session, for the budget that all
 *     sessions of a client share; asked once for each session, on an event loop
 * @param edge bounds of connections and requests before a session exists
 * @param responseHeaders adds headers to responses; null for none
 * @param clock the source of {@link Handshake#time()}
 */
public record SocketIoConfig(
    String path,
    String pathPrefix,
    Duration pingInterval,
    Duration pingTimeout,
    int maxPayloadBytes,
    Duration connectTimeout,
    Duration upgradeTimeout,
    Duration httpIdleTimeout,
    CorsPolicy cors,
    @Nullable OriginCheck originCheck,
    Set<Transport> transports,
    int eventLoops,
    int connectionsPerLoop,
    int outboxBytesMax,
    int attachmentsMax,
    int namespacesMax,
    int jsonDepthMax,
    InboundLimits inbound,
    @Nullable Duration recoveryMaxDisconnection,
    int recoveryPacketsMax,
    boolean disconnectPacketOnClose,
    @Nullable HttpHandler httpHandler,
    @Nullable TransportGate gate,
    Function<TransportRequest, String> clientKey,
    EdgeSettings edge,
    @Nullable ResponseHeaders responseHeaders,
    Clock clock) {

  /** A way to carry packets. */
  public enum Transport {
    /** HTTP long-polling. */
    POLLING,
    /** WebSocket. */
    WEBSOCKET
  }

  /** Checks every range. */
  public SocketIoConfig {
    path = normalisePath(path);
    pathPrefix = pathPrefix.isEmpty() ? "" : normalisePath(pathPrefix);
    atLeast("pingInterval", pingInterval, 10);
    atLeast("pingTimeout", pingTimeout, 10);
    atLeast("connectTimeout", connectTimeout, 10);
    atLeast("upgradeTimeout", upgradeTimeout, 10);
    atLeast("httpIdleTimeout", httpIdleTimeout, 10);
    within("maxPayloadBytes", maxPayloadBytes, 128, 256 << 20);
    within("eventLoops", eventLoops, 1, 1024);
    within("connectionsPerLoop", connectionsPerLoop, 1, 1_000_000);
    within("outboxBytesMax", outboxBytesMax, 4096, 1 << 30);
    within("attachmentsMax", attachmentsMax, 0, 10_000);
    within("namespacesMax", namespacesMax, 1, 10_000);
    within("jsonDepthMax", jsonDepthMax, 4, 1000);
    within("recoveryPacketsMax", recoveryPacketsMax, 1, 10_000_000);
    if (recoveryMaxDisconnection != null) {
      atLeast("recoveryMaxDisconnection", recoveryMaxDisconnection, 1);
    }
    if (transports.isEmpty()) {
      throw new IllegalArgumentException("transports must name at least one transport");
    }
    transports = Set.copyOf(transports);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  private static String normalisePath(String path) {
    if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
      throw new IllegalArgumentException("path must begin with '/' and have no query: " + path);
    }
    String trimmed = path;
    while (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    return trimmed;
  }

  static void atLeast(String name, Duration value, long minMs) {
    if (value.toMillis() < minMs || value.toDays() > 365) {
      throw new IllegalArgumentException(
          name + " must be " + minMs + " ms to 365 days, not " + value.toMillis() + " ms");
    }
  }

  static void within(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", not " + value);
    }
  }

  /** Collects settings; each method is named after the component it sets. */
  public static final class Builder {
    private String path = "/socket.io";
    private String pathPrefix = "";
    private Duration pingInterval = Duration.ofSeconds(25);
    private Duration pingTimeout = Duration.ofSeconds(20);
    private int maxPayloadBytes = 1_000_000;
    private Duration connectTimeout = Duration.ofSeconds(45);
    private Duration upgradeTimeout = Duration.ofSeconds(10);
    private Duration httpIdleTimeout = Duration.ofSeconds(65);
    private CorsPolicy cors = CorsPolicy.sameOrigin();
    private @Nullable OriginCheck originCheck;
    private Set<Transport> transports = EnumSet.allOf(Transport.class);
    private int eventLoops = Runtime.getRuntime().availableProcessors();
    private int connectionsPerLoop = 1;
    private int outboxBytesMax = 4 << 20;
    private int attachmentsMax = 10;
    private int namespacesMax = 16;
    private int jsonDepthMax = 100;
    private InboundLimits inbound = InboundLimits.DEFAULT;
    private @Nullable Duration recoveryMaxDisconnection;
    private int recoveryPacketsMax = 10_000;
    private boolean disconnectPacketOnClose = true;
    private @Nullable HttpHandler httpHandler;
    private @Nullable TransportGate gate;
    private Function<TransportRequest, String> clientKey = ClientKeys::ofPeer;
    private EdgeSettings edge = EdgeSettings.DEFAULT;
    private @Nullable ResponseHeaders responseHeaders;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /** Default {@code /socket.io}. */
    public Builder path(String value) {
      path = value;
      return this;
    }

    /** Default: none. */
    public Builder pathPrefix(String value) {
      pathPrefix = value;
      return this;
    }

    /** Default 25 s. */
    public Builder pingInterval(Duration value) {
      pingInterval = value;
      return this;
    }

    /** Default 20 s. */
    public Builder pingTimeout(Duration value) {
      pingTimeout = value;
      return this;
    }

    /** Default 1,000,000. */
    public Builder maxPayloadBytes(int value) {
      maxPayloadBytes = value;
      return this;
    }

    /** Default 45 s. */
    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    /** Default 10 s. */
    public Builder upgradeTimeout(Duration value) {
      upgradeTimeout = value;
      return this;
    }

    /** Default 65 s. */
    public Builder httpIdleTimeout(Duration value) {
      httpIdleTimeout = value;
      return this;
    }

    /** Default: same-origin pages only. */
    public Builder cors(CorsPolicy value) {
      cors = value;
      return this;
    }

    /** Default: no other pages. */
    public Builder originCheck(OriginCheck value) {
      originCheck = value;
      return this;
    }

    /** Default: polling and websocket. */
    public Builder transports(Set<Transport> value) {
      transports = value;
      return this;
    }

    /** Default: one for each processor. */
    public Builder eventLoops(int value) {
      eventLoops = value;
      return this;
    }

    /** Default 1: connections are spread evenly. */
    public Builder connectionsPerLoop(int value) {
      connectionsPerLoop = value;
      return this;
    }

    /** Default 4 MiB. Volatile events are dropped from a quarter of it. */
    public Builder outboxBytesMax(int value) {
      outboxBytesMax = value;
      return this;
    }

    /** Default 10. */
    public Builder attachmentsMax(int value) {
      attachmentsMax = value;
      return this;
    }

    /** Default 16. */
    public Builder namespacesMax(int value) {
      namespacesMax = value;
      return this;
    }

    /** Default 100. */
    public Builder jsonDepthMax(int value) {
      jsonDepthMax = value;
      return this;
    }

    /** Default {@link InboundLimits#DEFAULT}. */
    public Builder inbound(InboundLimits value) {
      inbound = value;
      return this;
    }

    /** Switches recovery on and says how long a dropped socket's state is kept. Default: off. */
    public Builder connectionStateRecovery(Duration maxDisconnection) {
      recoveryMaxDisconnection = maxDisconnection;
      return this;
    }

    /** Default 10,000. */
    public Builder recoveryPacketsMax(int value) {
      recoveryPacketsMax = value;
      return this;
    }

    /** Default: true. */
    public Builder disconnectPacketOnClose(boolean value) {
      disconnectPacketOnClose = value;
      return this;
    }

    /** Default: 404 for everything. */
    public Builder httpHandler(HttpHandler value) {
      httpHandler = value;
      return this;
    }

    /** Default: all pass. */
    public Builder gate(TransportGate value) {
      gate = value;
      return this;
    }

    /** Default: {@link ClientKeys#ofPeer}. */
    public Builder clientKey(Function<TransportRequest, String> value) {
      clientKey = value;
      return this;
    }

    /** Default: {@link EdgeSettings#DEFAULT}. */
    public Builder edge(EdgeSettings value) {
      edge = value;
      return this;
    }

    /** Default: none. */
    public Builder responseHeaders(ResponseHeaders value) {
      responseHeaders = value;
      return this;
    }

    /** Default: the system's UTC clock. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public SocketIoConfig build() {
      return new SocketIoConfig(
          path,
          pathPrefix,
          pingInterval,
          pingTimeout,
          maxPayloadBytes,
          connectTimeout,
          upgradeTimeout,
          httpIdleTimeout,
          cors,
          originCheck,
          transports,
          eventLoops,
          connectionsPerLoop,
          outboxBytesMax,
          attachmentsMax,
          namespacesMax,
          jsonDepthMax,
          inbound,
          recoveryMaxDisconnection,
          recoveryPacketsMax,
          disconnectPacketOnClose,
          httpHandler,
          gate,
          clientKey,
          edge,
          responseHeaders,
          clock);
    }
  }
}
