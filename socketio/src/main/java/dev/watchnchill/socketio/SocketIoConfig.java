package dev.watchnchill.socketio;

import static dev.watchnchill.socketio.limit.RangeChecks.atLeast;
import static dev.watchnchill.socketio.limit.RangeChecks.within;

import dev.watchnchill.socketio.engine.EngineConfig;
import dev.watchnchill.socketio.engine.Transport;
import dev.watchnchill.socketio.http.CorsPolicy;
import dev.watchnchill.socketio.http.HttpHandler;
import dev.watchnchill.socketio.http.OriginCheck;
import dev.watchnchill.socketio.http.ResponseHeaders;
import dev.watchnchill.socketio.http.TransportGate;
import dev.watchnchill.socketio.http.TransportRequest;
import dev.watchnchill.socketio.limit.AddressKey;
import dev.watchnchill.socketio.limit.ConnectionSettings;
import dev.watchnchill.socketio.limit.InboundLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link SocketIoServer}. {@link #builder} gives every setting its default.
 *
 * @param engine settings of the transports and of HTTP
 * @param attachmentsMax number of binary attachments of one packet
 * @param namespacesMax number of namespaces that one session may enter
 * @param jsonDepthMax nesting depth of a packet's JSON
 * @param recoveryMaxDisconnection time that the state of a disconnected socket is kept for
 *     connection state recovery; null switches recovery off
 * @param recoveryPacketsMax number of packets per namespace that are kept for recovery
 * @param disconnectPacketOnClose whether a closing server sends DISCONNECT before it closes the
 *     transports. Stock clients then stay disconnected until their program connects again. Without
 *     DISCONNECT the connections end as after a network failure, and clients reconnect
 */
public record SocketIoConfig(
    EngineConfig engine,
    int attachmentsMax,
    int namespacesMax,
    int jsonDepthMax,
    @Nullable Duration recoveryMaxDisconnection,
    int recoveryPacketsMax,
    boolean disconnectPacketOnClose) {

  /** Checks every range. */
  public SocketIoConfig {
    within("attachmentsMax", attachmentsMax, 0, 10_000);
    within("namespacesMax", namespacesMax, 1, 10_000);
    within("jsonDepthMax", jsonDepthMax, 4, 1000);
    within("recoveryPacketsMax", recoveryPacketsMax, 1, 10_000_000);
    if (recoveryMaxDisconnection != null) {
      atLeast("recoveryMaxDisconnection", recoveryMaxDisconnection, 1);
    }
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Builder of a {@link SocketIoConfig}. Each method sets the component of its name, here or in
   * {@link EngineConfig}.
   */
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
    private Function<TransportRequest, String> clientKey =
        request -> AddressKey.textOf(request.remoteAddress());
    private ConnectionSettings connections = ConnectionSettings.DEFAULT;
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

    /** Time that the state of a disconnected socket is kept. Default: recovery is off. */
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

    /** Default: all requests are allowed. */
    public Builder gate(TransportGate value) {
      gate = value;
      return this;
    }

    /** Default: {@link AddressKey#textOf} of the peer. */
    public Builder clientKey(Function<TransportRequest, String> value) {
      clientKey = value;
      return this;
    }

    /** Default: {@link ConnectionSettings#DEFAULT}. */
    public Builder connections(ConnectionSettings value) {
      connections = value;
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
     * Builds the configuration.
     *
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public SocketIoConfig build() {
      return new SocketIoConfig(
          new EngineConfig(
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
              attachmentsMax > 0,
              inbound,
              httpHandler,
              gate,
              clientKey,
              connections,
              responseHeaders,
              clock),
          attachmentsMax,
          namespacesMax,
          jsonDepthMax,
          recoveryMaxDisconnection,
          recoveryPacketsMax,
          disconnectPacketOnClose);
    }
  }
}
